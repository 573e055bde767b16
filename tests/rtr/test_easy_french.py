"""What people read on their own pages is easy French: the code says it in no other way.

Rules of the UNAPEI (« L'information pour tous ») that a program can check: short sentences, one
idea, « vous », whole words; and the words of rule 21 that file somebody away.
"""

import re

import pytest

from rtr.management.commands.catalogues import found, labels

LONGEST = 12  # words in a sentence
FORBIDDEN = re.compile(
    r"\b(freins?|invisibles?|exclus?|exclu\w+|perdue?s? de vue|abandon\w*|éloign\w+)\b",
    re.IGNORECASE,
)
ABBREVIATION = re.compile(
    r"\b(rdv|tél|svp|cf|etc|ex|nb|n°|min|h|mn|kg|pj|cni|rsa|caf|cpam|cnil|rgpd|rqth|pmsmp|afest"
    r"|dispo|ccas|sms|pdf|jpeg|png|cdi|cdd|esat|e2c|visio|\d+j)\b\.?",
    re.IGNORECASE,
)
TUTOIE = re.compile(r"\b(tu|toi|te|t’|ton|ta|tes|tiens?|tiennes?)\b", re.IGNORECASE)
FIGURES_FOR_A_DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}([/.-]\d{2,4})?")
# What is left out of a rule, and why.
ALLOWED = {
    "abbreviation": {
        "%(hour)s h %(minutes)s": "the hour as everybody writes it",
        "%(hours)s\u00a0h %(minutes)s\u00a0min": "a length of time as everybody writes it",
        "%(hours)s\u00a0h": "a length of time as everybody writes it",
        "%(minutes)s\u00a0min": "a length of time as everybody writes it",
        "Pas de réponse ? Écrivez sur le site cnil.fr.": "the address of a site",
        "Photo ou PDF.": "the kind of file, as phones name it",
        "Choisissez une photo ou un PDF.": "the kind of file, as phones name it",
        "Choisissez une photo JPEG ou PNG.": "the kind of file, as phones name it",
        "Ce fichier n’est pas une photo lisible. Choisissez une photo JPEG ou PNG.": "the same",
        "Ce PDF demande un mot de passe. Choisissez un autre PDF, ou une photo.": "the same",
        "Ce PDF est un formulaire. Choisissez plutôt une photo de la page.": "the same",
        "Ce PDF est trop long. Choisissez un PDF de %(most)s pages au plus.": "the same",
        "Ce PDF n’est pas lisible. Choisissez un autre PDF, ou une photo.": "the same",
    },
    "brackets": {},
    "long": {},
}
# The catalogue of easy French says otherwise what a list of the funders says in its own words.
OFFICIAL = {code for code, _many in labels()}


def texts() -> list[str]:
    return sorted({text for pair in found() for text in pair if text} - OFFICIAL)


def sentences(text: str) -> list[str]:
    return [one for one in re.split(r"[.?!:…]\s|[.?!:…]$|\n", _plain(text)) if one.strip()]


def _plain(text: str) -> str:
    """Without placeholders' signs, tags and entities: a name counts for a word."""
    return re.sub(r"<[^>]+>|&\w+;", " ", re.sub(r"%\((\w+)\)s", r"\1", text))


def words(sentence: str) -> list[str]:
    return re.findall(r"[\w’'-]+", sentence)


def faults(text: str) -> list[str]:
    """What makes this text hard to read, in the words of the rules above."""
    plain = _plain(text)
    wrong = []
    if any(len(words(one)) > LONGEST for one in sentences(text)):
        wrong.append("long")
    if FORBIDDEN.search(plain):
        wrong.append("forbidden")
    if ABBREVIATION.search(plain):
        wrong.append("abbreviation")
    if TUTOIE.search(plain):
        wrong.append("tu")
    if re.search(r"[()\[\]]", plain):
        wrong.append("brackets")
    if ";" in plain:
        wrong.append("semicolon")
    if FIGURES_FOR_A_DATE.search(plain):
        wrong.append("date")
    if "'" in plain:
        wrong.append("apostrophe")
    return [one for one in wrong if text not in ALLOWED.get(one, {})]


def test_every_sentence_of_the_person_s_pages_is_easy():
    hard = {text: wrong for text in texts() if (wrong := faults(text))}

    assert hard == {}


def test_every_exception_is_still_needed():
    known = set(texts())

    assert {text for allowed in ALLOWED.values() for text in allowed} <= known


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Vous pouvez venir quand vous voulez et aussi repartir quand vous le voulez.", "long"),
        ("Votre frein principal", "forbidden"),
        ("Vous étiez perdu de vue.", "forbidden"),
        ("Votre RDV est noté.", "abbreviation"),
        ("Écrivez ton nom.", "tu"),
        ("Le papier (facultatif)", "brackets"),
        ("Lire ; signer", "semicolon"),
        ("Le 24/11/2026", "date"),
        ("L'équipe", "apostrophe"),
    ],
)
def test_the_lint_can_fail(text, wrong):
    assert faults(text) == [wrong]
