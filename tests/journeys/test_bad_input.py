"""What happens to people, at the doors and while they write: one sentence, what to do, nothing
lost. Codes, links, cards, numbers: test_entering.py, test_entering_links.py, test_cards.py."""

import statistics
import time
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from journeys.models import EntryCode, Participant, Reflection
from journeys.portal.actions import give_card, give_link
from rtr import scope
from rtr.lib import kept
from tests.figures import figure
from tests.journeys.entering import CODE, DOOR, NUMBER, UNKNOWN, later, types
from tests.journeys.experiences import elsewhere
from tests.journeys.factories import JourneyFactory
from tests.journeys.phones import said
from tests.journeys.sounds import recording

pytestmark = pytest.mark.django_db


@pytest.fixture
def enters(coordinator):
    """`enters(phone, journey)`, on a phone of others; the page that it leads to."""

    def come_in(phone, journey):
        with scope.over([journey.territory_id]):
            token = give_link(journey=journey, by=coordinator)
        phone.post(reverse("portal_enter", args=[token]))
        return phone.post(reverse("portal_phone"), {"own": "no"}).url

    return come_in


# -- A session that ends in the middle of a voice note ---------------------------------------------


@pytest.fixture
def telling(kiwi):
    with scope.over([kiwi.territory_id]):
        return reverse("portal_tell", args=[elsewhere(kiwi).pk])


def words(**more) -> dict:
    return {"liked": "Le bruit", "reader": "me", "client_uuid": uuid.uuid4()} | more


def voice(seconds: float = 2) -> SimpleUploadedFile:
    return SimpleUploadedFile("voix", recording("webm", seconds), "audio/webm")


def sends_too_late(phone, url: str, how: str, **more) -> str:
    """Ten minutes and more went by; what the page then says."""
    if how == "said by the page":
        typed = words(**more) | {"rtr_path": url}
        return said(phone.post(reverse("portal_close"), typed, follow=True))
    with later(minutes=11):
        return said(phone.post(url, words(**more), follow=True))


def told() -> list[Reflection]:
    with scope.everything("test"):
        return list(Reflection.objects.all())


@pytest.mark.parametrize("how", ["said by the page", "sent too late"])
def test_a_voice_waits_for_the_same_person_and_is_kept_with_the_words(
    client, enters, kiwi, telling, how
):
    enters(client, kiwi)
    page = sends_too_late(client, telling, how, voice=voice())
    assert "La page s’est fermée. Entrez de nouveau." in page
    assert "Vos mots sont gardés une demi-heure." in page and not told()

    assert enters(client, kiwi) == telling
    back = said(client.get(telling))
    assert "Votre fichier est gardé aussi." in back and "Le bruit" in back
    wrong = client.post(telling, words(reader="nobody"))
    assert wrong.status_code == 422
    client.post(telling, words())

    (one,) = told()
    assert one.voice_seconds == 2 and one.liked == "Le bruit"
    client.post(telling, words(liked="Encore"))
    assert sum(bool(each.voice) for each in told()) == 1 < len(told()), "given once"


def test_a_voice_is_in_the_session_under_a_key_that_is_not(client, enters, kiwi, telling):
    enters(client, kiwi)
    sends_too_late(client, telling, "said by the page", voice=voice())

    held = client.session[kept.KEY]["held"]["voice"]
    assert held[0] == "voix" and held[2].startswith("gAAAA")


def test_a_voice_is_nobody_else_s_and_goes_from_the_session(
    client, enters, kiwi, telling, caen, le_dome
):
    enters(client, kiwi)
    sends_too_late(client, telling, "said by the page", voice=voice())
    with scope.over([caen.pk]):
        other = JourneyFactory(territory=caen, participant__organisation=le_dome)

    assert enters(client, other) == reverse("portal")
    assert kept.KEY not in client.session and kept.HELD not in client.session


def test_a_page_opened_afresh_sends_no_voice_of_before(client, enters, kiwi, telling):
    enters(client, kiwi)
    sends_too_late(client, telling, "said by the page", voice=voice())
    enters(client, kiwi)
    client.get(telling)

    client.get(telling)
    client.post(telling, words())

    assert not told()[0].voice and kept.HELD not in client.session


def test_a_file_too_heavy_to_wait_is_asked_for_again(client, enters, kiwi, telling, monkeypatch):
    monkeypatch.setattr(kept, "MOST_BYTES", 100)
    enters(client, kiwi)
    sends_too_late(client, telling, "said by the page", voice=voice())
    enters(client, kiwi)

    back = said(client.get(telling))

    assert "Le fichier est à choisir de nouveau." in back and "Le bruit" in back
    assert kept.HELD not in client.session


# -- Without cookies, from a page that is too old --------------------------------------------------


@pytest.fixture
def doors(kiwi, coordinator):
    with scope.over([kiwi.territory_id]):
        link = give_link(journey=kiwi, by=coordinator)
        card, _pin = give_card(journey=kiwi, by=coordinator)
    args = {"portal_enter": [link], "portal_card": [card]}
    names = ["portal_screen", "portal_code", "portal_choose", "portal_language", *args]
    return [reverse(name, args=args.get(name)) for name in names]


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_a_door_without_cookies_says_what_to_do(doors, language):
    asks = {"Accept-Language": language}
    sentences = {"fr": "Ce téléphone bloque les cookies. Acceptez-les", "ar": 'dir="rtl"'}
    for url in doors:
        page = Client(enforce_csrf_checks=True).post(url, headers=asks)
        assert page.status_code == 403 and sentences[language] in said(page), url
        assert f'href="{url}"' in said(page)


def test_a_link_tried_without_cookies_still_works(doors):
    link = doors[-2]
    Client(enforce_csrf_checks=True).post(link)

    assert Client().post(link).url == reverse("portal_phone")


def test_a_page_that_waited_leads_back_to_itself(client, enters, kiwi, telling):
    phone = Client(enforce_csrf_checks=True)
    phone.force_login(_account(client, enters, kiwi))

    late = said(phone.post(telling, words()))
    act = said(phone.post(reverse("portal_call_me")))

    assert "La page a attendu trop longtemps. Essayez encore." in late
    assert f'href="{telling}"' in late and f'href="{reverse("portal")}"' in act


def _account(client, enters, journey):
    enters(client, journey)
    with scope.over([journey.territory_id]):
        return Participant.objects.get(pk=journey.participant_id).user


# -- Nobody learns who has a number ----------------------------------------------------------------


def test_the_door_takes_the_same_time_for_any_number(numbered):
    """Medians, one number after the other, so that what else runs here weighs on both."""
    spent = {NUMBER: [], UNKNOWN: []}
    for n in range(14):
        for number, times in spent.items():
            phone, network = Client(), f"10.8.{n}.1"
            start = time.perf_counter()
            phone.post(reverse(DOOR), {"phone": number}, REMOTE_ADDR=network)
            phone.get(reverse(CODE))
            types(phone, "000001")
            times.append(time.perf_counter() - start)
    known, unknown = (statistics.median(times) for times in spent.values())

    ratio = known / unknown
    figure("durée à la porte, numéro connu / inconnu", f"{ratio:.2f}", "médianes de 14")
    assert EntryCode.objects.count() == 28
    assert 0.6 < ratio < 1.6
