"""What is read to sign, in five languages: nothing missing, easy French easy, directions kept."""

import re

import pytest

from journeys.contracts import wording
from journeys.contracts.enums import Language as Read
from journeys.contracts.enums import in_french
from journeys.contracts.spoken import FIRST_STRONG, FOLDER, _read, spoken
from journeys.messages.enums import Language
from journeys.messages.wording import KINDS

LONGEST = 12  # words in a sentence
FORBIDDEN = re.compile(r"frein|invisible|exclu|perdue? de vue|abandon|éloigné", re.IGNORECASE)
# Said on paper, or by the contract itself, not on the person's pages.
ON_PAPER = {"pdf", "text"}
# The longest a link may be: a house of twelve letters, a token of 22 signs.
LINK = "https://rtr.exemple.fr/s/" + "x" * 22 + "/"
PLACES = {"name": "Mohamed", "link": LINK, "code": "482913"}
GSM = re.compile(r"[A-Za-z0-9 @£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ!\"#¤%&'()*+,\-./:;<=>?¡ÄÖÑÜ§¿äöñüà\n]*")


def test_each_language_has_a_file_and_nothing_else_is_there():
    assert {path.stem for path in FOLDER.glob("*.toml")} == set(Language.values)


@pytest.mark.parametrize("language", [Language.ENGLISH, Language.ARABIC, Language.UKRAINIAN])
def test_every_word_is_said_in_every_language(language):
    base, own = _read(Language.EASY_FRENCH), _read(language)

    for subject, words in base.items():
        assert set(own[subject]) == set(words), subject
        for word, sentence in words.items():
            assert own[subject][word].count("{}") == sentence.count("{}"), (subject, word)


def test_easy_french_is_easy():
    for subject, words in _read(Language.EASY_FRENCH).items():
        for word, sentence in words.items():
            assert not FORBIDDEN.search(sentence), (subject, word)
            assert "'" not in sentence, (subject, word)
            if subject not in ON_PAPER:
                for part in re.split(r"[.?:]", sentence):
                    assert len(part.split()) <= LONGEST, (subject, word, part)


def test_names_keep_their_direction_in_arabic():
    arabic = spoken("ar")

    assert (arabic.code, arabic.dir) == ("ar", "rtl")
    assert f"{FIRST_STRONG}Kiwi" in arabic.say("read", "hello", "Kiwi")
    assert arabic.own("Kiwi") != "Kiwi" == spoken("uk").own("Kiwi")


def test_languages_are_named_by_their_own_names_and_in_a_french_sentence():
    assert [one.label for one in Language] == [one.label for one in list(Read)[:-1]]
    assert in_french("ar") == "arabe" and in_french("fr-falc") == "français facile"
    assert in_french("other") == "autre, avec interprète"


@pytest.mark.parametrize("cause", [wording.LINK, wording.REMINDER, wording.CODE, wording.COPY])
def test_a_message_holds_in_one_text(cause):
    """160 signs of GSM-7, 70 of the others (3GPP TS 23.038)."""
    words = KINDS[cause].words
    for language in Language:
        body = words[language].body.format_map(PLACES)
        if language in (Language.ARABIC, Language.UKRAINIAN):
            assert len(body) <= 134, (language, "two texts at most")
        else:
            assert GSM.fullmatch(body), body
            assert len(body) <= 160
    assert len(words[Language.ARABIC].body.format_map(PLACES)) <= 70
