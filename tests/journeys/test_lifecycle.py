"""What goes by itself each night, and what stays: counts and given codes (rules 1 to 3, 21)."""

import datetime

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone

from journeys.contracts.actions.signing import sign_by_hand
from journeys.contracts.enums import Signer
from journeys.contracts.models import Contract, Signature, SignedText
from journeys.models import (
    Absence,
    Document,
    GivenCode,
    Journey,
    Note,
    Participant,
    PurgedCount,
    Referral,
)
from journeys.nightly import journeys_nightly
from rtr import due, scope
from territories.journal.models import JournalEntry, LogEntry
from territories.models import User
from tests.journeys.contracts import fill, frozen, photo
from tests.journeys.factories import JourneyFactory, ParticipantFactory, ago


@pytest.fixture(autouse=True)
def inside():
    """The night works everywhere."""
    with scope.everything("test"):
        yield


@pytest.fixture
def night():
    """A night, so many days from now, then what it left to do."""

    def night(days: int = 0):
        with time_machine.travel(timezone.now() + datetime.timedelta(days=days)):
            journeys_nightly()
            due.run_due("journeys.filetoerase")

    return night


# -- An identity without contract ----------------------------------------------------------------


def test_an_identity_whose_contract_is_not_signed_in_time_goes_with_its_papers(
    night, kiwi, coordinator
):
    contract = frozen(kiwi, coordinator)
    sign_by_hand(
        contract=contract, by=coordinator, seen=None, signer=Signer.PARTICIPANT, photo=photo()
    )
    file = Document.objects.get().file.name

    night(days=30)
    kept = Participant.objects.get().first_name, default_storage.exists(file)
    night(days=31)

    assert kept == ("Camille", True)
    person = Participant.objects.get()
    assert (person.full_name, person.birth_date, person.identified_on) == ("", None, None)
    for model in (Contract, Signature, SignedText, Document):
        assert not model.objects.exists()
    assert not default_storage.exists(file)
    assert not person.words.filter(word="camille").exists()
    assert "identity_erased" in JournalEntry.objects.values_list("act", flat=True)


@pytest.mark.parametrize("kind", ["identity", "cv"])
def test_a_paper_that_names_the_person_goes_too(night, kiwi, coordinator, caen, kind):
    fill(kiwi, coordinator)
    of = {"territory": caen, "participant": kiwi.participant, "seen_by": coordinator}
    card = Document(**of, kind=kind)
    card.file.save("photo", photo())
    Document.objects.create(**of, kind="training")

    night(days=31)

    assert [row.kind for row in Document.objects.all()] == ["training"]
    assert not default_storage.exists(card.file.name)


def test_the_history_keeps_no_trace_of_that_identity(night, kiwi, coordinator):
    fill(kiwi, coordinator)

    night(days=31)

    for entry in LogEntry.objects.all():
        assert "Camille" not in str(entry.changes) and "1995-05-17" not in str(entry.changes)


def test_an_identity_under_contract_stays(night, caen, le_dome):
    journey = JourneyFactory(territory=caen, participant__organisation=le_dome, contracted=True)

    night(days=200)

    assert Participant.objects.get(pk=journey.participant_id).first_name == "Camille"


# -- A butinage without news ---------------------------------------------------------------------


def test_a_file_without_contract_nor_news_goes_and_is_counted(night, kiwi):
    code, month = kiwi.participant.code, kiwi.participant.welcomed_on.replace(day=1)

    night(days=86)
    kept = Journey.objects.exists()
    night(days=88)

    assert kept
    assert not Journey.objects.exists() and not Participant.objects.exists()
    counted = PurgedCount.objects.get()
    assert (counted.month, counted.channel, counted.people) == (month, "presence", 1)
    assert GivenCode.objects.filter(code=code).exists()


def test_an_account_and_its_papers_go_with_the_file(night, kiwi, coordinator, caen):
    user = User.objects.create_user(territory=caen)
    Participant.objects.filter(pk=kiwi.participant_id).update(user=user)
    document = Document(territory=caen, participant=kiwi.participant, kind="other")
    document.seen_by = coordinator
    document.file.save("photo", photo())

    night(days=88)

    assert not User.objects.filter(pk=user.pk).exists()
    assert not default_storage.exists(document.file.name)


def test_an_account_that_the_journal_names_stays_closed_and_empty(night, kiwi, caen):
    user = User.objects.create_user(territory=caen)
    JournalEntry.objects.create(act="signed_in", actor=user)
    Participant.objects.filter(pk=kiwi.participant_id).update(user=user)

    night(days=88)

    user.refresh_from_db()
    assert not Participant.objects.exists()
    assert (user.is_active, user.email, user.get_full_name()) == (False, None, "")


def test_two_files_of_a_month_are_counted_together(night, caen, le_dome):
    for _person in range(2):
        JourneyFactory(territory=caen, participant__organisation=le_dome)

    night(days=88)

    assert PurgedCount.objects.get().people == 2


def test_a_file_whose_contract_is_being_prepared_waits(night, kiwi, coordinator):
    with time_machine.travel(timezone.now() + datetime.timedelta(days=80)):
        fill(Journey.objects.get(), coordinator)

    night(days=90)
    waiting = Journey.objects.exists()
    night(days=112)

    assert waiting
    assert not Journey.objects.exists()


def test_a_person_under_contract_is_never_purged(night, caen, le_dome):
    JourneyFactory(territory=caen, participant__organisation=le_dome, contracted=True)

    night(days=700)

    assert Journey.objects.count() == 1


def test_a_code_is_never_given_twice_even_after_a_purge(night, kiwi, caen, le_dome):
    code = kiwi.participant.code
    night(days=88)

    with pytest.raises(IntegrityError), transaction.atomic():
        ParticipantFactory(territory=caen, organisation=le_dome, code=code)


# -- Orientations --------------------------------------------------------------------------------


@pytest.fixture
def mimi(caen):
    return Referral.objects.create(
        territory=caen,
        channel="ccas",
        prescriber="CCAS",
        prescriber_email="ccas@exemple.fr",
        first_name="Mimi",
        contact="06 39 98 12 34",
        agreed_on=ago(0),
    )


def test_an_orientation_without_answer_expires_then_its_data_go(night, mimi):
    night(days=30)
    mimi.refresh_from_db()
    waiting = mimi.answer
    night(days=31)
    mimi.refresh_from_db()
    expired = mimi.answer, mimi.first_name
    night(days=61)
    mimi.refresh_from_db()

    assert (waiting, *expired) == ("", "expired", "Mimi")
    assert (mimi.first_name, mimi.contact, mimi.prescriber_email) == ("", "", "")
    assert mimi.prescriber == "CCAS"


# -- Notes ---------------------------------------------------------------------------------------


def test_notes_go_six_months_after_the_journey_ended(night, caen, le_dome, coordinator):
    journey = JourneyFactory(territory=caen, participant__organisation=le_dome, contracted=True)
    of = {"territory": caen, "journey": journey}
    Note.objects.create(**of, author=coordinator, text="A rappelé.")
    night(days=400)
    going_on = Note.objects.count()
    Absence.objects.create(**of, kind="exit", from_on=ago(0), exit_kind="cdi")

    night(days=170)
    before = Note.objects.count()
    night(days=190)

    assert (going_on, before, Note.objects.count()) == (1, 1, 0)


# -- Safe to run twice ---------------------------------------------------------------------------


def test_a_night_run_twice_is_run_once(night, kiwi, caen, le_dome, coordinator, mimi):
    other = JourneyFactory(territory=caen, participant__organisation=le_dome)
    fill(other, coordinator)
    night(days=31)
    night(days=95)
    once = _everything()

    night(days=95)

    assert _everything() == once


def _everything() -> tuple:
    return (
        list(Participant.objects.order_by("pk").values_list("pk", "first_name")),
        list(PurgedCount.objects.values_list("month", "people")),
        list(Referral.objects.values_list("answer", "erased_on")),
        JournalEntry.objects.count(),
        GivenCode.objects.count(),
    )
