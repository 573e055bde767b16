"""The pages of the list: nobody twice, nobody missed, none dearer than the first."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from journeys.coordination import people
from journeys.models import Journey
from rtr import scope
from tests.journeys.crowd import crowd
from tests.journeys.factories import join
from tests.journeys.lists import nicknames

MOST_QUERIES = 15


@pytest.fixture(autouse=True)
def inside(everywhere, db):
    """Tests read everywhere; a journey has not the id of its participant."""
    with connection.cursor() as cursor:
        cursor.execute("select setval(pg_get_serial_sequence('journeys_journey', 'id'), 70000)")


def pages(client, **query):
    """Follow « Voir les suivants » to the end; the nicknames of each page."""
    url = f"{reverse('participants')}?" + "&".join(f"{k}={v}" for k, v in query.items())
    while url:
        page = client.get(url)
        yield nicknames(page), page
        url = page.context["next_url"] and reverse("participants") + page.context["next_url"]


def never_seen(journeys):
    Journey.objects.filter(pk__in=[j.pk for j in journeys]).update(last_contact_on=None)


@pytest.mark.parametrize("sort", ["", "contact"])
def test_every_person_comes_once_through_the_pages(
    signed_in, coordinator, caen, vallees, le_dome, sort
):
    crowd(70, caen, le_dome)
    crowd(60, vallees, le_dome, first=1000)
    never_seen(crowd(3, caen, le_dome, first=500))

    query = {"sort": sort} if sort else {}
    seen = [name for names, _page in pages(signed_in(coordinator), **query) for name in names]

    assert len(seen) == len(set(seen)) == 133
    if not sort:
        assert seen == sorted(seen)


@pytest.mark.parametrize("sort", ["name", "contact"])
def test_going_back_shows_the_same_pages(signed_in, coordinator, caen, vallees, le_dome, sort):
    crowd(80, caen, le_dome)
    never_seen(crowd(3, caen, le_dome, first=500))
    crowd(60, vallees, le_dome, first=1000)
    client = signed_in(coordinator)
    forward = list(pages(client, sort=sort))

    page, back = forward[-1][1], []
    while page.context["previous_url"]:
        page = client.get(reverse("participants") + page.context["previous_url"])
        back.append(nicknames(page))

    assert back == [names for names, _page in reversed(forward[:-1])]


def test_people_added_meanwhile_make_nobody_seen_twice_nor_missed(
    signed_in, coordinator, caen, le_dome, person
):
    there = {j.participant.nickname for j in crowd(120, caen, le_dome)}
    seen = []
    for number, (names, _page) in enumerate(pages(signed_in(coordinator))):
        seen += names
        person(f"Talent 000{number}b")
        person("Aaa")

    assert len(seen) == len(set(seen))
    assert there <= set(seen)


@pytest.mark.parametrize("token", ["rien", "WzEsMSwxXQ:abc", "%00"])
def test_a_bad_token_shows_the_first_page(shown, coordinator, kiwi, token):
    assert shown(coordinator, after=token) == ["Kiwi"]
    assert shown(coordinator, before=token) == ["Kiwi"]


def test_the_token_of_another_order_shows_the_first_page(signed_in, coordinator, caen, le_dome):
    crowd(60, caen, le_dome)
    client = signed_in(coordinator)
    token = client.get(reverse("participants")).context["next_url"]

    page = client.get(f"{reverse('participants')}{token}&sort=contact")

    assert nicknames(page) == nicknames(client.get(reverse("participants"), {"sort": "contact"}))


def test_beyond_a_thousand_the_count_says_so(signed_in, coordinator, caen, le_dome):
    crowd(1005, caen, le_dome)

    page = signed_in(coordinator).get(reverse("participants"))

    said = page.context["said"].replace("\u202f", " ")
    assert said == "Plus de 1 000 personnes, dont plus de 1 000 en butinage"
    assert len(nicknames(page)) == 50


QUERIES = [{}, {"q": "talent"}, {"status": "butinage", "sort": "contact"}, {"group": "others"}]


@pytest.mark.parametrize("who", ["coordinator", "referent"])
def test_the_number_of_queries_does_not_follow_the_number_of_people(
    request, signed_in, caen, le_dome, who
):
    user = request.getfixturevalue(who)
    client = signed_in(user)
    for journey in crowd(20, caen, le_dome)[:10]:
        join(journey, user)
    few = [queries(client, query) for query in QUERIES]

    crowd(1980, caen, le_dome, first=20)

    assert [queries(client, query) for query in QUERIES] == few
    assert max(few) <= MOST_QUERIES


def queries(client, query) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(reverse("participants"), query).status_code == 200
    return len(captured)


@pytest.mark.parametrize("places", [1, 2])
def test_no_page_sorts_the_whole_list(coordinator, caen, vallees, le_dome, places):
    """The index on (territory, name, id) can give the order of one or several territories.

    Sorting is made dear: on few rows PostgreSQL would sort whatever the index.
    """
    crowd(600, caen, le_dome)
    crowd(600, vallees, le_dome, first=2000)
    with connection.cursor() as cursor:
        cursor.execute("analyze journeys_absence")
        cursor.execute("set local enable_sort = off; set local enable_incremental_sort = off")
    shown = set([caen.pk, vallees.pk][:places])
    assert coordinator.territory_ids >= shown

    with scope.over(shown), CaptureQueriesContext(connection) as captured:
        rows, page = people.journeys_of(coordinator, shown), None
        while page is None or page.after:
            after = page.after if page else ""
            page = people.BY_NAME.page(rows, shown, people.known, after=after, size=50, most=100)
        asked = [query["sql"] for query in captured.captured_queries]
        plans = [plan(sql) for sql in asked if "ORDER BY" in sql]

    assert len(plans) >= 12 * places
    assert not [text for text in plans if "Sort" in text]
    assert all("participant_list" in text for text in plans)


def plan(sql: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"explain {sql}")
        return "\n".join(line for (line,) in cursor.fetchall())
