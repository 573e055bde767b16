"""The words of every message of the house: short, in easy words, telling nothing."""

import pytest

from journeys.messages.discretion import places_in, telling_words
from journeys.messages.enums import Channel, Language
from journeys.messages.wording import KINDS
from rtr.lib import gsm
from tests.figures import figure

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
    texts = {cause: set(kind.words) for cause, kind in KINDS.items() if "sms" in kind.channels}

    assert {cause: LANGUAGES - spoken for cause, spoken in texts.items()} == {
        cause: set() for cause in texts
    }
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
