"""Whose phone it is; where one's pages are open; leaving nothing behind."""

import datetime

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from journeys.models import CardAccess
from journeys.participants.models import Participant
from journeys.pathway.actions.spans import leave
from journeys.portal.actions import give_card, give_link
from rtr import scope
from territories.accounts.sessions import NOWHERE
from tests.journeys.entering import is_in
from tests.journeys.factories import JourneyFactory, ago
from tests.journeys.phones import said

ANDROID = "Mozilla/5.0 (Linux; Android 9) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36"


@pytest.fixture
def opened(kiwi, coordinator):
    """`opened()` gives a phone that has just come in."""

    def come_in(client=None, **more):
        client = client or Client()
        with scope.over([kiwi.territory_id]):
            token = give_link(journey=kiwi, by=coordinator)
        client.post(reverse("portal_enter", args=[token]), **more)
        return client

    return come_in


def answers(client, own):
    return client.post(reverse("portal_phone"), {"own": own})


def test_the_phone_is_somebody_else_s_until_one_says_otherwise(opened):
    phone = opened()

    asked = said(phone.get(reverse("portal_phone")))

    assert "C’est votre téléphone ?" in asked
    assert phone.session.get_expiry_age() <= 600
    assert "idle.js" in said(phone.get(reverse("portal")))


def test_one_s_own_phone_stays_open_for_thirty_days_from_the_last_visit(opened):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        phone = opened()
        assert answers(phone, "yes").url == reverse("portal")
        for _visit in range(2):
            clock.shift(datetime.timedelta(days=29))
            assert is_in(phone)
        assert "idle.js" not in said(phone.get(reverse("portal")))
        clock.shift(datetime.timedelta(days=31))
        assert not is_in(phone)


def test_a_shared_phone_closes_after_ten_minutes_and_a_gesture_keeps_it(opened):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        phone = opened()
        answers(phone, "no")
        clock.shift(datetime.timedelta(minutes=9))
        assert phone.get(reverse("portal_stay")).status_code == 204
        clock.shift(datetime.timedelta(minutes=9))
        assert is_in(phone)
        clock.shift(datetime.timedelta(minutes=11))
        ended = phone.get(reverse("portal"), follow=True)

        assert "La page s’est fermée. Entrez de nouveau." in said(ended)
        assert "Vos mots" not in said(ended)


def test_changing_one_s_mind_about_the_phone_makes_it_shared_again(opened):
    phone = opened()
    answers(phone, "yes")
    answers(phone, "no")

    assert phone.session.get_expiry_age() <= 600


WRITING, WORDS = "/portail/rappel/choisir/", "1234"


@pytest.mark.parametrize("how", ["without JavaScript", "said by the page"])
def test_what_was_being_written_waits_for_the_same_person(opened, how):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        phone = opened()
        answers(phone, "no")
        typed = {"moment": "morning", "phone": WORDS}
        if how == "said by the page":
            page = phone.post(reverse("portal_close"), typed | {"rtr_path": WRITING}, follow=True)
        else:
            clock.shift(datetime.timedelta(minutes=11))
            page = phone.post(WRITING, typed, follow=True)

        assert "La page s’est fermée" in said(page) and "Vos mots sont gardés" in said(page)
        opened(phone)
        back = answers(phone, "no")
        assert back.url == WRITING
        assert WORDS in said(phone.get(WRITING))


def test_kept_words_are_shown_to_nobody_else(opened, caen, le_dome, coordinator):
    phone = opened()
    phone.post(reverse("portal_close"), {"phone": WORDS, "rtr_path": WRITING})
    with scope.over([caen.pk]):
        other = JourneyFactory(territory=caen, participant__organisation=le_dome)
        token = give_link(journey=other, by=coordinator)
    phone.post(reverse("portal_enter", args=[token]))

    assert answers(phone, "no").url == reverse("portal")
    assert WORDS not in said(phone.get(WRITING))


def test_closing_leads_nowhere_else(opened):
    phone = opened()

    page = phone.post(reverse("portal_close"), {"rtr_path": "https://ailleurs.example/"})

    assert page.url == reverse("portal_enter_help") + "?fin=1"
    assert "storage" in page["Clear-Site-Data"] and not is_in(phone)
    assert "kept" not in phone.session


def test_leaving_twice_is_leaving_once(opened):
    phone = opened()

    first, second = phone.post(reverse("portal_leave")), phone.post(reverse("portal_leave"))

    assert first["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert first["Cache-Control"] == "no-store"
    assert second.status_code == 302 and not is_in(phone)


def test_devices_are_listed_by_what_they_are_with_this_one_first(opened):
    opened(HTTP_USER_AGENT=ANDROID)
    here = opened()

    page = said(here.get(reverse("portal_devices")))

    assert page.index("C’est celui-ci") < page.index("Chrome, Android")
    assert "Depuis le" in page
    assert set(UserSession.objects.values_list("ip", flat=True)) == {NOWHERE}


def test_one_device_or_all_the_others_are_closed(opened):
    here, there, elsewhere = opened(), opened(), opened()
    row = UserSession.objects.get(session_key=there.session.session_key)

    here.post(reverse("portal_device_close"), {"pk": row.pk})
    assert (is_in(there), is_in(elsewhere), is_in(here)) == (False, True, True)

    here.post(reverse("portal_device_close"), {"others": "1"})
    assert (is_in(elsewhere), is_in(here)) == (False, True)


@pytest.mark.parametrize(("kind", "stays"), [("deces", False), ("cdi", True)])
def test_a_death_closes_every_device_and_a_job_closes_none(opened, kiwi, coordinator, kind, stays):
    shared, own = opened(), opened()
    answers(own, "yes")
    with scope.over([kiwi.territory_id]):
        give_card(journey=kiwi, by=coordinator)
        leave(journey=kiwi, by=coordinator, seen=None, on=ago(0), kind=kind)

        assert CardAccess.objects.active().exists() == stays
    assert (is_in(shared), is_in(own)) == (stays, stays)


def test_nobody_closes_somebody_else_s_device(opened, signed_in, coordinator):
    here = opened()
    theirs = UserSession.objects.create(user=coordinator, session_key="x", ip=NOWHERE)

    assert here.post(reverse("portal_device_close"), {"pk": theirs.pk}).status_code == 404
    assert UserSession.objects.filter(pk=theirs.pk).exists()


def test_the_session_changes_its_key_on_coming_in(client, opened):
    client.get(reverse("portal_enter_help"))
    client.post(reverse("portal_enter_help"), {"phone": "06 39 98 12 34"})
    before = client.session.session_key

    opened(client)

    assert before and client.session.session_key != before


def test_devices_are_reached_from_the_team_and_the_rights(opened):
    phone = opened()

    for page in ("portal_team", "portal_rights"):
        assert reverse("portal_devices") in said(phone.get(reverse(page)))


def test_the_account_is_the_person_s(opened, kiwi):
    phone = opened()
    with scope.over([kiwi.territory_id]):
        user = Participant.objects.get(pk=kiwi.participant_id).user

    assert str(user.pk) == phone.session["_auth_user_id"]


@pytest.mark.parametrize("page", ["portal_phone", "portal_devices"])
def test_they_cost_few_queries(opened, page, django_assert_max_num_queries):
    phone = opened()

    with django_assert_max_num_queries(12):
        phone.get(reverse(page))
