"""The calendar: a day, a week, a list; and one's own, by a private address."""

import datetime
import re

import icalendar
import pytest
from django.urls import reverse
from django.utils import timezone

from journeys.activities.actions.feeds import make_feed
from journeys.activities.models import CalendarFeed, Session, SessionStaff
from rtr import scope
from territories.models import Place
from tests.figures import figure
from tests.journeys.activities import ActivityFactory, SessionFactory, enrolled, moment
from tests.journeys.factories import ago

MANY = 5000


@pytest.fixture(autouse=True)
def inside(caen, vallees):
    with scope.over([caen.pk, vallees.pk]):
        yield


@pytest.fixture
def bikes(caen, le_wip):
    return ActivityFactory(territory=caen)


def text(page) -> str:
    return " ".join(page.content.decode().replace("\xa0", " ").split())


# -- Views -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("view", "days"), [("jour", 1), ("semaine", 7), ("liste", 1)])
def test_calendar_has_three_views(signed_in, coordinator, bikes, view, days):
    SessionFactory(activity=bikes, starts_at=moment(0, 23), ends_at=moment(0, 23, 30))

    page = signed_in(coordinator).get(reverse("agenda"), {"vue": view})

    assert len(page.context["days"]) == days
    assert [one.it.activity for one in page.context["shown"]] == [bikes]


def test_pages_of_the_calendar_turn(signed_in, coordinator, bikes):
    client, address = signed_in(coordinator), reverse("agenda")
    SessionFactory(activity=bikes, starts_at=moment(7))

    week = client.get(address)
    following = client.get(address + week.context["next_url"])
    back = client.get(address + following.context["previous_url"])

    assert len(following.context["shown"]) == 1
    assert back.context["span"].first == week.context["span"].first


@pytest.mark.parametrize("query", ["jour=hier", "jour=2026-02-31", "vue=siecle", "jour=0001-01-01"])
def test_address_that_says_no_day_shows_this_week(signed_in, coordinator, query):
    page = signed_in(coordinator).get(f"{reverse('agenda')}?{query}")

    assert page.status_code == 200
    assert page.context["span"].on == timezone.localdate()


def test_what_is_full_cancelled_or_in_conflict_is_said(signed_in, coordinator, bikes, caen):
    room = Place.objects.create(territory=caen, name="Salle bleue")
    full = SessionFactory(activity=bikes, places=1, place=room)
    enrolled(full, "Jo"), enrolled(full, "Lou")
    couture = ActivityFactory(territory=caen, title="Couture")
    SessionFactory(activity=couture, place=room, starts_at=moment(1, 15))
    SessionFactory(activity=bikes, cancelled_at=timezone.now(), starts_at=moment(1, 9))

    page = text(signed_in(coordinator).get(reverse("agenda"), {"vue": "liste"}))

    assert "Trois séances, dont une complète et une annulée" in page
    assert "Complet, une personne attend" in page
    assert "Même lieu que « Couture », de 15 h à 17 h." in page
    assert "Jo" not in re.findall(r">(Jo|Lou)<", page)


def test_filters_leave_what_they_say(signed_in, coordinator, animator, bikes, caen, le_dome):
    mine = SessionFactory(activity=bikes)
    SessionStaff.objects.create(session=mine, user=coordinator)
    other = ActivityFactory(territory=caen, organisation=le_dome, kind="sport", languages=["uk"])
    SessionFactory(activity=other)
    client = signed_in(coordinator)

    def shown(**query):
        page = client.get(reverse("agenda"), {"vue": "liste", **query})
        return [one.it.activity for one in page.context["shown"]]

    assert shown(mine="on") == [bikes]
    assert shown(kind="sport") == [other]
    assert shown(organisation=le_dome.pk) == [other]
    assert shown(language="fr") == [bikes]


def test_htmx_is_sent_the_days_alone(signed_in, coordinator, bikes):
    page = signed_in(coordinator).get(reverse("agenda"), headers={"HX-Request": "true"})

    assert b"<html" not in page.content
    assert b'class="agenda semaine"' in page.content or b"Aucune" in page.content


@pytest.mark.parametrize("view", ["jour", "semaine", "liste"])
def test_five_thousand_sessions_take_as_many_queries_as_one(
    signed_in, coordinator, animator, bikes, view, django_assert_max_num_queries
):
    start = moment(0, 8)
    rows = Session.objects.bulk_create(
        Session(
            activity=bikes,
            territory=bikes.territory,
            starts_at=start + datetime.timedelta(minutes=7 * number),
            ends_at=start + datetime.timedelta(minutes=7 * number + 60),
            places=12,
        )
        for number in range(MANY)
    )
    SessionStaff.objects.bulk_create(SessionStaff(session=row, user=animator) for row in rows)
    client = signed_in(coordinator)

    with django_assert_max_num_queries(15) as queries:
        page = client.get(reverse("agenda"), {"vue": view})

    assert page.status_code == 200
    figure(f"agenda de {MANY} séances, vue « {view} »", len(queries), "requêtes")


# -- Private addresses -----------------------------------------------------------------------------


def read(client, token, **headers):
    return type(client)().get(reverse("calendar", args=[token]), headers=headers)


def events(page) -> list[icalendar.Event]:
    return icalendar.Calendar.from_ical(page.content).walk("VEVENT")


def test_address_is_shown_once_and_only_its_hash_is_kept(signed_in, coordinator, bikes):
    SessionFactory(activity=bikes)
    client, address = signed_in(coordinator), reverse("calendar_feed")

    link = client.post(address).context["link"]
    token = link.rsplit("/", 1)[1].removesuffix(".ics")

    assert token not in client.get(address).content.decode()
    assert token not in str(CalendarFeed.objects.values())
    page = read(client, token)
    assert page["Content-Type"].startswith("text/calendar")
    assert [str(one["summary"]) for one in events(page)] == [bikes.title]


def test_revoked_or_replaced_address_answers_404(signed_in, coordinator, bikes):
    _feed, first = make_feed(by=coordinator)
    _feed, second = make_feed(by=coordinator)
    client = signed_in(coordinator)

    assert read(client, first).status_code == 404
    assert read(client, second).status_code == 200
    client.post(reverse("calendar_feed_revoke"))
    assert read(client, second).status_code == 404
    assert read(client, "un-jeton-inconnu").status_code == 404


def test_account_that_is_closed_gives_nothing(client, coordinator):
    _feed, token = make_feed(by=coordinator)
    coordinator.is_active = False
    coordinator.save()

    assert read(client, token).status_code == 404


def test_coordinator_has_the_territory_and_an_animator_their_own(
    client, coordinator, animator, bikes
):
    mine, _other = SessionFactory(activity=bikes), SessionFactory(activity=bikes)
    SessionStaff.objects.create(session=mine, user=animator)

    found = {
        who.first_name: len(events(read(client, make_feed(by=who)[1])))
        for who in (coordinator, animator)
    }

    assert found == {"Nadia": 2, "Sacha": 1}


def test_participant_has_the_sessions_they_are_in(client, bikes, kiwi):
    from territories.models import User

    kiwi.participant.user = User.objects.create_user(territory=kiwi.territory)
    kiwi.participant.save()
    mine, _other = SessionFactory(activity=bikes), SessionFactory(activity=bikes)
    enrolled(mine, kiwi.participant)

    page = read(client, make_feed(by=kiwi.participant.user)[1])

    assert [str(one["uid"]) for one in events(page)] == [f"seance-{mine.pk}@rtr"]


def test_feed_says_title_place_hours_and_nobody(client, coordinator, bikes, kiwi, caen):
    room = Place.objects.create(territory=caen, name="Salle bleue", address="3 rue des Tilleuls")
    session = SessionFactory(activity=bikes, place=room, remote_link="https://visio.example/a")
    enrolled(session, kiwi.participant)

    page = read(client, make_feed(by=coordinator)[1])

    words = page.content.decode()
    assert "Salle bleue\\, 3 rue des Tilleuls" in words
    for telling in ("Kiwi", kiwi.participant.code, str(caen.programme), "Le WIP", "visio"):
        assert telling not in words


def test_hours_are_right_on_both_sides_of_the_clock(client, coordinator, bikes):
    winter, summer = (
        timezone.make_aware(datetime.datetime.combine(on, datetime.time(14)))
        for on in _each_side(ago(0))
    )
    for start in (winter, summer):
        SessionFactory(activity=bikes, starts_at=start)

    page = read(client, make_feed(by=coordinator)[1])

    calendar = icalendar.Calendar.from_ical(page.content)
    assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["Europe/Paris"]
    read_back = {one.decoded("dtstart").astimezone(datetime.UTC).hour for one in events(page)}
    assert read_back == {13, 12}
    assert page.content.count(b"DTSTART;TZID=Europe/Paris:") == 2


def _each_side(today: datetime.date) -> list[datetime.date]:
    """The next 15 January and the next 15 July."""
    return [
        next(
            datetime.date(year, month, 15)
            for year in (today.year, today.year + 1)
            if datetime.date(year, month, 15) > today
        )
        for month in (1, 7)
    ]


def test_calendar_unchanged_is_not_sent_again(client, coordinator, bikes):
    SessionFactory(activity=bikes)
    _feed, token = make_feed(by=coordinator)
    first = read(client, token)

    again = read(client, token, **{"If-None-Match": first["ETag"]})
    SessionFactory(activity=bikes)
    changed = read(client, token, **{"If-None-Match": first["ETag"]})

    assert (first.status_code, again.status_code, changed.status_code) == (200, 304, 200)
    assert "private" in first["Cache-Control"]


def test_cancelled_session_is_said_cancelled(client, coordinator, bikes):
    SessionFactory(activity=bikes, cancelled_at=timezone.now())

    (event,) = events(read(client, make_feed(by=coordinator)[1]))

    assert event["status"] == "CANCELLED"
