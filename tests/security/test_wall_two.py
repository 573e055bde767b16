"""The second wall alone, the first one lifted: what the database itself shows and refuses.

Each proof has its control: the same question with the right scope, or with the wall down.
"""

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.db.models import Count
from django.http import StreamingHttpResponse

from journeys.models import Contact, Journey, Note, Participant, Signature
from rtr import scope
from rtr.postgres.fields import ScopedForeignKey, ScopedOneToOneField
from rtr.postgres.lifecycle import lifecycle
from tests.figures import figure
from tests.security.parts import PARTS

# What lives outside the wall, and why.
OUTSIDE = {
    "territories.Programme": "a setting",
    "territories.Period": "a setting",
    "territories.PeriodTarget": "a number to reach",
    "territories.Organisation": "a body",
    "territories.ConsortiumMember": "a body",
    "territories.Territory": "a place",
    "territories.Commune": "a place",
    "territories.Neighbourhood": "a place",
    "territories.Zoning": "a place",
    "territories.Place": "a place",
    "territories.Equipment": "what a place has",
    "territories.ContextFigure": "public statistics of a place",
    "territories.SettingChange": "numbers of a programme, before and after",
    "territories.User": "accounts: the scope is computed from them; a participant's holds a uuid",
    "territories.Membership": "accounts",
    "territories.Invitation": "accounts to come: read by whoever holds the link",
    "territories.AccountMail": "about accounts: addresses, and words forgotten once sent",
    "badges.Achievement": "what a badge recognises",
    "journeys.GivenCode": "a code without the person, kept so that it is never given again",
    "journeys.MessageTemplate": "a programme's words, about nobody",
    "journeys.StrayAnswers": "a number",
    "journeys.ContractWording": "a programme's terms, about nobody",
    "journeys.SignedText": "a hash without the contract, for whoever holds the paper",
    "rtr.NightlyRun": "when the night's work ran",
    "sessions.Session": "sessions: read before anybody is known",
    "contenttypes.ContentType": "a table of Django",
    "auth.Permission": "a table of Django",
    "auth.Group": "a table of Django",
    "account.EmailAddress": "accounts",
    "account.EmailConfirmation": "accounts",
    "mfa.Authenticator": "accounts: asked before anybody is in; secrets are sealed",
    "usersessions.UserSession": "sessions: which are whose",
}
# Counted by name, so that one taken out of both lists at once is seen.
INSIDE = """
    JournalEntry LogEntry Participant Word PersonLink Outreach Referral OtherSupport PurgedCount
    Document FileToErase Journey PeriodEntry PhaseChange Absence Outcome FollowUp FollowUpTry
    Extension Contact TeamMember
    Share Strength Barrier EntrySituation Note Contract Translation Signature SigningLink
    SigningCode Objective PortalLink
    OutboundMessage InboundMessage OptOut
    Merge KeptApart Transfer
""".split()
for part in PARTS:
    INSIDE += part.INSIDE.split()
    OUTSIDE |= part.OUTSIDE
SCOPED_KEYS = [
    (model, column)
    for model in apps.get_models()
    for column in model._meta.local_concrete_fields
    if isinstance(column, ScopedForeignKey | ScopedOneToOneField)
]


def walled() -> set[str]:
    """Tables whose rows PostgreSQL hides from everyone, the table's owner included."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class c join pg_policy p on p.polrelid = c.oid"
            " where relrowsecurity and relforcerowsecurity and polcmd = '*'"
        )
        return {name for (name,) in cursor.fetchall()}


def models_inside() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__name__ in INSIDE]


def counted(model) -> int:
    """Every row, past managers and past Django: `_base_manager`, then plain SQL."""
    with connection.cursor() as cursor:
        cursor.execute(f'select count(*) from "{model._meta.db_table}"')
        (rows,) = cursor.fetchone()
    assert model._base_manager.count() == rows
    return rows


def names(rows) -> list[str]:
    return sorted(model.__name__ for model in rows)


# -- Which tables --------------------------------------------------------------------------------


def test_every_table_is_behind_the_wall_or_named_outside_it(db):
    behind, everything = walled(), apps.get_models()

    inside = [model for model in everything if model._meta.db_table in behind]
    outside = {model._meta.label for model in everything if model not in inside}

    assert names(inside) == sorted(INSIDE)
    assert outside == set(OUTSIDE)
    figure("tables derrière le second mur", len(inside))


def test_tables_of_many_to_many_hold_nobody(db):
    """They have no model to look at: those that exist join accounts, territories and bodies."""
    between = [
        f.remote_field.through._meta.db_table
        for model in apps.get_models()
        for f in model._meta.local_many_to_many
    ]

    assert sorted(between) == [
        "auth_group_permissions",
        "badges_achievement_co_designers",
        "territories_invitation_territories",
        "territories_membership_territories",
        "territories_organisation_noted_in",
    ]


def test_the_role_of_the_application_is_held_by_the_wall(db):
    with connection.cursor() as cursor:
        cursor.execute("select rolsuper or rolbypassrls from pg_roles where rolname = current_user")
        assert cursor.fetchone() == (False,)


# -- What is seen --------------------------------------------------------------------------------


def test_without_a_scope_there_is_nobody(world):
    seen = {model.__name__: counted(model) for model in models_inside()}

    assert [name for name, rows in seen.items() if rows] == []


def test_with_the_right_scope_there_is_somebody_in_every_table(world, caen):
    """The control: the same questions find rows."""
    with scope.over([caen.pk]):
        seen = {model.__name__: counted(model) for model in models_inside()}

    assert [name for name, rows in seen.items() if not rows] == []


def test_another_territory_shows_none_of_these_rows(world, caen, marseille):
    journeys = Journey._base_manager.filter(pk=world.mine.journey.pk)
    with scope.over([marseille.pk]):
        for model in models_inside():
            rows = model._base_manager.all()
            assert not rows.filter(territory_id=caen.pk).exists(), model
        assert not journeys.exists()

    with scope.over([caen.pk]):
        assert journeys.exists()


QUESTIONS = {
    "join": "select count(*) from journeys_note n join journeys_journey j on j.id = n.journey_id",
    "sub-query": "select count(*) from territories_territory t where exists"
    " (select from journeys_participant p where p.territory_id = t.id)",
    "aggregate": "select coalesce(sum(people_met), 0) from journeys_outreach",
    "union": "select count(*) from (select id from journeys_note union all"
    " select id from journeys_barrier) u",
    "with": "with p as (select * from journeys_participant) select count(*) from p",
    "function": "select count(*) from journeys_participant p, rtr_words(p)",
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_way_of_asking_passes_the_wall(world, caen, question):
    def asked():
        with connection.cursor() as cursor:
            cursor.execute(QUESTIONS[question])
            return cursor.fetchone()[0]

    assert asked() == 0
    with scope.over([caen.pk]):
        assert asked() > 0


def test_related_rows_and_counts_stop_at_the_wall_too(world, caen):
    def counts():
        return Participant._base_manager.aggregate(n=Count("journey__notes"))["n"]

    assert counts() == 0
    with scope.over([caen.pk]):
        assert counts() == 6


def test_a_wall_taken_down_shows_everyone(world):
    """The control: without row-level security the very same question leaks."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("alter table journeys_note disable row level security")
        leaked = counted(Note)
        transaction.set_rollback(True)

    assert leaked == 10
    assert counted(Note) == 0


def test_a_copy_streamed_after_the_view_keeps_its_scope(rf, world, caen, signed_in, cast):
    """The middleware's scope is closed when the first block is asked for."""

    def nicknames():
        with (
            connection.cursor() as cursor,
            cursor.copy("copy (select nickname from journeys_participant) to stdout") as lines,
        ):
            yield from lines

    with scope.over([caen.pk]):
        response = StreamingHttpResponse(scope.streamed(nicknames()))

    assert scope.current() == ""
    assert len(list(response.streaming_content)) == 3
    assert list(nicknames()) == []  # the control: the same copy, its scope not kept


# -- What is refused -----------------------------------------------------------------------------


def test_a_row_of_another_territory_cannot_be_written(world, caen, marseille):
    of_far = {"territory": marseille, "journey": world.far.journey}
    refused = pytest.raises(DatabaseError, match="row-level security")
    with scope.over([caen.pk]), refused, transaction.atomic():
        Contact.objects.create(**of_far, kind="call")


def test_a_row_of_another_territory_is_neither_changed_nor_deleted(world, caen):
    with scope.over([caen.pk]):
        notes = Note._base_manager.filter(pk=world.far.rows.note.pk)
        assert (notes.update(text="pris"), notes.delete()[0]) == (0, 0)


@pytest.mark.parametrize(
    ("model", "key"),
    SCOPED_KEYS,
    ids=[f"{model.__name__}.{key.name}" for model, key in SCOPED_KEYS],
)
def test_no_key_may_point_into_another_territory(world, model, key, everywhere):
    """Foreign keys look past policies: only the composite key refuses."""
    rows = model._base_manager.filter(territory=world.mine.journey.territory)
    elsewhere = key.related_model._base_manager.filter(territory=world.far.journey.territory)
    with lifecycle():  # room there, so that nothing else can be what refuses
        Signature._base_manager.filter(territory=world.far.journey.territory).delete()
        if model is not key.related_model:
            model._base_manager.filter(territory=world.far.journey.territory).delete()

    assert rows.exists() and elsewhere.exists()
    with pytest.raises(IntegrityError, match="_territory"), transaction.atomic():
        row = rows.exclude(**{key.name: None}).first() or rows.first()
        _point(model, row, key, elsewhere.first().pk)


def test_the_same_key_inside_the_territory_is_fine(world, everywhere):
    """The control: what is refused is the other territory, not the change."""
    note = world.mine.rows.note
    _point(Note, note, Note._meta.get_field("journey"), world.near.journey.pk)

    note.refresh_from_db()
    assert note.journey == world.near.journey


def _point(model, row, key, pk) -> None:
    with connection.cursor() as cursor:
        cursor.execute("set local rtr.lifecycle = 'on'")  # append-only and frozen rows too
        cursor.execute(
            f'update "{model._meta.db_table}" set "{key.column}" = %s where id = %s', [pk, row.pk]
        )
        cursor.execute("set constraints all immediate")


# -- Jobs and migrations -------------------------------------------------------------------------


def test_a_data_migration_touches_nothing_without_saying_everything(world):
    """As a RunPython would: no scope, no rows, and no error to tell. Hence everything()."""
    assert Note._base_manager.update(text="migré") == 0
    with scope.everything("test: a data migration"):
        assert Note._base_manager.update(text="migré") == 10


def test_everything_gives_the_former_scope_back(world, caen):
    with scope.over([caen.pk]):
        with scope.everything("test: a nested job"):
            assert Journey._base_manager.count() == 5
        assert Journey._base_manager.count() == 3
