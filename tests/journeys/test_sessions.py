"""Sessions: added, in series, moved, cancelled; everyone concerned is told, and nothing more."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from journeys.activities.actions.planning import (
    Details,
    cancel_session,
    change_session,
    restore_session,
)
from journeys.activities.enums import EnrolmentStatus
from journeys.activities.models import SessionStaff
from journeys.messages.discretion import names_around, telling_words
from journeys.messages.models import OutboundMessage
from journeys.pathway.actions.acting import Stale
from rtr import scope
from territories.accounts.enums import Role
from territories.models import Place
from tests.cast import member
from tests.journeys.activities import (
    HOURS,
    ActivityFactory,
    SessionFactory,
    day,
    enrolled,
    moment,
    series,
)
from tests.journeys.factories import ago


@pytest.fixture(autouse=True)
def inside(caen, vallees):
    with scope.over([caen.pk, vallees.pk]):
        yield


@pytest.fixture
def bikes(caen, le_wip):
    return ActivityFactory(territory=caen)


@pytest.fixture
def thursday(bikes):
    return SessionFactory(activity=bikes, starts_at=moment(7))


@pytest.fixture
def reachable(kiwi):
    kiwi.participant.contact = "06 12 34 56 78"
    kiwi.participant.save()
    return kiwi.participant


def fresh(row):
    row.refresh_from_db()
    return row


# -- Changing --------------------------------------------------------------------------------------


def moved(session, coordinator, *, on=None, following=False, details=HOURS, seen=None) -> int:
    on = on or timezone.localdate(session.starts_at)
    act = {"seen": session.version if seen is None else seen, "following": following}
    return change_session(session=session, by=coordinator, on=on, details=details, **act)


def test_moving_tells_who_is_in_and_who_waits(thursday, reachable, coordinator):
    enrolled(thursday, reachable), enrolled(thursday, "Momo")

    told = moved(thursday, coordinator, on=day(8))

    message = OutboundMessage.objects.get()
    assert told == 1
    assert message.cause == "session.moved"
    assert f"{day(8):%d/%m} à 14 h" in message.body
    names = names_around(thursday.territory.programme)
    assert telling_words(message.body, names=names) == []
    assert thursday.activity.title not in message.body


def test_correcting_a_word_tells_nobody(thursday, reachable, coordinator):
    enrolled(thursday, reachable)
    details = Details(datetime.time(14), datetime.time(16), 12, said="Prenez une gourde")

    assert moved(thursday, coordinator, details=details) == 0
    assert not OutboundMessage.objects.exists()


def test_another_place_is_told_without_naming_it(thursday, reachable, coordinator, caen):
    enrolled(thursday, reachable)
    room = Place.objects.create(territory=caen, name="Mission locale")
    details = Details(datetime.time(14), datetime.time(16), 12, place=room)

    assert moved(thursday, coordinator, details=details) == 1
    assert "Mission" not in OutboundMessage.objects.get().body


def test_those_that_follow_change_hours_and_keep_their_days(bikes, coordinator):
    made = series(bikes, coordinator)
    later = Details(datetime.time(10), datetime.time(12), 8)

    moved(made[1], coordinator, details=later, following=True)

    hours = [timezone.localtime(fresh(one).starts_at).hour for one in made]
    assert hours == [14, 10, 10, 10]
    assert [timezone.localdate(one.starts_at) for one in made] == [
        one.occurrence_on for one in made
    ]


def test_fewer_places_take_nobodys_place(thursday, coordinator):
    rows = [enrolled(thursday, name) for name in ("Jo", "Lou", "Zoé")]

    moved(thursday, coordinator, details=Details(datetime.time(14), datetime.time(16), 1))

    assert {fresh(row).status for row in rows} == {EnrolmentStatus.ENROLLED}
    assert enrolled(thursday, "Ana").status == EnrolmentStatus.WAITING
    assert fresh(thursday).taken == 3


def test_more_places_go_to_those_who_wait_in_order(bikes, reachable, coordinator):
    full = SessionFactory(activity=bikes, places=1, starts_at=moment(7))
    enrolled(full, "Jo")
    waiting = [enrolled(full, who) for who in ("Lou", reachable, "Zoé")]

    moved(full, coordinator, details=Details(datetime.time(14), datetime.time(16), 3))

    assert [fresh(row).status for row in waiting] == ["enrolled", "enrolled", "waiting"]
    assert OutboundMessage.objects.get().cause == "session.place"


def test_older_page_is_told_so(signed_in, animator, thursday):
    client = signed_in(animator)
    address = reverse("session_edit", args=[thursday.pk])
    data = {
        "on": day(7).isoformat(),
        "starts_at": "14:00",
        "ends_at": "16:00",
        "places": 12,
        "seen": 0,
    }
    client.post(address, data | {"said": "Un"})

    late = client.post(address, data | {"said": "Deux"})

    assert late.status_code == 409
    assert "Deux" in late.content.decode()
    assert fresh(thursday).said == "Un"


def test_session_cancelled_or_over_does_not_change(thursday, bikes, coordinator):
    cancel_session(session=thursday, by=coordinator, seen=0, reason="Salle fermée")
    past = SessionFactory(activity=bikes, starts_at=moment(-2))

    for session in (fresh(thursday), past):
        with pytest.raises(ValidationError):
            moved(session, coordinator)
    with pytest.raises(Stale):
        cancel_session(session=thursday, by=coordinator, seen=0, reason="Encore")


# -- Cancelling ------------------------------------------------------------------------------------


def test_cancelling_says_first_how_many_are_told(signed_in, animator, thursday, reachable):
    enrolled(thursday, reachable), enrolled(thursday, "Momo")
    client = signed_in(animator)
    address = reverse("session_cancel", args=[thursday.pk])

    asked = client.get(address).content.decode()
    refused = client.post(address, {"seen": 0})
    done = client.post(address, {"seen": 0, "reason": "Salle fermée"}, follow=True)

    assert "Une personne reçoit un message." in asked
    assert "Une personne n’a pas laissé de contact" in asked
    assert refused.status_code == 422
    assert "La séance est annulée. Une personne reçoit un message." in done.content.decode()
    assert reverse("session_restore", args=[thursday.pk]) in done.content.decode()
    assert OutboundMessage.objects.get().cause == "session.cancelled"
    assert fresh(thursday).cancel_reason == "Salle fermée"


def test_cancelling_is_taken_back_and_told(thursday, reachable, coordinator):
    row = enrolled(thursday, reachable)
    cancel_session(session=thursday, by=coordinator, seen=0, reason="Salle fermée")

    told = restore_session(session=thursday, by=coordinator)

    assert told == 1
    assert fresh(thursday).cancelled_at is None
    assert fresh(row).status == EnrolmentStatus.ENROLLED
    causes = list(OutboundMessage.objects.order_by("pk").values_list("cause", flat=True))
    assert causes == ["session.cancelled", "session.held"]
    assert restore_session(session=thursday, by=coordinator) == 0


def test_the_rest_of_a_series_is_cancelled(bikes, coordinator):
    made = series(bikes, coordinator)

    cancel_session(session=made[1], by=coordinator, seen=0, reason="Travaux", following=True)

    assert [bool(fresh(one).cancelled_at) for one in made] == [False, True, True, True]


def test_somebody_who_died_is_written_to_no_more(thursday, reachable, coordinator, kiwi):
    from journeys.models import Absence

    enrolled(thursday, reachable)
    Absence.objects.create(
        territory=kiwi.territory, journey=kiwi, kind="exit", exit_kind="deces", from_on=ago(1)
    )

    assert cancel_session(session=thursday, by=coordinator, seen=0, reason="Travaux") == 0


# -- Who animates ----------------------------------------------------------------------------------


def test_volunteer_gives_a_hand_in_a_series(signed_in, animator, bikes, coordinator, caen, le_wip):
    brice = member("Brice", Role.VOLUNTEER, le_wip, caen)
    made = series(bikes, coordinator)
    client = signed_in(animator)
    data = {"user": brice.pk, "part": "volunteer", "following": "on", "seen": 0}

    client.post(reverse("session_staff", args=[made[1].pk]), data)
    staff = SessionStaff.objects.get(session=made[1])
    client.post(reverse("session_staff_remove", args=[made[1].pk, staff.pk]))

    assert SessionStaff.objects.filter(user=brice).count() == 2


def test_same_animator_twice_at_once_is_said(
    signed_in, coordinator, bikes, animator, thursday, caen
):
    other = SessionFactory(territory=caen, activity__title="Couture", starts_at=thursday.starts_at)
    for session in (thursday, other):
        SessionStaff.objects.create(session=session, user=animator)

    page = signed_in(coordinator).get(reverse("session", args=[thursday.pk]))

    assert "Sacha anime aussi « Couture »" in page.content.decode()


def test_somebody_from_elsewhere_does_not_animate(
    signed_in, animator, thursday, coordinator_of_marseille
):
    data = {"user": coordinator_of_marseille.pk, "part": "animator"}

    page = signed_in(animator).post(reverse("session_staff", args=[thursday.pk]), data)

    assert page.status_code == 422
