"""Anybody's catalogue of a territory, and the participant's own page of activities."""

import pytest
from django.urls import reverse
from django.utils import timezone

from journeys.activities.enums import EnrolmentStatus
from journeys.activities.models import Enrolment
from journeys.messages.discretion import telling_words
from journeys.portal.actions import give_link
from rtr import scope
from territories.models import Place
from tests.journeys.activities import ActivityFactory, SessionFactory, enrolled, moment


@pytest.fixture
def bikes(caen, le_wip):
    return ActivityFactory(territory=caen, accessibility=["plain_pied"])


@pytest.fixture
def catalogue(client, caen):
    """`catalogue(kind="sport")`: the public page, as anybody has it."""

    def read(**query):
        return client.get(reverse("catalogue", args=[caen.programme.slug, caen.slug]), query)

    return read


def titles(page) -> list[str]:
    return [card["activity"].title for card in page.context["cards"]]


def text(page) -> str:
    return " ".join(page.content.decode().replace("\xa0", " ").split())


# -- The public pages ------------------------------------------------------------------------------


def test_anybody_reads_what_is_offered_and_what_is_left(catalogue, bikes):
    session = SessionFactory(activity=bikes, places=3)
    with scope.over([bikes.territory_id]):
        enrolled(session, "Momo")

    page = catalogue()

    assert titles(page) == [bikes.title]
    assert "Deux places libres" in text(page)
    assert "Momo" not in text(page)


def test_catalogue_keeps_to_itself_what_is_not_for_everybody(catalogue, caen, bikes):
    ActivityFactory(territory=caen, title="Brouillon", published_on=None)
    ActivityFactory(territory=caen, title="Finie", closed_on=timezone.localdate())
    ActivityFactory(territory=caen, title="Entre nous", is_open=False)

    assert titles(catalogue()) == [bikes.title]


def test_page_says_nothing_of_the_programme_nor_of_people(client, catalogue, bikes, caen):
    """But in its address and in the product's own name."""
    SessionFactory(activity=bikes)
    address = reverse("catalogue_activity", args=[caen.programme.slug, caen.slug, bikes.pk])

    for page in (catalogue(), client.get(address)):
        body = page.content.decode().split("<main")[1]
        words = body.replace(caen.programme.slug, "")
        assert str(caen.programme) not in words
        import re

        seen = re.sub(r"<[^>]+>", " ", words)
        assert telling_words(seen) == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"kind": "sport"}, ["Foot"]),
        ({"language": "uk"}, ["Foot"]),
        ({"accessibility": "plain_pied"}, ["Atelier réparation de vélos"]),
        ({"on": "2001-01-01"}, []),
    ],
)
def test_catalogue_is_filtered(catalogue, caen, bikes, query, found):
    SessionFactory(activity=bikes)
    ActivityFactory(territory=caen, title="Foot", kind="sport", languages=["uk"])

    assert titles(catalogue(**query)) == found


def test_catalogue_is_filtered_by_day_and_place(catalogue, caen, bikes):
    room = Place.objects.create(territory=caen, name="Salle bleue")
    SessionFactory(activity=bikes, place=room, starts_at=moment(3))
    ActivityFactory(territory=caen, title="Foot")

    on = timezone.localdate(moment(3)).isoformat()

    assert titles(catalogue(place=room.pk)) == [bikes.title]
    assert titles(catalogue(on=on)) == [bikes.title]


def test_catalogue_takes_as_many_queries_for_many(
    catalogue, caen, bikes, django_assert_max_num_queries
):
    for number in range(20):
        activity = ActivityFactory(territory=caen, title=f"Atelier {number}")
        SessionFactory.create_batch(5, activity=activity)

    with django_assert_max_num_queries(8):
        catalogue()


def test_pages_are_kept_by_caches_and_found_by_search_engines(client, catalogue, caen, bikes):
    page = catalogue()
    one = client.get(reverse("catalogue_activity", args=[caen.programme.slug, caen.slug, bikes.pk]))

    for each in (page, one):
        assert "public" in each["Cache-Control"] and "max-age=300" in each["Cache-Control"]
        assert 'content="index, follow"' in each.content.decode()
    assert f'name="description" content="{bikes.pitch}"' in one.content.decode().replace(
        "&#x27;", "'"
    )


def test_what_is_not_in_the_catalogue_is_not_found(client, caen, marseille, bikes):
    hidden = ActivityFactory(territory=caen, published_on=None)

    def status(territory, activity):
        args = [territory.programme.slug, territory.slug, activity.pk]
        return client.get(reverse("catalogue_activity", args=args)).status_code

    assert status(caen, bikes) == 200
    assert status(caen, hidden) == 404
    assert status(marseille, bikes) == 404


def test_no_table_about_people_is_read(catalogue, bikes, django_assert_max_num_queries):
    SessionFactory(activity=bikes)

    with django_assert_max_num_queries(8) as queries:
        catalogue()

    assert not [q for q in queries if "enrolment" in q["sql"] or "participant" in q["sql"]]


# -- The participant's own page --------------------------------------------------------------------


@pytest.fixture
def phone(client, kiwi, coordinator):
    """Kiwi's phone, once the link was used."""
    with scope.over([kiwi.territory_id]):
        client.post(reverse("portal_enter", args=[give_link(journey=kiwi, by=coordinator)]))
    return client


@pytest.fixture
def in_caen(caen):
    with scope.over([caen.pk]):
        yield


def test_one_tap_to_come_one_not_to_and_both_are_taken_back(phone, bikes, in_caen):
    session = SessionFactory(activity=bikes)

    came = phone.post(reverse("portal_enrol", args=[session.pk]), follow=True)
    phone.post(reverse("portal_enrol", args=[session.pk]))  # tapped twice
    row = Enrolment.objects.get()
    gone = phone.post(reverse("portal_withdraw", args=[row.pk]), follow=True)
    again = phone.post(reverse("portal_enrol_again", args=[row.pk]), follow=True)

    assert "C’est noté. On vous attend." in text(came)
    assert row.source == "portal"
    assert "Vous ne venez pas" in text(gone)
    assert "On vous attend" in text(again)
    assert [one.it.pk for one in again.context["mine"]] == [row.pk]


def test_full_session_is_waited_for(phone, bikes, in_caen):
    session = SessionFactory(activity=bikes, places=1)
    enrolled(session, "Jo"), enrolled(session, "Lou")

    page = phone.post(reverse("portal_enrol", args=[session.pk]), follow=True)

    assert "Vous attendez une place." in text(page)
    assert "Avant vous : une personne." in text(page)
    assert "Lou" not in text(page)
    assert Enrolment.objects.get(participant__isnull=False).status == EnrolmentStatus.WAITING


def test_two_sessions_at_the_same_hour_are_said(phone, bikes, in_caen, caen):
    first = SessionFactory(activity=bikes)
    other = SessionFactory(territory=caen, activity__title="Couture")
    phone.post(reverse("portal_enrol", args=[first.pk]))

    page = phone.post(reverse("portal_enrol", args=[other.pk]), follow=True)

    assert "deux séances à la même heure" in text(page)


def test_session_cancelled_elsewhere_or_of_somebody_else_is_refused(
    phone, bikes, in_caen, marseille, le_wip
):
    far = SessionFactory(territory=marseille)
    off = SessionFactory(activity=bikes, cancelled_at=timezone.now())
    guest = enrolled(SessionFactory(activity=bikes), "Momo")

    refused = phone.post(reverse("portal_enrol", args=[off.pk]), follow=True)

    assert "Cette séance est annulée" in text(refused)
    assert phone.post(reverse("portal_enrol", args=[far.pk])).status_code == 404
    assert phone.post(reverse("portal_withdraw", args=[guest.pk])).status_code == 404


def test_own_sessions_go_into_ones_phone(phone, bikes, in_caen):
    page = phone.post(reverse("portal_calendar"))

    token = page.context["link"].rsplit("/", 1)[1].removesuffix(".ics")
    assert type(phone)().get(reverse("calendar", args=[token])).status_code == 200
    phone.post(reverse("portal_calendar_revoke"))
    assert type(phone)().get(reverse("calendar", args=[token])).status_code == 404
