"""Hours of a month: names apart from registers, signed by each, made anew after a correction."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from journeys.models import AttendanceStatement
from journeys.registers.actions.linking import link, unlink, unlinked
from journeys.registers.actions.marking import Gesture, mark
from journeys.registers.actions.stating import nightly, prepare_month, sign
from journeys.registers.actions.walking_in import walk_in
from journeys.registers.hours import last_month
from journeys.registers.statements import fingerprint
from rtr import scope
from territories.journal.enums import Act
from territories.models import JournalEntry, User
from tests.journeys.activities import SessionFactory
from tests.journeys.factories import JourneyFactory, join
from tests.journeys.registers import put


@pytest.fixture
def here(caen):
    with scope.over([caen.pk]):
        yield caen


@pytest.fixture
def camille(here, le_dome):
    """Under contract since long, with an account of her own."""
    entry_on = last_month() - datetime.timedelta(days=40)
    journey = JourneyFactory(
        territory=here,
        participant__nickname="Zaza",
        participant__organisation=le_dome,
        participant__user=User.objects.create_user(territory=here),
        first_contact_on=entry_on - datetime.timedelta(days=40),
        entry_on=entry_on,
        limit_on=entry_on + datetime.timedelta(days=456),
    )
    return journey


def session_on(territory, day: datetime.date, **fields):
    start = timezone.make_aware(datetime.datetime.combine(day, datetime.time(9)))
    end = start + datetime.timedelta(hours=2)
    return SessionFactory(territory=territory, starts_at=start, ends_at=end, **fields)


def came(journey, by, *days: int):
    """Present on those days of last month."""
    for day in days:
        session = session_on(journey.territory, last_month().replace(day=day))
        row = put(session, journey.participant)
        mark(session=session, number=row.number, gesture=Gesture(by=by))
    return session


def prepared(journey, by) -> AttendanceStatement:
    prepare_month(month=last_month(), by=by)
    return journey.statements.get()


def signed(statement, by):
    return sign(statement=statement, by=by, sha256=statement.sha256)


# -- Preparing -------------------------------------------------------------------------------


def test_a_month_is_prepared_once_for_who_is_under_contract(here, camille, kiwi, animator, le_wip):
    for journey in (camille, kiwi):
        came(journey, animator, 5, 12)

    with scope.everything("test: the night"):
        nightly()
        nightly()

    statement = AttendanceStatement.objects.get()
    assert statement.journey == camille
    assert statement.name == "Camille Martin"
    assert statement.minutes == 240
    assert [row["minutes"] for row in statement.rows] == [120, 120]
    assert statement.sha256 == fingerprint(statement)


def test_presences_before_the_contract_are_not_in_it(here, camille, animator, le_wip):
    camille.entry_on = last_month().replace(day=10)
    camille.save()
    came(camille, animator, 5, 12)

    assert prepared(camille, animator).minutes == 120


def test_a_month_that_goes_on_is_not_prepared(coordinator, here):
    with pytest.raises(ValidationError):
        prepare_month(month=timezone.localdate().replace(day=1), by=coordinator)


# -- Signing ---------------------------------------------------------------------------------


def test_each_signs_in_their_own_session(signed_in, coordinator, camille, animator, le_wip):
    came(camille, animator, 5)
    statement = prepared(camille, coordinator)
    page = reverse("statement", args=[statement.pk])
    own = reverse("portal_statement", args=[statement.pk])
    data = {"sha256": statement.sha256, "agreed": "on"}

    signed_in(coordinator).post(page, data)
    statement.refresh_from_db()
    assert (statement.team_user, statement.person_signed_at) == (coordinator, None)
    client = signed_in(camille.participant.user)
    assert "Vos heures vous attendent" in client.get(reverse("portal")).content.decode()
    client.post(own, data)

    statement.refresh_from_db()
    assert statement.is_signed
    assert statement.team_name == "Nadia Exemple"
    assert "Vous avez signé" in client.get(reverse("portal_statements")).content.decode()
    assert client.get(reverse("portal_statement_pdf", args=[statement.pk])).content[:5] == b"%PDF-"
    acts = JournalEntry.objects.filter(participant_id=camille.participant_id)
    assert acts.filter(act=Act.STATEMENT_SIGNED).count() == 2


def test_nobody_signs_for_another(here, coordinator, referent, camille, kiwi, animator, le_wip):
    came(camille, animator, 5)
    statement = prepared(camille, coordinator)
    stranger = User.objects.create_user(territory=here)

    for who in (referent, stranger):
        with pytest.raises(ValidationError):
            signed(statement, who)
    join(camille, referent)
    assert signed(statement, referent).team_user == referent


def test_what_changed_since_it_was_read_is_not_signed(coordinator, camille, animator, le_wip):
    session = came(camille, animator, 5)
    statement = prepared(camille, coordinator)
    mark(session=session, number=1, gesture=Gesture(by=animator, minutes=30))

    with pytest.raises(ValidationError, match="Relisez"):
        signed(statement, coordinator)


# -- Correcting ------------------------------------------------------------------------------


def test_before_any_signature_a_correction_is_in_the_same_version(
    coordinator, camille, animator, le_wip
):
    session = came(camille, animator, 5)
    prepared(camille, coordinator)

    mark(session=session, number=1, gesture=Gesture(by=animator, minutes=30))

    statement = camille.statements.get()
    assert (statement.number, statement.minutes) == (1, 30)
    assert statement.sha256 == fingerprint(statement)


def test_after_a_signature_a_correction_opens_a_second_version(
    signed_in, coordinator, camille, animator, le_wip
):
    session = came(camille, animator, 5)
    first = signed(prepared(camille, coordinator), coordinator)

    mark(session=session, number=1, gesture=Gesture(by=animator, attendance="absent"))

    second, old = camille.statements.order_by("-number")
    assert (old.pk, old.minutes, old.sha256) == (first.pk, 120, first.sha256)
    assert (second.number, second.minutes, second.team_signed_at) == (2, 0, None)
    client = signed_in(coordinator)
    month = client.get(reverse("statements")).content.decode()
    assert "après correction" in month
    assert reverse("statement", args=[first.pk]) not in month
    page = client.get(reverse("statement", args=[first.pk])).content.decode()
    assert "un autre le remplace" in page
    with pytest.raises(ValidationError):
        signed(old, camille.participant.user)


def test_what_was_signed_is_frozen_by_the_database(coordinator, camille, animator, le_wip):
    came(camille, animator, 5)
    statement = signed(prepared(camille, coordinator), coordinator)

    for change in ({"minutes": 1}, {"rows": []}, {"team_signed_at": timezone.now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            AttendanceStatement.objects.filter(pk=statement.pk).update(**change)


def test_nobody_reads_the_hours_of_whom_they_do_not_refer_for(
    signed_in, coordinator, referent, activity_referent, camille, animator, le_wip
):
    came(camille, animator, 5)
    page = reverse("statement", args=[prepared(camille, coordinator).pk])
    join(camille, activity_referent, "activity_referent")

    assert signed_in(referent).get(page).status_code == 404
    assert signed_in(animator).get(page).status_code == 403
    assert signed_in(activity_referent).get(page).status_code == 403


def test_a_month_of_many_costs_what_a_month_of_one_does(
    signed_in, coordinator, camille, animator, here, le_wip, django_assert_max_num_queries
):
    came(camille, animator, 5)
    prepared(camille, coordinator)

    client = signed_in(coordinator)

    with django_assert_max_num_queries(8):
        page = client.get(reverse("statements")).content.decode()

    assert "Zaza" in page
    assert "Martin" not in page


# -- Taking up a presence --------------------------------------------------------------------


def test_months_later_a_nickname_s_presence_stands_in_the_contracted_journey(
    signed_in, coordinator, camille, animator, le_wip
):
    session = session_on(camille.territory, last_month().replace(day=6))
    walk_in(session=session, gesture=Gesture(by=animator), who="zaza")
    came(camille, animator, 5)
    statement = prepared(camille, coordinator)
    url = reverse("presence_link", args=[camille.pk])
    client = signed_in(coordinator)
    [row] = unlinked(camille)

    assert "zaza" in client.get(url).content.decode()
    camille.refresh_from_db()
    answer = client.post(url, {"rows": [row.pk], "seen": camille.version})
    assert answer.status_code == 302

    row.refresh_from_db()
    assert (row.participant, row.nickname) == (camille.participant, "zaza")
    statement.refresh_from_db()
    assert statement.minutes == 240
    assert unlinked(camille) == []

    client.post(reverse("presence_unlink", args=[camille.pk, str(row.pk)]))
    row.refresh_from_db()
    statement.refresh_from_db()
    assert (row.participant, statement.minutes) == (None, 120)


def test_a_presence_is_taken_up_once_and_a_session_once(coordinator, camille, kiwi, le_wip, here):
    session = session_on(here, last_month().replace(day=6))
    rows = [
        walk_in(session=session, gesture=Gesture(by=coordinator), who=name).enrolment.pk
        for name in ("Zaza", "Zaza")
    ]

    with pytest.raises(ValidationError, match="une fois"):
        link(journey=camille, by=coordinator, seen=None, rows=rows)
    link(journey=camille, by=coordinator, seen=None, rows=rows[:1])
    with pytest.raises(ValidationError, match="reprise"):
        link(journey=kiwi, by=coordinator, seen=None, rows=rows[:1])
    with pytest.raises(ValidationError, match="une fois"):
        link(journey=camille, by=coordinator, seen=None, rows=rows[1:])


def test_who_was_enrolled_as_themselves_is_not_taken_back(coordinator, camille, le_wip, here):
    session = session_on(here, last_month().replace(day=6))
    row = put(session, camille.participant)

    assert unlink(journey=camille, by=coordinator, rows=[row.pk]) == 0


def test_another_day_s_rows_are_found_by_that_day(signed_in, coordinator, camille, le_wip, here):
    day = last_month().replace(day=6)
    walk_in(session=session_on(here, day), gesture=Gesture(by=coordinator), who="Autre")

    assert unlinked(camille) == []
    url = reverse("presence_link", args=[camille.pk])
    page = signed_in(coordinator).get(f"{url}?jour={day:%Y-%m-%d}").content.decode()
    assert "Autre" in page
