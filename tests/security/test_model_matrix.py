"""Who knows of which rows: `visible_to` against a table written by hand, for each kind of person.

The second wall is open here, so that the first one alone answers. Then each condition of each
`visible_to` is taken away in turn, and the table must notice.
"""

import datetime

import pytest
from django.apps import apps
from django.utils import timezone

from badges.models import Achievement
from journeys import models as m
from journeys.documents.models import DocumentQuerySet
from journeys.duplicates.models import KeptApartQuerySet, MergeQuerySet
from journeys.messages.models import MessageQuerySet
from journeys.participants.models import OutreachQuerySet, ParticipantQuerySet, ReferralQuerySet
from journeys.pathway.models import NoteQuerySet
from journeys.pathway.querysets import JourneyQuerySet, OfJourneyQuerySet, TeamMemberQuerySet
from journeys.transfers.models import TransferQuerySet
from rtr import scope
from territories.accounts.enums import Role
from territories.accounts.models import MembershipQuerySet, UserQuerySet
from territories.members.models import InvitationQuerySet
from territories.models import (
    Invitation,
    JournalEntry,
    Membership,
    Place,
    Programme,
    Territory,
    User,
)
from territories.places.models import PlaceQuerySet
from territories.programmes.models import ProgrammeQuerySet
from tests.cast import member
from tests.figures import count, figure
from tests.journeys.factories import join
from tests.security.mutants import mutants
from tests.security.parts import PARTS

TODAY = timezone.localdate
DAY = datetime.timedelta(days=1)

# What each kind of row is known by, per person of the world.
ROWS = {
    "journey": lambda one: [one.journey],
    "of journey": lambda one: [one.rows.contact],
    "participant": lambda one: [one.participant],
    "outreach": lambda one: [one.rows.outreach],
    "referral": lambda one: [one.rows.referral],
    "document": lambda one: [one.rows.document],
    "own paper": lambda one: [one.rows.paper],
    "removed paper": lambda one: [one.rows.removed],
    "note": lambda one: [one.rows.note],
    "working": lambda one: [one.rows.working],
    "message": lambda one: [one.rows.message],
    "answer": lambda one: [one.rows.inbound],
    "merge": lambda one: [one.rows.merge],
    "kept apart": lambda one: [one.rows.kept_apart],
    "transfer": lambda one: [one.rows.transfer],
    "journal": lambda one: [one.rows.entry],
    "account": lambda one: [one.rows.account],
    "role": lambda one: [one.rows.role],
    "invitation": lambda one: [one.rows.invitation],
}
MODELS = {
    "journey": m.Journey,
    "of journey": m.Contact,
    "participant": m.Participant,
    "outreach": m.Outreach,
    "referral": m.Referral,
    "document": m.Document,
    "own paper": m.Document,
    "removed paper": m.Document,
    "note": m.Note,
    "working": m.Note,
    "message": m.OutboundMessage,
    "answer": m.InboundMessage,
    "merge": m.Merge,
    "kept apart": m.KeptApart,
    "transfer": m.Transfer,
    "journal": JournalEntry,
    "account": User,
    "role": Membership,
    "invitation": Invitation,
}
# Every model with a `visible_to`: its rows are those of a line above, or known by programme.
KNOWN_AS = {
    "of journey": "Absence Barrier Contact Contract EntrySituation Extension FollowUp"
    " FollowUpTry Objective Outcome PeriodEntry PhaseChange Share Signature"
    " SigningCode SigningLink Strength TeamMember Translation",
    "others": "Journey Participant Outreach Referral Document Note JournalEntry"
    " OutboundMessage InboundMessage Merge KeptApart Transfer",
    "accounts": "User Membership Invitation",
    "places": "Territory Place Programme Period SettingChange ContextFigure Achievement"
    " AchievementVersion ConsortiumMember Equipment Issuer Organisation Proposal",
}

for part in PARTS:
    ROWS |= {kind: of for kind, (_model, of) in part.KINDS.items()}
    MODELS |= {kind: model for kind, (model, _of) in part.KINDS.items()}
    KNOWN_AS["of journey"] += f" {part.OF_JOURNEY}"
    KNOWN_AS["others"] += f" {part.OTHERS}"

DECIDED = {"merge", "kept apart", "transfer"}  # by the coordination alone
ACCOUNTS = {"account", "role", "invitation"}  # for who manages the programme
LIVING = set(ROWS) - {"removed paper"} - ACCOUNTS  # what was taken away is known to nobody
CAEN = "mine near aside"
PROGRAMME = "mine near aside orne"
# Written by hand from docs and domain: who knows of whom. What is not said is nothing.
ORACLE: dict[str, dict[str, str]] = {
    "participant": {
        "journey": "mine",
        "of journey": "mine",
        "participant": "mine",
        "own paper": "mine",
    },
    "volunteer": {},
    "animator": {"outreach": "aside"},
    "activity_referent": {"journey": "mine", "of journey": "mine", "participant": "mine"},
    "referent": {
        "journey": "mine",
        "of journey": "mine",
        "participant": "mine near",
        "outreach": "mine near",
        "document": "mine",
        "own paper": "mine",
    },
    "badge_steward": {},
    "prescriber": {"referral": "near"},
    "coordinator": dict.fromkeys(LIVING - {"working"}, PROGRAMME),
    "manager": dict.fromkeys(LIVING - DECIDED - {"working", "note"} | ACCOUNTS, PROGRAMME),
    "evaluator": {},
    "coordinator_of_marseille": dict.fromkeys(LIVING, "far"),
    "author": dict.fromkeys(LIVING, PROGRAMME),
    # A person's « no » closes everything, whatever the role.
    "objected_referent": {"participant": "near", "outreach": "mine near"},
    "objected_who_left": {"participant": "near", "outreach": "mine near"},
    "objected_coordinator": dict.fromkeys(LIVING - {"working"}, "near aside orne")
    | dict.fromkeys(["outreach", "referral", "journal"], PROGRAMME),
    # Dates count from their day on.
    "former_member": {"participant": "mine near", "outreach": "mine near"},
    "future_member": {"participant": "mine near", "outreach": "mine near"},
    "former_of_activity": {},
    "member_until_tomorrow": {"journey": "mine", "of journey": "mine", "participant": "mine"},
    # A transfer has two sides: those of the other territory that would come here are known too.
    "coordinator_until_tomorrow": dict.fromkeys(LIVING - {"working"}, CAEN)
    | {"transfer": PROGRAMME},
    "dismissed_coordinator": {},
    "future_coordinator": {},
    # The role is held elsewhere than where the team place is.
    "moved_referent": {"participant": "orne", "outreach": "orne"},
    "animator_of_a_team": {"outreach": "aside"},
    # A referent who is in this team for an activity reads no papers.
    "referent_for_an_activity": {
        "journey": "mine",
        "of journey": "mine",
        "participant": "mine near",
        "outreach": "mine near",
    },
    # Two roles: each counts in its own territories, for its own organisation.
    "two_hats": {
        "journey": "mine orne",
        "of journey": "mine orne",
        "participant": "mine near orne",
        "outreach": "mine near orne",
        "document": "mine orne",
        "own paper": "mine orne",
        "referral": "orne",
        "note": "orne",
        "message": "orne",
        "answer": "orne",
        "merge": "orne",
        "kept apart": "orne",
        "transfer": PROGRAMME,
        "journal": "orne",
    },
    "two_houses": {"participant": "mine near", "outreach": "mine near"},
    # Notes: those the person agreed to show, and one's own.
    "reader_of_notes": {
        "journey": "mine",
        "of journey": "mine",
        "participant": "mine near",
        "outreach": "mine near",
        "document": "mine",
        "own paper": "mine",
        "note": "mine",
    },
    "reader_until_yesterday": {
        "journey": "mine",
        "of journey": "mine",
        "participant": "mine near",
        "outreach": "mine near",
        "document": "mine",
        "own paper": "mine",
    },
    "former_reader": {
        "journey": "mine",
        "of journey": "mine",
        "participant": "mine near",
        "outreach": "mine near",
        "document": "mine",
        "own paper": "mine",
    },
    "author_who_left": {"participant": "mine near", "outreach": "mine near"},
}
for part in PARTS:
    for name, known in part.ORACLE.items():
        ORACLE[name] |= known
# Referred for the journey, holds one activity of it since: what they read then is theirs no more.
ORACLE["back_for_an_activity"] = ORACLE["referent_for_an_activity"]
# With a colleague beside them, their screen keeps what they told to nobody.
KEPT_ALONE = dict.fromkeys(["told to nobody", "own interview"], "")
ORACLE["helped_participant"] = ORACLE["participant"] | KEPT_ALONE


@pytest.fixture
def people(world, cast, caen, vallees, le_dome, le_wip, comptoir, everywhere):
    """One account for each line of the table."""
    journey = world.mine.journey
    found = {name: cast[name] for name in ORACLE if name in cast}
    found |= {"participant": world.mine.participant.user, "author": world.author}
    found["helped_participant"] = User.objects.get(pk=found["participant"].pk)
    found["helped_participant"].helped_by = world.author

    def referent(name, **place):
        found[name] = member(name, Role.REFERENT, le_dome, caen)
        return join(journey, found[name], "referent", **place)

    referent("objected_referent", suspended_on=TODAY())
    referent("objected_who_left", suspended_on=TODAY() - DAY, until_on=TODAY())
    referent("former_member", until_on=TODAY())
    future = referent("future_member")
    future.from_on = TODAY() + DAY
    future.save()
    found["objected_coordinator"] = member("x1", Role.COORDINATOR, le_dome, caen, vallees)
    join(journey, found["objected_coordinator"], "coordinator", suspended_on=TODAY())
    found["dismissed_coordinator"] = member("x2", Role.COORDINATOR, le_dome, caen)
    found["dismissed_coordinator"].memberships.update(until_on=TODAY())
    found["future_coordinator"] = member("x3", Role.COORDINATOR, le_dome, caen)
    found["future_coordinator"].memberships.update(from_on=TODAY() + DAY)
    found["moved_referent"] = member("x4", Role.REFERENT, le_dome, vallees)
    join(journey, found["moved_referent"], "referent")
    found["referent_for_an_activity"] = member("x8", Role.REFERENT, le_dome, caen)
    join(journey, found["referent_for_an_activity"], "activity_referent")
    referent("back_for_an_activity", until_on=TODAY())
    join(journey, found["back_for_an_activity"], "activity_referent", from_on=TODAY())
    for name, until in (("former_of_activity", TODAY()), ("member_until_tomorrow", TODAY() + DAY)):
        found[name] = member(name, Role.ACTIVITY_REFERENT, le_wip, caen)
        join(journey, found[name], "activity_referent", until_on=until)
    found["coordinator_until_tomorrow"] = member("x9", Role.COORDINATOR, le_wip, caen)
    found["coordinator_until_tomorrow"].memberships.update(until_on=TODAY() + DAY)
    found["animator_of_a_team"] = member("x5", Role.ANIMATOR, le_wip, caen)
    join(journey, found["animator_of_a_team"], "referent")
    referent("two_hats")
    _also(found["two_hats"], Role.COORDINATOR, comptoir, vallees)
    found["two_houses"] = member("x6", Role.REFERENT, le_dome, caen)
    _also(found["two_houses"], Role.REFERENT, le_wip, vallees)
    _share(referent("reader_of_notes"), "notes")
    _share(referent("reader_until_yesterday"), "notes", ended_on=TODAY())
    _share(referent("former_reader", until_on=TODAY()), "notes")
    join(journey, found["former_reader"], "referent", from_on=TODAY())
    referent("author_who_left", until_on=TODAY())
    m.Note.objects.create(
        territory=caen, journey=journey, author=found["author_who_left"], text="à moi"
    )
    return found


def _also(user, role, organisation, *territories) -> None:
    row = Membership.objects.create(
        user=user, programme=territories[0].programme, organisation=organisation, role=role
    )
    row.territories.set(territories)


def _share(place, category, **dates) -> None:
    of = {"territory": place.territory, "journey": place.journey}
    m.Share.objects.create(**of, member=place, category=category, **dates)


def differences(people, world, first: str = "journey"):
    """Where `visible_to` and the table disagree, as they are met; roles are read afresh.

    `first`: the kind of rows to look at before the others.
    """
    for user in people.values():
        user.__dict__.pop("roles", None)
    for kind in sorted(MODELS, key=lambda kind: kind != first):
        model = MODELS[kind]
        keys = {row.pk: key for key, one in world.people.items() for row in ROWS[kind](one)}
        for name, user in people.items():
            visible = model.objects.visible_to(user).filter(pk__in=keys)
            seen = {keys[pk] for pk in visible.values_list("pk", flat=True)}
            if seen != set(ORACLE[name].get(kind, "").split()):
                yield f"{name} · {kind} : {sorted(seen)}"


def test_each_role_knows_of_the_rows_that_the_table_says(people, world):
    assert list(differences(people, world)) == []
    figure("modèles × rôles vérifiés", len(MODELS) * len(people), "aucune différence")


def test_every_model_with_a_scope_is_in_the_table():
    scoped = {model.__name__ for model in apps.get_models() if hasattr(model.objects, "visible_to")}

    assert scoped == {name for names in KNOWN_AS.values() for name in names.split()}


def test_rows_of_a_journey_share_one_scope():
    of_journey = KNOWN_AS["of journey"].split()
    found = {type(getattr(m, name).objects.all()).visible_to for name in of_journey}

    assert found == {OfJourneyQuerySet.visible_to}


def test_places_and_programmes_are_those_of_ones_roles(people, world, caen, vallees, marseille):
    expected = {
        "coordinator": [caen, vallees],
        "evaluator": [caen, vallees],
        "referent": [caen],
        "coordinator_of_marseille": [marseille],
        "dismissed_coordinator": [],
    }
    for name, territories in expected.items():
        programmes = {territory.programme for territory in territories}
        user = people[name]
        assert set(Territory.objects.visible_to(user)) == set(territories)
        assert set(Programme.objects.visible_to(user)) == programmes
        assert {p.territory for p in Place.objects.visible_to(user)} <= set(territories)
        assert {a.programme for a in Achievement.objects.visible_to(user)} == programmes
    known = Place.objects.visible_to(people["coordinator_of_marseille"])
    assert {place.territory for place in known} == {marseille}


# -- The table notices every weakening -----------------------------------------------------------

# Each function, and the rows that most likely tell.
FUNCTIONS = [
    (JourneyQuerySet, "visible_to", "journey"),
    (OfJourneyQuerySet, "visible_to", "of journey"),
    (ParticipantQuerySet, "visible_to", "participant"),
    (OutreachQuerySet, "visible_to", "outreach"),
    (ReferralQuerySet, "visible_to", "referral"),
    (DocumentQuerySet, "visible_to", "document"),
    (DocumentQuerySet, "visible_to", "own paper"),
    (DocumentQuerySet, "visible_to", "removed paper"),
    (NoteQuerySet, "visible_to", "note"),
    (MessageQuerySet, "visible_to", "message"),
    (MergeQuerySet, "visible_to", "merge"),
    (KeptApartQuerySet, "visible_to", "kept apart"),
    (TransferQuerySet, "visible_to", "transfer"),
    (TeamMemberQuerySet, "active", "journey"),
    (TeamMemberQuerySet, "suspended", "journey"),
    (TeamMemberQuerySet, "standing", "journey"),
    (TeamMemberQuerySet, "referring", "document"),
    (MembershipQuerySet, "active", "journey"),
    (MembershipQuerySet, "not_over", "journey"),
    (MembershipQuerySet, "visible_to", "role"),
    (UserQuerySet, "visible_to", "account"),
    (InvitationQuerySet, "visible_to", "invitation"),
]
FUNCTIONS += [function for part in PARTS for function in part.FUNCTIONS]
# Changes that change nothing, and why.
ALIKE = {
    "JourneyQuerySet.visible_to: always « seen | of_mine »": "spares a question, no more",
    "TeamMemberQuerySet.standing: without « suspended_on__isnull=True » in filter": "whoever the"
    " person objected to is already out by `suspended()`: said twice on purpose",
}
MUTANTS = [
    (owner, name, kind, said, mutant)
    for owner, name, kind in FUNCTIONS
    for said, mutant in mutants(getattr(owner, name))
]


def test_every_weakened_scope_is_caught(people, world, monkeypatch):
    escaped = []
    for owner, name, kind, said, mutant in MUTANTS[:: count(2, full=1)]:
        with monkeypatch.context() as patch:
            patch.setattr(owner, name, mutant)
            if said not in ALIKE and next(differences(people, world, kind), None) is None:
                escaped.append(said)

    assert not escaped, "\n".join(escaped)
    figure("portées affaiblies", len(MUTANTS[:: count(2, full=1)]), "toutes vues")


@pytest.mark.parametrize("queryset", [PlaceQuerySet, ProgrammeQuerySet])
def test_a_scope_that_shows_every_place_is_caught(queryset, people, monkeypatch, marseille):
    """The control of the places: open to all, Caen's coordinator would see Marseille."""
    monkeypatch.setattr(queryset, "visible_to", lambda rows, user: rows)
    model = {PlaceQuerySet: Place, ProgrammeQuerySet: Programme}[queryset]

    with scope.everything("test"):
        seen = model.objects.visible_to(people["coordinator"])
        far = {Place: {"territory": marseille}, Programme: {"territories": marseille}}[model]
        assert seen.filter(**far).exists()
