"""Collective: whose rows are known to whom, what each address answers, a row of each person.

See tests/security/answers.py for how an answer is written; `found` is a Person of world.py: keep
rows in `found.rows` (their names make the arguments of addresses) and words in `found.word(…)`.
"""

import datetime

from django.core.files.base import ContentFile
from django.utils import timezone

from journeys import models as m
from journeys.collective.models import (
    CollectiveActionQuerySet,
    GroupEntryQuerySet,
    OfActionQuerySet,
)
from journeys.collective.pairs import PairFeedbackQuerySet, PairQuerySet
from journeys.collective.productions import OfProductionQuerySet, ProductionQuerySet
from journeys.pathway.querysets import OwnWordsQuerySet
from territories.models import Organisation, User
from tests.journeys.factories import join
from tests.security.answers import (
    ACT,
    ANIM,
    COORD,
    MAN,
    NETWORK,
    ONLY_PART,
    REF,
    Address,
    Public,
    only_post,
)

# Lucie, the reference of activity, leads the pair called mine for its agency.
KNOWN: dict[str, dict[str, set[str]]] = {
    "collective": {"mine": {ACT, REF, COORD, MAN}, "near": {COORD, MAN}, "far": set()},
    "group entry": {"mine": {COORD}, "near": {COORD}, "far": set()},  # those one may change
    "pair": {"mine": {ACT, COORD, MAN}, "near": {COORD, MAN}, "far": set()},
}
LEAD = frozenset({ANIM, ACT, REF, COORD})


def _page(*ids, **more) -> Address:
    return Address(NETWORK, "collective", ids or ("action",), **more)


def _act(*ids, **more) -> Address:
    """By the coordination, which leads everything there; known to others, it is not theirs."""
    return Address(
        frozenset({COORD}),
        "collective",
        ids or ("action",),
        door=LEAD - {COORD},
        **{"post": 422} | more,
    )


def _on_entry(**more) -> Address:
    return Address(frozenset({COORD}), "group entry", ("group_entry",), door=LEAD - {COORD}, **more)


def _own(*ids, **more) -> Address:
    return Address(ONLY_PART, "own", ids, **more)


ADDRESSES: dict[str, Address | Public] = {
    "collective_actions": Address(NETWORK),
    "collective_add": Address(LEAD, post=422),
    "collective": _page(),
    "collective_edit": _act(),
    "collective_end": _act(),
    "collective_join": _act(),
    "collective_leave": _act("action", "group_member", post=302),
    "collective_interviewed": _act("action", "group_member", get=405, post=302),
    # What was said is written by the person's team, whatever one leads
    "collective_interview": Address(
        frozenset({ACT, REF}),
        "collective",
        ("action", "group_member"),
        door=frozenset({COORD}),
        post=422,
    ),
    "journal_print": _page(),
    "entry_add": _act(),
    "entry_edit": _on_entry(post=422),
    "entry_remove": _on_entry(get=405, post=302),
    "entry_restore": Address(LEAD, "", ("group_entry",), get=405, post=404),  # not taken away
    "entry_photo": _page("group_entry"),
    "productions": Address(NETWORK),
    "production_add": _act(),
    "production": _page("production"),
    "production_edit": _act("production"),
    "production_remove": _act("production", get=405, post=302),
    "production_restore": Address(LEAD, "", ("production",), get=405, post=404),
    "production_part_add": _act("production"),
    "production_part_remove": _act("production_part", get=405, post=302),
    "production_file": _page("production_part"),
    "production_authors": _act("production"),
    "production_choice": _act("production_author"),
    "pairs": Address(NETWORK),
    "pair_add": Address(LEAD, post=422),
    "pair": Address(NETWORK, "pair", ("pair",)),
    "pair_edit": Address(frozenset({ACT, COORD}), "pair", ("pair",), post=422, door=LEAD),
    "pair_feedback": Address(frozenset({ACT}), "pair", ("pair",), post=422, door=LEAD),
    # What a group shows to anybody: this one shows nothing
    "group": Public((404, 405), (404, 405)),
    "group_file": Public((404, 405), (404, 405)),
    # One's own group
    "portal_groups": Address(ONLY_PART),
    "portal_group": _own("action"),
    "portal_entry_add": _own("action", post=422),
    "portal_entry_edit": _own("group_entry", post=422),
    "portal_entry_remove": only_post(ONLY_PART, "own", "group_entry"),
    "portal_entry_restore": _own("group_entry", get=405, post=404),
    "portal_entry_photo": _own("group_entry"),
    "portal_production": _own("production"),
    "portal_production_file": _own("production_part"),
    "portal_production_choice": _own("production", post=422),
    "portal_production_withdraw": _own("production", post=302),
    "portal_interview_reader": _own("interview", post=422),
}

# Models whose rows are about somebody: inside the second wall; those about nobody, and why.
INSIDE = (
    "GroupMember GroupEntry EndInterview Production ProductionPart ProductionAuthor PairFeedback"
)
OUTSIDE: dict[str, str] = {
    "journeys.CollectiveAction": "a path, about nobody: who is in it is inside",
    "journeys.Step": "the name of a half-day",
    "journeys.Pair": "two bodies, and who leads for them",
}
# Names of models whose scope is that of their journey, and of those that have their own.
OF_JOURNEY = ""
OTHERS = (
    "CollectiveAction GroupMember GroupEntry EndInterview Production ProductionPart"
    " ProductionAuthor Pair PairFeedback"
)
# kind of row: (model, its rows of a Person of the world)
KINDS: dict[str, tuple] = {
    "collective": (m.CollectiveAction, lambda one: [one.rows.action]),
    "group member": (m.GroupMember, lambda one: [one.rows.group_member]),
    "group entry": (m.GroupEntry, lambda one: [one.rows.group_entry]),
    "group production": (m.Production, lambda one: [one.rows.production]),
    "production part": (m.ProductionPart, lambda one: [one.rows.production_part]),
    "production author": (m.ProductionAuthor, lambda one: [one.rows.production_author]),
    "removed entry": (m.GroupEntry, lambda one: [one.rows.removed_entry]),
    "removed production": (m.Production, lambda one: [one.rows.removed_production]),
    "shown production": (m.Production, lambda one: [one.rows.shown]),
    "left action": (m.CollectiveAction, lambda one: [one.rows.left_action]),
    "waited action": (m.CollectiveAction, lambda one: [one.rows.waited_action]),
    "own interview": (m.EndInterview, lambda one: [one.rows.own_interview]),
    "interview": (m.EndInterview, lambda one: [one.rows.interview]),
    "team interview": (m.EndInterview, lambda one: [one.rows.team_interview]),
    "pair": (m.Pair, lambda one: [one.rows.pair]),
    "pair feedback": (m.PairFeedback, lambda one: [one.rows.feedback]),
}
GROUP = (
    "collective",
    "group member",
    "group entry",
    "group production",
    "production part",
    "production author",
)
CAEN, PROGRAMME = "mine near aside", "mine near aside orne"
OWN = dict.fromkeys(GROUP, "mine") | {"team interview": "mine"}
READS_ONE = OWN | {"waited action": "mine"}
NOBODYS = dict.fromkeys(["removed entry", "removed production", "own interview"], "")
UNREAD = dict.fromkeys(["interview", "team interview"], "") | NOBODYS
# Coordinators and managers know of every kind there where they are, unless said otherwise here:
# role: {kind: keys of the people whose rows are known}, roles being those of test_model_matrix.
ORACLE: dict[str, dict[str, str]] = {
    # In line for a group, one does not know it yet
    "participant": OWN | dict.fromkeys(["interview", "own interview", "shown production"], "mine"),
    "animator": dict.fromkeys((*GROUP, "left action", "waited action"), "aside")
    | {"shown production": CAEN},
    "activity_referent": READS_ONE
    | {"shown production": CAEN, "left action": "aside"}
    | dict.fromkeys(["pair", "pair feedback"], "mine"),
    "referent": READS_ONE | {"interview": "mine", "shown production": CAEN},
    "coordinator": UNREAD,
    "manager": UNREAD,
    "coordinator_of_marseille": NOBODYS,
    "author": NOBODYS,
    # A person's « no » closes their own words, not the group's.
    "objected_referent": {"shown production": CAEN},
    "objected_who_left": {"shown production": CAEN},
    "objected_coordinator": dict.fromkeys(
        (*GROUP, "shown production", "left action", "waited action", "pair", "pair feedback"),
        PROGRAMME,
    )
    | UNREAD,
    "former_member": {"shown production": CAEN},
    "future_member": {"shown production": CAEN},
    "former_of_activity": {"shown production": CAEN},
    "member_until_tomorrow": READS_ONE | {"shown production": CAEN},
    "coordinator_until_tomorrow": UNREAD,
    "moved_referent": {"shown production": "orne"},
    "animator_of_a_team": dict.fromkeys((*GROUP, "left action", "waited action"), "aside")
    | {"shown production": CAEN},
    "referent_for_an_activity": READS_ONE | {"shown production": CAEN},
    "two_hats": dict.fromkeys((*GROUP, "waited action"), "mine orne")
    | dict.fromkeys(["left action", "pair", "pair feedback"], "orne")
    | {"shown production": PROGRAMME, "interview": "mine", "team interview": "mine"},
    "two_houses": {"shown production": PROGRAMME},
    "reader_of_notes": READS_ONE | {"interview": "mine", "shown production": CAEN},
    "reader_until_yesterday": READS_ONE | {"interview": "mine", "shown production": CAEN},
    "former_reader": READS_ONE | {"interview": "mine", "shown production": CAEN},
    "author_who_left": {"shown production": CAEN},
}
# (queryset class, name of its method, the kind whose rows tell when it is weakened)
FUNCTIONS: list[tuple] = [
    (CollectiveActionQuerySet, "visible_to", "collective"),
    (OfActionQuerySet, "visible_to", "group member"),
    (GroupEntryQuerySet, "visible_to", "removed entry"),
    (ProductionQuerySet, "visible_to", "shown production"),
    (OfProductionQuerySet, "visible_to", "production part"),
    (OwnWordsQuerySet, "visible_to", "interview"),
    (PairQuerySet, "visible_to", "pair"),
    (PairFeedbackQuerySet, "visible_to", "pair feedback"),
]


def rows(found, author) -> None:
    """One row of each table about `found`, written by hand."""
    _group(found, author)
    _productions(found, author)
    _interviews(found, author)
    _pair(found, author)


def _action(found, author, house, title: str, co_leader=None):
    activity = m.Activity.objects.create(
        territory=found.rows.home,
        organisation=house,
        title=title,
        pitch="Une question",
        kind="collective",
        places=10,
    )
    today = timezone.localdate()
    return m.CollectiveAction.objects.create(
        activity=activity,
        slug=f"{title}-{found.key}".lower(),
        question="Une question",
        leader=author,
        co_leader=co_leader,
        from_on=today,
        until_on=today,
    )


def _group(found, author) -> None:
    of, rows = {"territory": found.rows.home}, found.rows
    house = found.participant.organisation
    rows.action = _action(found, author, house, "Groupe")
    starts_at = timezone.now() - datetime.timedelta(days=1)
    session = m.Session.objects.create(
        **of,
        activity=rows.action.activity,
        starts_at=starts_at,
        ends_at=starts_at + datetime.timedelta(hours=3),
        places=10,
    )
    step = m.Step.objects.create(action=rows.action, session=session, number=1, title="Un pas")
    joined = {"participant": found.participant, "nickname": found.participant.nickname}
    rows.group_member = m.GroupMember.objects.create(
        **of, **joined, action=rows.action, added_by=author
    )
    rows.group_entry = m.GroupEntry.objects.create(
        **of,
        action=rows.action,
        step=step,
        did=found.word("path", "Ensemble"),
        photo=ContentFile(found.word("path", "Cliché").encode(), "photo.jpg"),
        photo_alt="Une table",
        written_by=found.participant.user,
    )
    rows.removed_entry = m.GroupEntry.objects.create(
        **of,
        action=rows.action,
        did=found.word("secrets", "Repris"),
        written_by=author,
        removed_at=timezone.now(),
        removed_by=author,
    )
    lucie = User.objects.filter(first_name="Lucie").first() if found.key == "aside" else None
    rows.left_action = _action(found, author, house, "Ancien", co_leader=lucie)
    m.GroupMember.objects.create(
        **of, **joined, action=rows.left_action, added_by=author, left_on=timezone.localdate()
    )
    rows.waited_action = _action(found, author, house, "Complet")
    m.GroupMember.objects.create(
        **of, **joined, action=rows.waited_action, added_by=author, place="waiting"
    )


def _productions(found, author) -> None:
    of, rows = {"territory": found.rows.home}, found.rows
    what = {"action": rows.action, "kind": "article", "added_by": author}
    rows.production = m.Production.objects.create(
        **of, **what, title="Un récit", text=found.word("path", "Récit")
    )
    rows.removed_production = m.Production.objects.create(
        **of,
        **what,
        title=found.word("secrets", "Retirée"),
        removed_at=timezone.now(),
        removed_by=author,
    )
    rows.production_part = m.ProductionPart.objects.create(
        **of,
        production=rows.production,
        kind="image",
        label="Une image",
        content_type="image/jpeg",
        file=ContentFile(found.word("path", "Image").encode(), "image.jpg"),
    )
    rows.production_author = m.ProductionAuthor.objects.create(
        **of, production=rows.production, member=rows.group_member.pk
    )
    rows.shown = m.Production.objects.create(**of, **what, title="Un récit montré")
    m.ProductionAuthor.objects.create(
        **of,
        production=rows.shown,
        member=rows.group_member.pk,
        visibility=2,
        chosen_on=timezone.localdate(),
        chosen_by=author,
    )


def _interviews(found, author) -> None:
    of = {"territory": found.rows.home, "journey": found.journey, "with_user": author}
    found.rows.interview = m.EndInterview.objects.create(
        **of,
        action=found.rows.action,
        discovered=found.word("answers", "Découvert"),
        reader="referents",
    )
    found.rows.team_interview = m.EndInterview.objects.create(
        **of, action=found.rows.left_action, follows=found.word("path", "Ensuite"), reader="team"
    )
    found.rows.own_interview = m.EndInterview.objects.create(
        **of, action=found.rows.waited_action, change="Pour moi seul", reader="me"
    )
    # Nadia coordinates there, and was of the team until today: she reads what it reads no more.
    if found.key == "mine" and (nadia := User.objects.filter(first_name="Nadia").first()):
        join(found.journey, nadia, "referent", until_on=timezone.localdate())


def _pair(found, author) -> None:
    agency = Organisation.objects.create(
        name=f"Agence {found.key}", slug=f"agence-{found.key}", kind="agence"
    )
    agency.noted_in.add(found.rows.home.programme)
    lucie = User.objects.filter(first_name="Lucie").first() if found.key == "mine" else None
    found.rows.pair = m.Pair.objects.create(
        territory=found.rows.home,
        third_place=found.rows.house,
        third_place_lead=author,
        agency=agency,
        agency_lead=lucie or found.rows.account,
        level="beginner",
    )
    found.rows.feedback = m.PairFeedback.objects.create(
        territory=found.rows.home,
        pair=found.rows.pair,
        side="third_place",
        worked="L’accueil",
        written_by=author,
    )
