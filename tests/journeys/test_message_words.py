"""The words of every message: short, telling nothing; and a programme's own."""

import json

import pytest
from django.urls import reverse

from journeys.messages.actions import send_later
from journeys.messages.discretion import places_in, telling_words
from journeys.messages.enums import Channel, Language
from journeys.messages.models import MessageTemplate
from journeys.messages.wording import KINDS
from rtr.lib import gsm
from tests.figures import figure
from tests.journeys.sms import PHONE, register_kinds

ALL = [
    pytest.param(cause, kind, language, words, id=f"{cause} {language}")
    for cause, kind in KINDS.items()
    for language, words in kind.words.items()
]
TEXTS = [each for each in ALL if Channel.SMS in each.values[1].channels]
LANGUAGES = {Language(each) for each in ("fr", "fr-falc", "en", "ar", "uk")}


@pytest.mark.parametrize(("cause", "kind", "language", "words"), ALL)
def test_words_tell_nothing_of_the_programme_nor_of_the_situation(cause, kind, language, words):
    assert telling_words(f"{words.subject} {words.body}") == []


@pytest.mark.parametrize(("cause", "kind", "language", "words"), ALL)
def test_words_name_what_their_kind_knows(cause, kind, language, words):
    assert set(places_in(words.subject + words.body)) <= set(kind.places)


@pytest.mark.parametrize(("cause", "kind", "language", "words"), TEXTS)
def test_text_message_is_one_message(cause, kind, language, words):
    assert gsm.segments(gsm.fitted(words.body.format_map(kind.places))) == 1


def test_text_messages_speak_the_five_languages():
    lacking = {
        cause: LANGUAGES - set(kind.words)
        for cause, kind, _language, _words in (each.values for each in TEXTS)
        if LANGUAGES - set(kind.words)
    }

    assert lacking == {}
    figure("messages de la maison", len(ALL), f"{len(TEXTS)} SMS, chacun en un seul envoi")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Votre contrat d’insertion", ["contrat", "insertion"]),
        ("Rendez-vous à la Mission  Locale", ["mission locale"]),
        ("Le DÔME vous attend", ["le dome"]),
        ("Camille vous attend demain à 9 h", []),
        ("{contrat}", []),  # a place is not a word
    ],
)
def test_what_would_tell_is_seen(text, found):
    assert telling_words(text, names=["Le Dôme", "WIP"]) == found


# -- A programme's own -----------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def kinds(monkeypatch):
    register_kinds(monkeypatch)


TEMPLATES = reverse("message_templates")
TELL = reverse("message_template", args=["t.tell", "fr"])


def test_manager_gives_a_message_the_programme_s_own_words(signed_in, manager, caen):
    client = signed_in(manager)
    assert "Rappel" in client.get(TEMPLATES).content.decode()

    page = client.post(TELL, {"body": "On vous attend {day}."}, follow=True)

    assert "Vos mots sont enregistrés" in page.content.decode()
    assert MessageTemplate.objects.get().body == "On vous attend {day}."


def test_preview_changes_nothing(signed_in, manager, caen):
    page = signed_in(manager).post(TELL, {"body": "On vous attend {day}…", "preview": "1"})

    text = page.content.decode()
    assert "On vous attend 9 h..." in text and "1 SMS" in text
    assert not MessageTemplate.objects.exists()


REFUSED = [
    ("Votre contrat {day}", "« contrat »"),
    ("Votre PARCOURS d’insertion {day}", "« parcours » et « insertion »"),
    ("France Travail vous attend {day}", "« france travail »"),
    ("Territoires  Partagés {day}", "« territoires partages »"),
    ("Le Dôme, {day}", "« le dome »"),
    ("À demain", "Il manque {day}"),
    ("À {heure} {day}", "{heure} ne veut rien dire ici"),
    ("À {day.year}", "entre accolades"),
    ("À {day!r}", "entre accolades"),
    ("À {", "entre accolades"),
    ("À {0} {day}", "entre accolades"),
    ("{day} " + "bonjour " * 80, "plus de trois SMS"),
]


@pytest.mark.parametrize(("body", "said"), REFUSED)
def test_words_that_tell_too_much_or_too_little_are_refused(
    signed_in, manager, le_dome, caen, body, said
):
    page = signed_in(manager).post(TELL, {"body": body})

    assert page.status_code == 422
    assert said in page.content.decode().replace("\xa0", " ")
    assert not MessageTemplate.objects.exists()


def test_house_s_words_come_back_and_that_is_taken_back(signed_in, manager, caen):
    client = signed_in(manager)
    client.post(TELL, {"body": "On vous attend {day}."})

    page = client.post(reverse("message_template_reset", args=["t.tell", "fr"]), follow=True)
    assert not MessageTemplate.objects.exists()

    *_before, told = page.context["messages"]
    client.post(json.loads(told.extra_tags)["undo_url"])
    assert MessageTemplate.objects.get().body == "On vous attend {day}."


def test_kept_words_that_were_tampered_with_are_not_taken(signed_in, manager, caen):
    url = reverse("message_template_reset", args=["t.tell", "fr"])

    assert signed_in(manager).post(f"{url}?kept=faux").status_code == 404


def test_arabic_is_previewed_from_the_right(signed_in, manager, caen):
    page = signed_in(manager).get(reverse("message_template", args=["t.ask", "ar"]))

    assert 'dir="rtl" lang="ar"' in page.content.decode()


@pytest.mark.parametrize(("cause", "language"), [("inconnu", "fr"), ("t.tell", "uk")])
def test_unknown_message_or_language_does_not_exist(signed_in, manager, caen, cause, language):
    url = reverse("message_template", args=[cause, language])

    assert signed_in(manager).get(url).status_code == 404


def test_own_words_are_those_that_leave(caen, everywhere):
    MessageTemplate.objects.create(
        programme=caen.programme, cause="t.tell", language="fr", body="On vous attend {day}."
    )

    message = send_later(
        territory=caen, cause="t.tell", channel=Channel.SMS, to=PHONE, places={"day": "9 h"}
    )

    assert message.body == "On vous attend 9 h."
