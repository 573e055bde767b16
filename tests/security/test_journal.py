"""The journal: append-only, written with the act, never a value; and the history that goes away."""

import datetime
import re

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from journeys import models as m
from journeys.contracts.actions import preparing
from journeys.contracts.actions.objectives import add_objective, decide_objective
from journeys.participants.actions import correct_details, note_support
from journeys.pathway.actions import arrivals, following, people, phases, spans, telling
from journeys.pathway.actions.lifecycle import purge_participant
from rtr import scope
from rtr.postgres.lifecycle import lifecycle
from territories.models import JournalEntry, LogEntry
from tests.figures import figure
from tests.journeys.factories import ago

APPEND_ONLY = {
    "territories_journalentry": "act",
    "journeys_phasechange": "reason",
    "journeys_signature": "name",
}
REFUSED = "ne se modifient pas et ne s'effacent pas"


def run(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute(statement)


# -- Nothing is changed or taken away ------------------------------------------------------------


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize(
    "statement",
    ["update {table} set {column} = 'autre'", "delete from {table}", "truncate {table}"],
)
def test_lines_are_neither_changed_nor_deleted(world, everywhere, table, statement):
    with pytest.raises(DatabaseError, match=REFUSED):
        run(statement.format(table=table, column=APPEND_ONLY[table]))


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_retention_may(world, everywhere, table):
    """The control: the same statement, inside `lifecycle`."""
    with lifecycle():
        run(f"delete from {table}")

    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {table}")
        assert cursor.fetchone() == (0,)


def test_leave_to_change_ends_with_the_block(world, everywhere):
    with lifecycle():
        pass

    with pytest.raises(DatabaseError, match=REFUSED):
        JournalEntry.objects.all().delete()


def test_leave_to_change_does_not_outlive_a_failure(world, everywhere):
    with pytest.raises(ZeroDivisionError), lifecycle():
        raise ZeroDivisionError

    with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic():
        JournalEntry.objects.all().delete()


# -- An act and its line are one -----------------------------------------------------------------

SECRET = "Canarixq"


def of(one, by) -> dict:
    return {"journey": one.journey, "by": by, "seen": None}


def draft(one, by) -> dict:
    return {"contract": one.rows.draft, "by": by, "seen": None}


# Acts on a journey, with words that must not be found in the journal.
ACTS = {
    "phase_changed": lambda one, by: phases.change_phase(
        **of(one, by), to="insertion", on=ago(1), reason=SECRET
    ),
    "extended": lambda one, by: phases.extend(**of(one, by), until_on=ago(-400), reason=SECRET),
    "paused": lambda one, by: spans.pause(**of(one, by), from_on=ago(1), reason="family"),
    "exited": lambda one, by: spans.leave(**of(one, by), on=ago(1), kind="cdi"),
    "outcome_recorded": lambda one, by: spans.record_outcome(
        **of(one, by), kind="cdi", started_on=ago(1), host=SECRET
    ),
    "outcome_ended": lambda one, by: spans.end_outcome(
        outcome=one.rows.outcome, by=by, seen=None, on=ago(1)
    ),
    "followed_up": lambda one, by: following.record_try(
        follow_up=one.rows.follow_up, by=by, seen=None, how="call", on=ago(0), result="no_answer"
    ),
    "contact_recorded": lambda one, by: arrivals.record_contact(
        **of(one, by), kind="call", on=ago(1)
    ),
    "strengths_changed": lambda one, by: telling.add_strength(
        **of(one, by), kind="dream", text=SECRET
    ),
    "barriers_changed": lambda one, by: telling.set_barriers(**of(one, by), levels={"sante": ""}),
    "situation_changed": lambda one, by: telling.answer_situation(
        **of(one, by), answers={"employment": "emploi"}
    ),
    "note_written": lambda one, by: telling.write_note(
        **of(one, by), text=SECRET, is_working=False
    ),
    "support_changed": lambda one, by: note_support(
        by=by, support=m.OtherSupport(participant=one.participant, kind="ccas", rhythm=SECRET)
    ),
    "details_changed": lambda one, by: correct_details(
        participant=one.participant, by=by, nickname=SECRET, contact=SECRET
    ),
    "sharing_changed": lambda one, by: people.share(
        member=one.rows.member, by=by, seen=None, categories=["notes"]
    ),
    "objected": lambda one, by: people.object_to(member=one.rows.member, by=by),
    "team_changed": lambda one, by: people.end_member(member=one.rows.member, by=by, seen=None),
    "identified": lambda one, by: preparing.write_identity(
        **draft(one, by), identity={"first_name": SECRET, "guardian": SECRET}
    ),
    "contract_prepared": lambda one, by: preparing.write_terms(
        **draft(one, by), terms={"interpreter": SECRET, "read_aloud_by": SECRET}
    ),
    "contract_cancelled": lambda one, by: preparing.cancel(**draft(one, by)),
    "objective_added": lambda one, by: add_objective(**of(one, by), wording=SECRET, present=SECRET),
    "objective_decided": lambda one, by: decide_objective(
        objective=one.rows.objective, by=by, seen=None, reached=True, reason=SECRET
    ),
}


def lines(one):
    return JournalEntry.objects.about(one.participant.pk)


@pytest.mark.parametrize("act", ACTS)
def test_an_act_writes_its_line(world, cast, everywhere, act):
    before = lines(world.mine).count()

    ACTS[act](world.mine, cast["coordinator"])

    written = lines(world.mine)[: lines(world.mine).count() - before]
    assert act in [entry.act for entry in written]
    assert {entry.actor for entry in written} == {cast["coordinator"]}


@pytest.mark.parametrize("act", ACTS)
def test_an_act_taken_back_leaves_no_line(world, cast, everywhere, act):
    before = lines(world.mine).count()

    with transaction.atomic():
        ACTS[act](world.mine, cast["coordinator"])
        transaction.set_rollback(True)

    assert lines(world.mine).count() == before


@pytest.mark.parametrize("act", ACTS)
def test_an_act_whose_line_cannot_be_written_is_not_done(world, cast, everywhere, act):
    """The journal away: nothing happens to the person either."""
    before = snapshot(world.mine)
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute(
            "alter table territories_journalentry add constraint away check (id < 0) not valid"
        )

    with pytest.raises(DatabaseError, match="away"), transaction.atomic():
        ACTS[act](world.mine, cast["coordinator"])

    assert snapshot(world.mine) == before


def snapshot(one) -> list:
    rows = [list(m.Journey.objects.filter(pk=one.journey.pk).values_list())]
    for model in (m.PhaseChange, m.Absence, m.Outcome, m.Contact, m.Note, m.Share, m.Objective):
        rows.append(list(model.objects.filter(journey=one.journey).order_by("pk").values_list()))
    return rows


# -- Names of things, never values ---------------------------------------------------------------

NAME = re.compile(r"[a-z0-9_.]{0,60}")


def test_no_line_of_the_journal_holds_a_value(world, cast, everywhere):
    for act in ACTS.values():
        with transaction.atomic():
            act(world.mine, cast["coordinator"])
            for entry in lines(world.mine):
                told = [entry.act, entry.object_type, *entry.fields]
                assert all(NAME.fullmatch(word) for word in told), told
                assert SECRET.lower() not in str(told).lower()
            transaction.set_rollback(True)
    figure("actes relus dans le journal", len(ACTS), "aucune valeur")


def test_the_history_of_changes_keeps_no_word_about_the_person(world, cast, everywhere):
    for act in ACTS.values():
        with transaction.atomic():
            act(world.mine, cast["coordinator"])
            written = " ".join(str(row) for row in LogEntry.objects.values_list())
            assert SECRET not in written
            for half in (SECRET[len(SECRET) // 2 :], "•" * 4):  # auditlog's own mask keeps half
                assert half not in written
            transaction.set_rollback(True)


def test_what_is_masked_does_not_tell_yes_from_no(world, cast, everywhere):
    of_mine = of(world.mine, cast["coordinator"])
    LogEntry.objects.all().delete()

    telling.answer_situation(**of_mine, answers={"disability": "no", "resources": "ass"})

    changes = LogEntry.objects.get(object_id=world.mine.rows.situation.pk).changes
    assert changes["disability"] == changes["resources"] == ["•••", "•••"]


def test_the_history_of_a_person_goes_with_them(world, everywhere):
    """Every row written about them, and none of it left: not even what the deletion would log."""
    one = world.mine
    with lifecycle():
        m.Signature.objects.all().delete()
    assert LogEntry.objects.filter(participant_id=one.participant.pk).count() > 8

    purge_participant(participant=one.participant)

    left = " ".join(str(row) for row in LogEntry.objects.values_list())
    assert not LogEntry.objects.filter(participant_id=one.participant.pk).exists()
    assert not [text for texts in one.canaries.values() for text in texts if text in left]
    assert LogEntry.objects.filter(participant_id=world.near.participant.pk).exists()


# -- Who reads it ---------------------------------------------------------------------------------


def test_each_opening_is_told_once_an_hour(world, cast, client):
    client.force_login(cast["referent"])
    with scope.everything("test"):
        before = lines(world.mine).count()

    for _page in range(3):
        client.get(f"/coordination/parcours/{world.mine.journey.pk}/")

    with scope.everything("test"):
        assert lines(world.mine).count() == before + 1
        entry = lines(world.mine).first()
        assert (entry.act, entry.actor) == ("opened", cast["referent"])
        assert timezone.now() - entry.at < datetime.timedelta(minutes=1)
