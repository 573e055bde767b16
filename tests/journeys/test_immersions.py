"""Immersions: every limit at its edges, what is refused and why, the convention on paper."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from journeys.frames import ending
from journeys.frames.actions import immersions
from journeys.frames.enums import State
from journeys.frames.limits import (
    last_day_of_month_from,
    most_in_a_year,
    planned_days,
    within_a_year,
)
from journeys.frames.models import Immersion
from journeys.frames.reading import counted
from journeys.models import Document, Journey
from journeys.pathway.actions import spans
from rtr import scope
from rtr.postgres.lifecycle import lifecycle
from tests.journeys.contracts import photo
from tests.journeys.factories import ago
from tests.journeys.immersions import (
    DAY,
    OTHER_SIRET,
    asked,
    over,
    prepared,
    signed,
    talent,
)

DATES = st.dates(datetime.date(2020, 1, 1), datetime.date(2032, 12, 31))


def on(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.fixture(autouse=True)
def inside(caen, vallees):
    with scope.over([caen.pk, vallees.pk]):
        yield


@pytest.fixture
def pixel(caen, le_dome, coordinator) -> Journey:
    return talent(caen, le_dome)


def refused(act, *args, **said) -> str:
    with pytest.raises(ValidationError) as error, transaction.atomic():
        act(*args, **said)
    return " ".join(error.value.messages).replace("\u00a0", " ")


# -- A month, de date à date -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-03-15", "2026-04-14"),
        ("2026-03-01", "2026-03-31"),
        ("2026-04-01", "2026-04-30"),
        ("2026-02-01", "2026-02-28"),
        ("2028-02-01", "2028-02-29"),
        ("2026-01-28", "2026-02-27"),
        ("2026-01-29", "2026-02-28"),
        ("2026-01-30", "2026-02-28"),
        ("2026-01-31", "2026-02-28"),
        ("2028-01-29", "2028-02-28"),
        ("2028-01-30", "2028-02-29"),
        ("2028-01-31", "2028-02-29"),
        ("2027-12-31", "2028-01-30"),
        ("2028-02-29", "2028-03-28"),
    ],
)
def test_a_month_goes_from_date_to_date(first, last):
    assert last_day_of_month_from(on(first)) == on(last)


@given(DATES)
def test_a_month_is_never_longer_than_a_month(first):
    last = last_day_of_month_from(first)

    assert 28 <= (last - first).days + 1 <= 31
    assert last.month in (first.month, first.month % 12 + 1)


@pytest.mark.parametrize(
    ("first", "last"),
    [("2026-03-01", "2026-03-31"), ("2026-04-01", "2026-04-30"), ("2028-01-31", "2028-02-29")],
)
def test_a_month_is_taken_and_a_day_more_refused(pixel, coordinator, first, last):
    said = refused(
        prepared, pixel, coordinator, from_on=on(first), until_on=on(last) + datetime.timedelta(1)
    )
    assert said.startswith("Un mois au plus, de date à date : jusqu’au ")
    assert "se renouvelle une fois" in said

    assert prepared(pixel, coordinator, from_on=on(first), until_on=on(last)).pk


# -- Sixty days a host in twelve months ------------------------------------------------------------


@settings(deadline=None, max_examples=40)
@given(DATES, st.integers(1, 400), st.sets(st.integers(0, 6)))
def test_counting_agrees_with_a_plain_count(first, length, weekdays):
    days = planned_days(first, first + (length - 1) * DAY, weekdays)

    plain = max((within_a_year(days, day) for day in days[-40:]), default=0)
    assert most_in_a_year(days[:-40]) <= most_in_a_year(days)
    assert most_in_a_year(days) == max(plain, most_in_a_year(days[:-40]))
    assert all(not weekdays or day.weekday() in weekdays for day in days)
    if not weekdays:
        assert min(length, 365) <= most_in_a_year(days) <= min(length, 366)


@pytest.mark.parametrize(
    ("day", "counts"),
    [
        ("2026-03-10", 1),  # a year ends on 9 March 2027
        ("2026-03-09", 0),
        ("2027-03-09", 1),
        ("2027-03-10", 0),
    ],
)
def test_twelve_months_end_on_their_last_day(day, counts):
    assert within_a_year([on(day)], on("2027-03-09")) == counts


def test_twelve_months_from_29_february():
    assert within_a_year([on("2028-02-29")], on("2029-02-28")) == 1
    assert within_a_year([on("2028-02-29")], on("2029-03-01")) == 0


def fifty_nine(pixel, coordinator) -> None:
    """31 days in March, 28 of the renewal in April 2024: 59 in all."""
    first = signed(pixel, coordinator, from_on=on("2024-03-01"), until_on=on("2024-03-31"))
    prepared(pixel, coordinator, renews=first, from_on=on("2024-04-01"), until_on=on("2024-04-28"))


def test_the_sixtieth_day_is_taken_and_the_sixty_first_refused(pixel, coordinator):
    fifty_nine(pixel, coordinator)
    more = {"purpose": "confirm", "from_on": on("2024-06-03")}

    said = refused(prepared, pixel, coordinator, until_on=on("2024-06-04"), **more)
    assert "60 jours au plus en douze mois : il y en aurait 61" in said
    assert "Retirez 1 jour" in said

    assert prepared(pixel, coordinator, until_on=on("2024-06-03"), **more).pk


def test_days_a_year_old_count_no_more(pixel, coordinator):
    fifty_nine(pixel, coordinator)

    # From 2 to 3 April 2025: of the first two, the days since 4 April 2024 are left.
    assert prepared(pixel, coordinator, from_on=on("2025-04-02"), until_on=on("2025-05-01")).pk


def test_another_host_has_its_own_sixty_days(pixel, coordinator):
    fifty_nine(pixel, coordinator)

    assert prepared(
        pixel,
        coordinator,
        host_siret=OTHER_SIRET,
        from_on=on("2024-06-03"),
        until_on=on("2024-06-28"),
    ).pk


def test_only_the_days_of_presence_count_where_they_are_chosen(pixel, coordinator):
    # Mondays and Tuesdays of a month
    row = prepared(
        pixel, coordinator, from_on=on("2024-04-01"), until_on=on("2024-04-30"), weekdays=[0, 1]
    )

    assert [one.days for one in counted(pixel, on=on("2024-05-01"))] == [10]
    assert counted(pixel, on=on("2024-05-01"))[0].said.replace("\u00a0", " ") == (
        "Vélo Cité : 10 jours déjà comptés chez cet employeur sur 60."
    )
    assert row.weekdays == [0, 1]


def test_a_day_that_ended_early_or_was_cancelled_counts_no_more(pixel, coordinator):
    row = signed(pixel, coordinator, from_on=ago(9), until_on=ago(0))
    immersions.end_immersion(immersion=row, by=coordinator, seen=None, on=ago(5), reason="person")
    gone = prepared(pixel, coordinator, purpose="confirm")
    immersions.cancel_immersion(immersion=gone, by=coordinator, seen=None, reason="dates")

    assert [one.days for one in counted(pixel)] == [5]


def test_two_conventions_a_host_in_a_year_with_aims_of_their_own(pixel, coordinator):
    prepared(pixel, coordinator, from_on=on("2024-03-01"))

    said = refused(prepared, pixel, coordinator, from_on=on("2024-05-01"))
    assert "renouvelez-la, ou changez l’objet ou les objectifs" in said

    prepared(pixel, coordinator, purpose="confirm", from_on=on("2024-05-01"))
    said = refused(prepared, pixel, coordinator, purpose="recruit", from_on=on("2024-07-01"))
    assert "proposez un autre employeur" in said
    assert prepared(pixel, coordinator, from_on=on("2025-03-01")).pk


# -- Renewal ---------------------------------------------------------------------------------------


def test_renewed_once_for_the_same_object_by_a_new_convention(pixel, coordinator):
    first = signed(pixel, coordinator, from_on=on("2024-03-01"), until_on=on("2024-03-20"))
    renewal = {"renews": first, "from_on": on("2024-03-21")}

    said = refused(prepared, pixel, coordinator, **renewal, purpose="confirm")
    assert said == "Un renouvellement garde l’employeur, l’objet et les objectifs du début."
    again = prepared(pixel, coordinator, **renewal)
    assert (again.renews, again.signed_on) == (first, None)

    said = refused(prepared, pixel, coordinator, renews=first, from_on=on("2024-04-21"))
    assert said == "Cette immersion est déjà renouvelée."
    said = refused(prepared, pixel, coordinator, renews=again, from_on=on("2024-04-21"))
    assert said == "Une immersion se renouvelle une seule fois."


def test_a_renewal_starts_after_and_of_a_signed_convention(pixel, coordinator):
    first = prepared(pixel, coordinator, from_on=on("2024-03-01"), until_on=on("2024-03-20"))

    assert "commence après le" in refused(
        prepared, pixel, coordinator, renews=first, from_on=on("2024-03-20")
    )
    assert "une fois sa convention signée" in refused(
        prepared, pixel, coordinator, renews=first, from_on=on("2024-03-21")
    )


# -- What is refused, and what to do ---------------------------------------------------------------


def test_nobody_without_a_name_goes_to_work(kiwi, coordinator):
    said = refused(prepared, kiwi, coordinator)

    assert said == (
        "Pas de travail en entreprise sans identité ni contrat d’accompagnement signé : préparez"
        " d’abord le contrat."
    )
    assert not Immersion.objects.exists()


def test_two_immersions_never_overlap(pixel, coordinator):
    prepared(pixel, coordinator, from_on=on("2024-03-04"), until_on=on("2024-03-15"))
    other = {"host_siret": OTHER_SIRET, "host_name": "Boulangerie"}

    for first, last in (("2024-03-01", "2024-03-04"), ("2024-03-15", "2024-03-20")):
        said = refused(prepared, pixel, coordinator, from_on=on(first), until_on=on(last), **other)
        assert said.startswith("Ces jours sont pris par l’immersion chez Vélo Cité")
    assert prepared(
        pixel, coordinator, from_on=on("2024-03-16"), until_on=on("2024-03-20"), **other
    ).pk


def test_no_immersion_during_a_pause_nor_after_an_exit(pixel, coordinator):
    spans.pause(journey=pixel, by=coordinator, seen=None, from_on=ago(2), reason="family")
    assert "notez d’abord la reprise" in refused(prepared, pixel, coordinator)
    spans.leave(journey=pixel, by=coordinator, seen=None, on=ago(0), kind="cdi")
    assert "notez d’abord le retour" in refused(prepared, pixel, coordinator)


def test_more_than_the_legal_week_is_refused(pixel, coordinator):
    assert "Trente-cinq heures par semaine au plus" in refused(
        prepared, pixel, coordinator, weekly_hours=36
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        row = prepared(pixel, coordinator)
        Immersion.objects.filter(pk=row.pk).update(weekly_hours=36)


def test_signing_after_the_first_day_is_refused(pixel, coordinator):
    row = prepared(pixel, coordinator, from_on=ago(3))
    act = {"immersion": row, "by": coordinator, "seen": None}

    said = refused(immersions.sign_convention, **act, signed_on=ago(2))

    assert "se signe avant le premier jour" in said and "faites-la signer" in said
    assert immersions.sign_convention(**act, signed_on=ago(3)).signed_on == ago(3)


def test_nothing_starts_before_the_signature_whatever_the_day(pixel, coordinator):
    row = prepared(pixel, coordinator, from_on=ago(3))

    assert row.state == State.PREPARED and not row.is_started
    with pytest.raises(IntegrityError), transaction.atomic():
        Immersion.objects.filter(pk=row.pk).update(ended_on=ago(1))
    assert "annulez-la" in refused(
        immersions.end_immersion, immersion=row, by=coordinator, seen=None, on=ago(1), reason="both"
    )


def test_a_signed_convention_is_changed_by_no_one(pixel, coordinator):
    row = signed(pixel, coordinator)

    said = refused(
        immersions.change_immersion, immersion=row, by=coordinator, seen=None, asked=asked()
    )

    assert "annulez cette immersion et préparez-en une autre" in said


def test_from_prepared_to_assessed(pixel, coordinator):
    row = prepared(pixel, coordinator, from_on=ago(9), until_on=ago(0))
    states = [row.state]
    act = {"immersion": row, "by": coordinator, "seen": None}
    row = immersions.sign_convention(**act, signed_on=ago(9), photo=photo())
    states += [row.state_on(ago(10)), row.state, row.state_on(ago(-1))]
    row = immersions.assess_immersion(**act, liked="Réparer seule", again="yes")

    assert states + [row.state] == [
        State.PREPARED,
        State.SIGNED,
        State.UNDER_WAY,
        State.OVER,
        State.ASSESSED,
    ]
    assert row.ended_on == ago(0)
    paper = Document.objects.get()
    assert (paper.pk, str(paper), bool(paper.file)) == (
        row.convention_id,
        "Convention d’immersion signée",
        True,
    )


def test_those_above_learn_once_that_it_ended(pixel, coordinator, monkeypatch):
    told = []
    monkeypatch.setattr(ending, "_told", [])
    ending.on_ended(told.append)
    row = over(pixel, coordinator)
    immersions.end_due(on=timezone.localdate())

    assert [(one.pk, one.ended_on) for one in told] == [(row.pk, ago(1))]


def test_a_file_that_is_erased_takes_its_immersions_along(pixel, coordinator):
    first = signed(pixel, coordinator, from_on=on("2024-03-01"), until_on=on("2024-03-20"))
    prepared(pixel, coordinator, renews=first, from_on=on("2024-03-21"))

    with lifecycle():
        pixel.participant.delete()

    assert not Immersion.objects.exists()
