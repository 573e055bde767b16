"""A transfer moves every row of the person, and shows the other side nothing before that."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from badges.models import Recipient
from journeys import models as m
from journeys.duplicates.moving import keys_to
from journeys.transfers import actions
from rtr import scope
from rtr.postgres.lifecycle import lifecycle
from territories.accounts.enums import Role
from territories.models import User
from tests.cast import member
from tests.figures import figure
from tests.journeys.factories import ago
from tests.journeys.rows import rows_of


@pytest.fixture
def paul(vallees, le_wip):
    return member("Paul", Role.COORDINATOR, le_wip, vallees)


@pytest.fixture
def shell(world, caen):
    """A file absorbed yesterday by that of somebody with a row in every table."""
    person = world.mine.participant
    with scope.everything("test"):
        shell = m.Participant.objects.create(
            territory=caen,
            programme=caen.programme,
            organisation=person.organisation,
            code="GALET-1000",
            nickname="Galet",
            channel="presence",
            merged_into=person,
        )
        m.Journey.objects.create(territory=caen, participant=shell, merged_on=ago(1))
        m.Referral.objects.create(
            territory=caen,
            participant=person,
            channel="mission_locale",
            prescriber="ML",
            agreed_on=ago(9),
            answer="accepted",
            answered_on=ago(8),
        )
        pending = world.mine.journey.contracts.all().prepared()
        pending.update(cancelled_on=ago(1))
    return shell


def behind(person, territory, *shells) -> dict[str, int]:
    found = rows_of(person.pk, *shells)
    left = {name: rows.exclude(territory=territory).count() for name, rows in found.items()}
    return {name: rows for name, rows in left.items() if rows}


def test_every_row_of_the_person_moves(world, shell, vallees, paul, le_wip):
    person = world.mine.participant
    with scope.everything("test"):
        before = {name: rows.count() for name, rows in rows_of(person.pk, shell.pk).items()}

    with scope.over([vallees.pk]):
        referent = member("Roselyne", Role.REFERENT, le_wip, vallees).memberships.get()
        actions.accept(transfer=world.mine.rows.transfer, by=paul, referent=referent)

    with scope.everything("test"):
        after = {name: rows.count() for name, rows in rows_of(person.pk, shell.pk).items()}
        assert behind(person, vallees, shell.pk) == {}
        assert User.objects.get(pk=person.user_id).territory == vallees
        files = [_content(paper) for paper in person.documents.exclude(file="")]
    assert [name for name, rows in before.items() if not rows] == []
    assert [name for name, rows in before.items() if after[name] < rows] == []
    assert files and all(files)
    figure(
        "tables d’une personne transférée", len(after), f"{sum(after.values())} lignes, 0 restée"
    )


def _content(paper) -> bytes:
    with paper.file.open() as file:
        return file.read()


def test_the_key_alone_would_leave_the_lines_held_by_a_number(world, vallees):
    """The control: the same question finds what a transfer by composite keys alone forgets."""
    person = world.mine.participant
    with scope.everything("test"):
        with lifecycle():
            Recipient.objects.filter(holder__participant=person).update(territory=vallees)
            m.Participant.everyone.filter(pk=person.pk).update(territory=vallees)

        assert behind(person, vallees).keys() == {"JournalEntry", "LogEntry"}


def test_a_person_does_not_leave_without_their_badges(world, vallees):
    """No key leads from a person to whom they are for the engine: the database refuses."""
    rows = m.Participant.everyone.filter(pk=world.mine.participant.pk)
    refused = pytest.raises(IntegrityError, match="journeys_holder_recipient_id_territory")
    with scope.everything("test"), refused, transaction.atomic(), lifecycle():
        rows.update(territory=vallees)


def test_the_question_forgets_no_table():
    """Each table with a scoped key to a person or a journey is among those looked at."""
    named = {key.model.__name__ for parent in (m.Participant, m.Journey) for key in keys_to(parent)}

    assert named <= rows_of(0).keys()


def test_the_other_side_reads_a_nickname_a_code_and_nothing_of_the_file(world, client, paul):
    mine = world.mine
    client.force_login(paul)

    body = client.get(reverse("transfer_answer", args=[mine.rows.transfer.pk])).content.decode()

    assert mine.participant.nickname in body and mine.participant.code in body
    closed = [text for kind, texts in mine.canaries.items() if kind != "nickname" for text in texts]
    assert [text for text in closed if text in body] == []
    assert client.get(reverse("journey", args=[mine.journey.pk])).status_code == 404


def test_the_second_wall_shows_both_sides_the_transfer_and_nobody_else(world, vallees, marseille):
    """The policy admits the two territories; the person stays behind her own."""
    for places, seen in ([vallees], 1), ([marseille], 0), ([], 0):
        with scope.over([place.pk for place in places]):
            assert m.Transfer._base_manager.filter(pk=world.mine.rows.transfer.pk).count() == seen
            assert not m.Participant._base_manager.filter(pk=world.mine.participant.pk).exists()
