"""News answered in two taps, from the link of a message, by somebody who never signs in."""

import datetime
import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from journeys.messages.enums import Language, Meaning
from journeys.models import FollowUp, FollowUpTry, InboundMessage, OutboundMessage
from journeys.pathway import after
from journeys.pathway.actions import following, spans
from journeys.pathway.actions.following import ask_follow_ups
from territories.journal.models import JournalEntry
from tests.journeys.factories import ago


@pytest.fixture(autouse=True)
def inside(db, everywhere):
    """Tests read everywhere; each request has its own scope."""


@pytest.fixture
def link(left):
    """The token of a link that was just sent."""
    left()
    ask_follow_ups(on=ago(0))
    return token_of(OutboundMessage.objects.get())


def token_of(message) -> str:
    return re.search(r"/suivi/([\w-]+)/", message.body)[1]


def tap(client, token, code, **more):
    return client.post(reverse("follow_up_answer", args=[token]), {"r": code} | more)


# -- Answered in two taps --------------------------------------------------------------------------


def test_two_taps_answer_without_signing_in(client, link, maya):
    address = reverse("follow_up_answer", args=[link])
    asked = client.get(address).content.decode()
    checked = client.get(address, {"r": "cdi"}).content.decode()

    done = tap(client, link, "cdi")

    thanks = client.get(done.url).content.decode()
    assert "Que faites-vous en ce moment ?" in asked
    assert "C’est bien ça" in checked and "sans date de fin" in checked
    assert "Merci. C’est noté." in thanks
    follow_up = maya.follow_ups.get(milestone="exit")
    assert (follow_up.status, follow_up.situation) == ("answered", "cdi")
    assert (follow_up.answered_how, follow_up.recorded_by) == ("sms", None)
    for text in (asked, checked, thanks):
        assert "Maya" not in text and "Camille" not in text and "Dôme" not in text


def test_looking_at_the_link_answers_nothing(client, link, maya):
    client.get(reverse("follow_up_answer", args=[link]), {"r": "cdi"})
    client.head(reverse("follow_up_answer", args=[link]))

    assert maya.follow_ups.get(milestone="exit").status == "asked"


def test_a_link_used_before_says_thank_you_again_and_keeps_the_first_answer(client, link, maya):
    tap(client, link, "cdi")

    again = tap(client, link, "recherche_emploi")

    assert "Vous avez déjà répondu. Merci." in again.content.decode()
    assert maya.follow_ups.get(milestone="exit").situation == "cdi"


def test_both_messages_open_the_same_question(client, link, maya):
    ask_follow_ups(on=ago(-7))
    second = token_of(OutboundMessage.objects.latest("pk"))

    tap(client, second, "benevolat")

    assert "déjà répondu" in client.get(reverse("follow_up_answer", args=[link])).content.decode()
    assert maya.follow_ups.get(milestone="exit").situation == "benevolat"


@pytest.mark.parametrize("token", ["x", "é", "a" * 10_000, "<b>", "0'; drop table", "%00"])
def test_a_link_that_was_made_up_opens_nothing(client, link, token):
    for response in (
        client.get(reverse("follow_up_answer", args=[token])),
        tap(client, token, "cdi"),
    ):
        assert response.status_code == 404
        assert "Ce lien ne marche plus" in response.content.decode()


def test_an_old_link_works_no_more(client, link, maya):
    with time_machine.travel(timezone.now() + datetime.timedelta(days=40)):
        shown = client.get(reverse("follow_up_answer", args=[link]))
        posted = tap(client, link, "cdi")

    assert (shown.status_code, posted.status_code) == (404, 404)
    assert maya.follow_ups.get(milestone="exit").status == "asked"


def test_the_link_of_a_person_who_came_back_works_no_more(client, link, maya, coordinator):
    spans.come_back(journey=maya, by=coordinator, seen=None, on=ago(0))

    assert client.get(reverse("follow_up_answer", args=[link])).status_code == 404


def test_its_hash_goes_a_month_after_it_stopped_working(link):
    with time_machine.travel(timezone.now() + datetime.timedelta(days=80)):
        ask_follow_ups(on=timezone.localdate())

    assert FollowUpTry.objects.get(how="sms", on=ago(0)).token_sha256 is None


@pytest.mark.parametrize("code", ["", "deces", "licorne", "cdi' or 1=1", "x" * 10_000])
def test_an_answer_that_is_not_offered_asks_again(client, link, maya, code):
    response = tap(client, link, code)

    assert response.status_code == 422
    assert "Que faites-vous" in response.content.decode()
    assert maya.follow_ups.get(milestone="exit").status == "asked"


def test_a_page_that_waited_too_long_asks_for_one_more_tap(link, maya):
    response = tap(Client(enforce_csrf_checks=True), link, "cdi")

    assert response.status_code == 403
    assert "Appuyez encore une fois" in response.content.decode()
    assert "sans date de fin" in response.content.decode()


def test_preferring_not_to_answer_is_a_refusal_and_the_next_is_asked(client, link, maya):
    tap(client, link, "refuse")

    assert list(maya.follow_ups.values_list("status", flat=True)) == ["refused", "due", "due"]
    assert maya.absences.get().agreed_to_contact


def test_whoever_asks_not_to_be_contacted_is_not(client, link, maya):
    tap(client, link, "stop")

    statuses = list(maya.follow_ups.values_list("status", flat=True))
    assert statuses == ["refused", "cancelled", "cancelled"]
    assert not maya.absences.get().agreed_to_contact
    assert not any(ask_follow_ups(on=ago(-day)) for day in range(250))


def test_a_two_sent_back_is_a_no_to_all_of_them(link, maya, caen):
    message = OutboundMessage.objects.get()
    answer = InboundMessage(
        territory=caen, participant=maya.participant, answers=message, meaning=Meaning.NO
    )

    following.answered_by_message(answer)

    statuses = list(maya.follow_ups.values_list("status", flat=True))
    assert statuses == ["refused", "cancelled", "cancelled"]
    with pytest.raises(ValueError, match="only a no"):
        following.answered_by_message(InboundMessage(meaning=Meaning.YES))


@pytest.mark.parametrize(
    ("language", "direction", "question"),
    [
        ("fr", "ltr", "Que faites-vous en ce moment ?"),
        ("fr-falc", "ltr", "Que faites-vous maintenant ?"),
        ("en", "ltr", "What are you doing now?"),
        ("ar", "rtl", "ماذا تفعلون الآن؟"),
        ("uk", "ltr", "Що ви зараз робите?"),
    ],
)
def test_the_page_is_read_in_five_languages(client, link, language, direction, question):
    text = client.get(reverse("follow_up_answer", args=[link]), {"l": language}).content.decode()

    assert question in text
    assert f'lang="{language[:2]}" dir="{direction}"' in text


def test_the_browser_s_language_comes_first_and_an_unknown_one_is_french(client, link):
    address = reverse("follow_up_answer", args=[link])
    arabic = client.get(address, headers={"accept-language": "ar-DZ,fr;q=0.5"}).content.decode()
    other = client.get(address, {"l": "tlh"}, headers={"accept-language": "xx"}).content.decode()

    assert 'dir="rtl"' in arabic
    assert "Que faites-vous en ce moment ?" in other


def test_every_language_says_everything_and_offers_the_same_answers():
    french = after.words("fr")
    for language in Language.values:
        assert after.words(language).keys() == french.keys()
        assert after.words(language)["answers"].keys() == french["answers"].keys()


def test_whom_to_call_is_said(client, link, caen):
    caen.phone = "0231000000"
    caen.save()

    text = client.get(reverse("follow_up_answer", args=[link])).content.decode()

    assert "Karim" in text and "tel:0231000000" in text


def test_the_journal_says_that_it_was_asked_and_answered_and_no_value(client, link, maya):
    tap(client, link, "cdi")

    lines = JournalEntry.objects.filter(participant_id=maya.participant_id).order_by("pk")
    assert list(lines.values_list("act", flat=True))[-2:] == [
        "follow_up_asked",
        "follow_up_answered",
    ]
    assert not any("cdi" in line.fields for line in lines)


def test_answered_ones_leave_the_day_s_work(needs, client, link, coordinator):
    tap(client, link, "cdi")

    assert "follow_up" not in needs(coordinator)
    assert FollowUp.objects.pending().count() == 2
