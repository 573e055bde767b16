"""Sessions added, alone or in series: always an end, dates shown first, hours that stay."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from journeys.activities.models import Series, Session
from journeys.activities.recurrence import Rule
from rtr import scope
from territories.models import Place
from tests.journeys.activities import ActivityFactory, SessionFactory, day, series
from tests.journeys.factories import ago


@pytest.fixture(autouse=True)
def inside(caen, vallees):
    with scope.over([caen.pk, vallees.pk]):
        yield


@pytest.fixture
def bikes(caen, le_wip):
    return ActivityFactory(territory=caen)


# -- Rules -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        (Rule((3,)), ["2026-10-01", "2026-10-08", "2026-10-15", "2026-10-22", "2026-10-29"]),
        (Rule((1, 3), every=2), ["2026-10-01", "2026-10-13", "2026-10-15", "2026-10-27",
                                 "2026-10-29"]),
        (Rule((3,), monthly_nth=1), ["2026-10-01"]),
        (Rule((3,), monthly_nth=-1), ["2026-10-29"]),
    ],
)  # fmt: skip
def test_rule_gives_its_days(rule, found):
    days = rule.days(datetime.date(2026, 10, 1), datetime.date(2026, 10, 31))

    assert [each.isoformat() for each in days] == found


@pytest.mark.parametrize(
    ("until", "said"),
    [("2028-01-01", "un an au plus"), ("2026-10-02", "Aucune séance")],
)
def test_rule_without_an_end_or_without_a_day_is_refused(until, said):
    with pytest.raises(ValidationError, match=said):
        Rule((0,)).days(datetime.date(2026, 10, 1), datetime.date.fromisoformat(until))


def test_more_than_sixty_sessions_are_refused():
    with pytest.raises(ValidationError, match="60 au plus"):
        Rule((0, 1, 2)).days(datetime.date(2026, 1, 1), datetime.date(2026, 12, 31))


def test_hour_stays_when_clocks_change(bikes, coordinator):
    """In Paris the clock goes back on the last Sunday of October, forward in March."""
    made = series(bikes, coordinator, weeks=51)

    hours = {timezone.localtime(one.starts_at).hour for one in made}
    offsets = {timezone.localtime(one.starts_at).utcoffset() for one in made}

    assert hours == {14}
    assert len(offsets) == 2


# -- From the pages --------------------------------------------------------------------------------


def typed(**changed) -> dict:
    return {
        "weekdays": [str(day(1).weekday())],
        "rhythm": "1",
        "starts_on": day(1).isoformat(),
        "until_on": day(22).isoformat(),
        "starts_at": "14:00",
        "ends_at": "16:00",
        "places": "12",
    } | changed


def test_dates_are_shown_before_the_series_is_made(signed_in, animator, bikes):
    client = signed_in(animator)
    address = reverse("series_add", args=[bikes.pk])

    shown = client.post(address, typed())
    assert not Session.objects.exists()
    dates = [value for value, _said, kept in shown.context["page"].preview if kept]
    done = client.post(address, typed(previewed="yes", days=dates[:2] + dates[3:]), follow=True)

    assert len(dates) == 4
    assert "Trois séances sont dans l’agenda" in done.content.decode()
    assert Series.objects.get().sessions.count() == 3
    assert dates[2] not in {one.occurrence_on.isoformat() for one in Session.objects.all()}


def test_rule_is_changed_from_its_dates(signed_in, animator, bikes):
    client = signed_in(animator)
    address = reverse("series_add", args=[bikes.pk])

    page = client.post(address, typed(previewed="yes", change="yes", days=[]))

    assert page.status_code == 200
    assert page.context["page"].preview == []
    assert not Session.objects.exists()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"until_on": ""}, "Ce champ est obligatoire"),
        ({"until_on": "2099-01-01"}, "un an au plus"),
        ({"ends_at": "13:00"}, "La fin vient avant le début"),
        ({"weekdays": []}, "Ce champ est obligatoire"),
        ({"places": "100000"}, "au plus"),
        ({"starts_on": ago(3).isoformat(), "previewed": "yes"}, "Ce jour est passé"),
        ({"previewed": "yes", "days": []}, "Gardez au moins une date"),
    ],
)
def test_series_that_cannot_be_is_refused_and_kept(signed_in, animator, bikes, changed, said):
    data = typed(**changed)
    if "days" not in data and "previewed" in data:
        data["days"] = [data["starts_on"]]

    page = signed_in(animator).post(reverse("series_add", args=[bikes.pk]), data)

    assert page.status_code == 422
    assert said in page.content.decode()
    assert not Session.objects.exists()


def test_session_is_added_and_what_is_there_too_is_said(signed_in, animator, bikes, caen):
    room = Place.objects.create(territory=caen, name="Le WIP")
    SessionFactory(activity=ActivityFactory(territory=caen, title="Couture"), place=room)
    data = {
        "on": day(1).isoformat(),
        "starts_at": "15:00",
        "ends_at": "17:00",
        "places": 5,
        "place": room.pk,
    }

    page = signed_in(animator).post(reverse("session_add", args=[bikes.pk]), data, follow=True)

    assert "Même lieu que « Couture »" in page.content.decode().replace("\xa0", " ")
    assert bikes.sessions.get().places == 5


def test_session_in_the_past_is_refused(signed_in, animator, bikes):
    data = {"on": ago(1).isoformat(), "starts_at": "15:00", "ends_at": "17:00", "places": 5}

    page = signed_in(animator).post(reverse("session_add", args=[bikes.pk]), data)

    assert page.status_code == 422
    assert "Ce jour est passé" in page.content.decode()
