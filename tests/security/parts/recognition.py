"""Recognition: whose rows are known to whom, what each address answers, a row of each person.

See tests/security/answers.py for how an answer is written; `found` is a Person of world.py: keep
rows in `found.rows` (their names make the arguments of addresses) and words in `found.word(…)`.
"""

from journeys import models as m
from journeys.recognition.models import RecognitionQuerySet
from tests.security.answers import ACT, ANIM, COORD, MAN, REF, Address, Public, act, page

STEWARD = "badge_steward"
KNOWN: dict[str, dict[str, set[str]]] = {
    "badge request": {
        "mine": {ACT, REF, COORD, MAN, STEWARD},
        "near": {COORD, MAN, STEWARD},
        "far": set(),
    },
    "held badge": {key: {COORD, MAN, STEWARD} for key in ("mine", "near")} | {"far": set()},
}
PROPOSE = frozenset({ACT, REF, COORD})
ANSWER = PROPOSE | {STEWARD}


def _answer(post: int = 422) -> Address:
    return Address(ANSWER, "badge request", ("recognition",), post=post)


def _given(*ids, **more) -> Address:
    """By the house of the session and the coordination; others know of the session."""
    at = ("meeting", *ids)
    return Address(frozenset({REF, COORD}), "activity", at, door=frozenset({ANIM, ACT}), **more)


ADDRESSES: dict[str, Address | Public] = {
    "journey_badges": page(),
    "badge_propose": act(PROPOSE),
    "badge_revoke": Address(frozenset({COORD, STEWARD}), "held badge", ("badge",), post=422),
    "recognitions": Address(ANSWER),
    "recognition": _answer(),
    "recognition_more": _answer(),
    "recognition_decline": _answer(),
    "session_give": _given(post=422),
    "session_award": _given("session_award"),
    "session_scan": _given(post=405),
}

# Models whose rows are about somebody: inside the second wall; those about nobody, and why.
INSIDE = "Holder Recognition"
OUTSIDE: dict[str, str] = {
    "journeys.SessionAward": "numbers of a session: whose they are is inside",
}
# Names of models whose scope is that of their journey, and of those that have their own.
OF_JOURNEY = ""
OTHERS = "Recognition"
# kind of row: (model, its rows of a Person of the world)
KINDS: dict[str, tuple] = {
    "badge request": (m.Recognition, lambda one: [one.rows.recognition]),
    "badge request to a house": (m.Recognition, lambda one: [one.rows.asked_recognition]),
}
MINE = {"badge request": "mine"}
TO = "badge request to a house"  # Le Dôme for mine, near and orne, Le WIP for aside
# Whoever opens the journey, by whichever place in its team; whoever does not, or no more
FOLLOW = "referent referent_for_an_activity reader_of_notes reader_until_yesterday former_reader"
APART = "former_member future_member author_who_left two_houses"
# Coordinators and managers know of every kind there where they are, unless said otherwise here:
# role: {kind: keys of the people whose rows are known}, roles being those of test_model_matrix.
ORACLE: dict[str, dict[str, str]] = {
    "participant": dict.fromkeys(KINDS, "mine"),
    **dict.fromkeys(FOLLOW.split(), MINE | {TO: "mine near"}),
    **dict.fromkeys(APART.split(), {TO: "mine near"}),
    **dict.fromkeys(["activity_referent", "member_until_tomorrow"], MINE | {TO: "mine aside"}),
    **dict.fromkeys(["objected_referent", "objected_who_left"], {TO: "near"}),
    "former_of_activity": {TO: "aside"},
    "moved_referent": {TO: "orne"},
    "two_hats": {"badge request": "mine orne", TO: "mine near orne"},
    "badge_steward": dict.fromkeys(KINDS, "mine near aside"),
}
# (queryset class, name of its method, the kind whose rows tell when it is weakened)
FUNCTIONS: list[tuple] = [(RecognitionQuerySet, "visible_to", TO)]


def rows(found, author) -> None:
    """Whom of the recipients they are, what they ask for, a badge of their session."""
    rows, badge = found.rows, found.rows.badge
    of = {"territory": rows.home}
    m.Holder.objects.create(**of, participant=found.participant, recipient=rows.recipient)
    request = of | {
        "journey": found.journey,
        "achievement": badge.version.achievement,
        "started_by": "participant",
        "starter": found.participant.user,
    }
    rows.recognition = m.Recognition.objects.create(**request, words=found.word("asked", "Demande"))
    rows.asked_recognition = m.Recognition.objects.create(
        **request, organisation=found.participant.organisation
    )
    rows.session_award = m.SessionAward.objects.create(
        **of,
        session=rows.meeting,
        version=badge.version,
        issuer=badge.issuer,
        numbers=[1],
        reason="Présent.",
        by=author,
    )
