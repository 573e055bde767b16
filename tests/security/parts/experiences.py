"""Experiences: whose rows are known to whom, what each address answers, a row of each person.

See tests/security/answers.py for how an answer is written; `found` is a Person of world.py: keep
rows in `found.rows` (their names make the arguments of addresses) and words in `found.word(…)`.
"""

from django.core.files.base import ContentFile

from journeys import models as m
from tests.journeys.factories import ago
from tests.security.answers import (
    ACT,
    COORD,
    ONLY_PART,
    READERS,
    REF,
    Address,
    Public,
    act,
    only_post,
    page,
)

# Read by the team that the person chose: the coordination of the territory is not in it.
KNOWN: dict[str, dict[str, set[str]]] = {
    "told": {"mine": {REF}, "near": set(), "far": set()},
    "shared": {"mine": {ACT, REF}, "near": set(), "far": set()},
}
WRITE = frozenset({ACT, REF, COORD})


def _told(open_to, row: str, on: str = "told", **answers) -> Address:
    return Address(open_to, on, ("journey", row), **answers)


def _own(row: str, **answers) -> Address:
    return Address(ONLY_PART, "own", (row,), **answers)


ADDRESSES: dict[str, Address | Public] = {
    "journey_experiences": page(),
    "experience_add": act(WRITE),
    "experience_change": act(WRITE, "experience"),
    "reflection_write": act(WRITE, "experience"),
    "reflection_discuss": _told(WRITE, "reflection", post=409),  # no version of the file is sent
    "reflection_voice": _told(READERS, "reflection"),
    "reflection_photo": _told(READERS, "shared_reflection", "shared"),
    "portal_experiences": Address(ONLY_PART),
    "portal_lived_add": Address(ONLY_PART, post=422),
    "portal_tell": _own("experience", post=422),
    "portal_draft": _own("experience", get=405, post=204),
    "portal_lived_remove": _own("experience", post=302),
    "portal_retell": _own("reflection", post=422),
    "portal_reader": _own("reflection", post=422),
    "portal_told_remove": _own("reflection", post=302),
    "portal_badge_wish": only_post(ONLY_PART, "own", "reflection"),
    "portal_voice": _own("reflection"),
    "portal_photo": _own("shared_reflection"),
}

# Models whose rows are about somebody: inside the second wall; those about nobody, and why.
INSIDE = "Experience Reflection"
OUTSIDE: dict[str, str] = {}
# Names of models whose scope is that of their journey, and of those that have their own.
OF_JOURNEY = "Experience"
OTHERS = "Reflection"
# kind of row: (model, its rows of a Person of the world)
KINDS: dict[str, tuple] = {
    "told to referents": (m.Reflection, lambda one: [one.rows.reflection]),
    "told to the team": (m.Reflection, lambda one: [one.rows.shared_reflection]),
    "told to nobody": (m.Reflection, lambda one: [one.rows.kept_reflection]),
}
TEAM = {"told to the team": "mine"}
REFERRING = TEAM | {"told to referents": "mine"}
NOBODYS = {"told to nobody": ""}
NONE = dict.fromkeys(KINDS, "")
# Coordinators and managers know of every kind there where they are, unless said otherwise here:
# role: {kind: keys of the people whose rows are known}, roles being those of test_model_matrix.
# « author » stands in the team of everybody in Caen, Marseille's coordinator in that of « far ».
ORACLE: dict[str, dict[str, str]] = {
    "participant": dict.fromkeys(KINDS, "mine"),
    "activity_referent": TEAM,
    "referent": REFERRING,
    "coordinator": NONE,
    "manager": NONE,
    "coordinator_of_marseille": NOBODYS,
    "author": NOBODYS,
    "objected_coordinator": NONE,
    "coordinator_until_tomorrow": NONE,
    "member_until_tomorrow": TEAM,
    "referent_for_an_activity": TEAM,
    "two_hats": REFERRING,
    "reader_of_notes": REFERRING,
    "reader_until_yesterday": REFERRING,
    "former_reader": REFERRING,
}
# (queryset class, name of its method, the kind whose rows tell when it is weakened): the scope is
# OwnWordsQuerySet's, whose conditions parts/collective.py has taken away one by one.
FUNCTIONS: list[tuple] = []


def rows(found, author) -> None:
    """One row of each table about `found`, written by hand."""
    of = {"territory": found.journey.territory, "journey": found.journey}
    rows, word = found.rows, found.word
    rows.experience = m.Experience.objects.create(
        **of,
        is_elsewhere=True,
        title=word("path", "Vecu"),
        where=word("path", "Ailleurs"),
        from_on=ago(40),
        recorded_by=author,
        draft={"did": word("kept", "Esquisse")},
    )

    def told(kind: str, reader: str, **more) -> m.Reflection:
        """`kind`: who may read its words, in MAY_READ of oracle.py."""
        row = m.Reflection(
            **of,
            experience=rows.experience,
            teller="person",
            written_by=found.participant.user,
            reader=reader,
            did=word(kind, f"Dit{kind}"),
            own_words=[word(kind, f"Mot{kind}")],
            voice_seconds=3,
            **more,
        )
        row.voice.save("voix", ContentFile(word(kind, f"Voix{kind}").encode()), save=False)
        row.photo.save("photo", ContentFile(word(kind, f"Photo{kind}").encode()), save=False)
        row.save()
        return row

    rows.reflection = told("told", "referents", badge_asked_on=ago(3))
    rows.shared_reflection = told("shared", "team")
    rows.kept_reflection = told("kept", "me")
