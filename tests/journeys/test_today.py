"""« Aujourd'hui »: to each their own day, at the same cost for few people and for many."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from journeys.models import (
    Participant,
)
from tests.journeys.crowd import crowd
from tests.journeys.factories import ago, join
from tests.journeys.lists import absent, ask_to_be_called, draft, follow_up, seen

MOST_QUERIES = 15


@pytest.fixture(autouse=True)
def inside(everywhere):
    """Tests read everywhere; each request has its own scope."""


def test_a_quiet_day_says_so_and_offers_to_welcome_somebody(signed_in, coordinator, quiet):
    quiet()

    page = signed_in(coordinator).get(reverse("today"))

    assert page.context["count"] == ""
    assert "Rien ne vous attend aujourd’hui." in page.content.decode()
    assert reverse("welcome") in page.content.decode().split('class="empty"')[1]


def test_the_count_is_said_in_words_with_what_cannot_wait(signed_in, coordinator, quiet):
    for nickname, days in [("Kiwi", 3), ("Zaza", 0)]:
        ask_to_be_called(quiet(nickname), ago(days))

    page = signed_in(coordinator).get(reverse("today"))

    assert page.context["count"] == "Deux points vous attendent, dont un avant ce soir."


# -- Whose day -----------------------------------------------------------------------------------


def test_a_referent_reads_of_their_own_journeys_alone(needs, referent, quiet, person):
    ask_to_be_called(quiet("Kiwi"), ago(2))
    ask_to_be_called(person("Pixel"), ago(2))

    found = needs(referent)

    assert [line.nickname for line in found["call_back"]] == ["Kiwi"]
    assert list(found) == ["call_back"]


def test_an_activity_referent_reads_what_concerns_them_and_may_only_look(
    needs, activity_referent, person
):
    journey = person("Kiwi", contracted=True, limit_on=ago(1))
    join(journey, activity_referent, "activity_referent")
    seen(journey, 60, 40)
    ask_to_be_called(journey, ago(2))

    found = needs(activity_referent)

    assert set(found) == {"no_contact", "limit"}
    opened = ("Voir le parcours", reverse("journey", args=[journey.pk]))
    assert {line.act for need in found.values() for line in need} == {opened}


def test_the_other_territory_reads_nothing(needs, coordinator_of_marseille, quiet, caen):
    ask_to_be_called(quiet(), ago(2))

    assert needs(coordinator_of_marseille) == {}


def test_a_person_s_objection_empties_the_day_of_the_one_objected_to(needs, coordinator, quiet):
    journey = quiet()
    ask_to_be_called(journey, ago(2))
    join(journey, coordinator, "coordinator", suspended_on=ago(1))

    assert needs(coordinator) == {}


# -- Many ----------------------------------------------------------------------------------------


def test_a_group_shows_five_lines_then_leads_to_all(signed_in, coordinator, caen, le_dome):
    crowd(57, caen, le_dome)
    Participant.objects.update(call_back_asked_on=ago(2))
    client = signed_in(coordinator)

    page = client.get(reverse("today"))
    first = page.context["groups"][0]
    every = client.get(first.all_url)
    rest = client.get(first.all_url + every.context["next_url"])

    assert (len(first.lines), first.left, first.points) == (5, 52, "57 points")
    assert "Voir les 52 autres" in page.content.decode()
    pks = [line.about for each in (every, rest) for line in each.context["lines"]]
    assert len(pks) == len(set(pks)) == 57
    assert rest.context["previous_url"]


def test_journeys_without_referent_lead_to_the_list_where_many_are_given_one(
    signed_in, coordinator, caen, le_dome
):
    crowd(7, caen, le_dome)

    groups = {
        group.slug: group
        for group in signed_in(coordinator).get(reverse("today")).context["groups"]
    }

    assert groups["referents"].all_url == f"{reverse('participants')}?no_referent=on"


def test_the_list_of_those_unseen_has_as_many_people_as_the_group(
    signed_in, coordinator, caen, le_dome
):
    for journey in crowd(7, caen, le_dome, met=62):
        seen(journey, 62, 31)
    client = signed_in(coordinator)

    groups = {group.slug: group for group in client.get(reverse("today")).context["groups"]}
    page = client.get(groups["contacts"].all_url)

    assert groups["contacts"].points == "sept points"
    assert page.context["said"] == "Sept personnes correspondent"


@pytest.mark.parametrize("slug", ["reponses", "contrats", "limites", "nouvelles", "referents"])
def test_each_group_has_a_page_even_empty(signed_in, coordinator, activity_referent, slug):
    url = reverse("today_group", args=[slug])

    assert signed_in(coordinator).get(url).status_code == 200
    assert signed_in(activity_referent).get(url).status_code == 200
    assert signed_in(coordinator).get(f"{url}?after=rien").status_code == 200


def test_an_unknown_group_is_404(signed_in, coordinator):
    assert signed_in(coordinator).get(reverse("today_group", args=["envol"])).status_code == 404


@pytest.mark.parametrize("who", ["coordinator", "referent", "activity_referent"])
def test_the_number_of_queries_does_not_follow_the_number_of_people(
    request, signed_in, caen, le_dome, who
):
    user = request.getfixturevalue(who)
    client = signed_in(user)
    for journey in crowd(20, caen, le_dome, met=100):
        join(journey, user, "referent" if who == "referent" else who)
    Participant.objects.update(call_back_asked_on=ago(2))
    few = queries(client)

    crowd(1980, caen, le_dome, first=20, met=100)
    Participant.objects.update(call_back_asked_on=ago(2))

    assert queries(client) == few <= MOST_QUERIES


def queries(client) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(reverse("today")).status_code == 200
    return len(captured)


# -- The week ------------------------------------------------------------------------------------


def test_the_week_shows_what_is_dated_in_it(signed_in, coordinator, quiet):
    absent(quiet("Maya"), "pause", expected_return_on=ago(-2))
    absent(quiet("Loin"), "pause", expected_return_on=ago(-7))
    draft(quiet("Lilou"), 28)
    quiet("Kiwi", contracted=True, limit_on=ago(0))
    follow_up(quiet("Papy Jo"), 1, milestone="months_3", opens_on=ago(-6), late_on=ago(-34))

    week = signed_in(coordinator).get(reverse("today")).context["week"]

    things = [
        (day.on, thing.word, re.sub("<[^>]+>", "", thing.who))
        for day in week
        for thing in day.things
    ]
    assert sorted(things) == [
        (ago(0), "Limite du parcours", "Kiwi"),
        (ago(-2), "Dernier jour pour signer", "Lilou"),
        (ago(-2), "Reprise prévue", "Maya"),
        (ago(-6), "Nouvelles à prendre", "Papy Jo"),
    ]
    assert [day.is_today for day in week] == [True, False, False]


def test_a_full_day_names_three_people_and_counts_the_others(signed_in, coordinator, quiet):
    for nickname in ("Ana", "Bob", "Cleo", "Dan", "Eve"):
        absent(quiet(nickname), "pause", expected_return_on=ago(-1))

    (day,) = signed_in(coordinator).get(reverse("today")).context["week"]

    assert re.sub("<[^>]+>", "", day.things[0].who) == "Ana, Bob, Cleo et deux autres"


def test_figures_lead_to_the_journeys_they_count(signed_in, coordinator, quiet):
    quiet("Kiwi")
    absent(quiet("Maya"), "pause")

    figures = signed_in(coordinator).get(reverse("today")).context["figures"]

    assert [(f.word, f.count, f.url) for f in figures] == [
        ("Butinage", "1", f"{reverse('participants')}?status=butinage"),
        ("En pause", "1", f"{reverse('participants')}?status=paused"),
    ]
