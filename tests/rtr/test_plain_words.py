"""Words to think twice about before writing them of somebody."""

import pytest

from rtr.lib.forms import Form, PersonText
from rtr.lib.plain_words import delicate_words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Très déprimée depuis l’été", {"déprimée": "health"}),
        ("SUIVI EN PSYCHIATRIE", {"PSYCHIATRIE": "health"}),
        ("ne vient pas pendant le Ramadan", {"Ramadan": "religion"}),
        ("sort de prison, garde à vue en mai", {"prison": "offence", "garde à vue": "offence"}),
        ("un vrai boulet, fainéant", {"boulet": "insult", "fainéant": "insult"}),
        ("e\u0301pilepsie", {"e\u0301pilepsie": "health"}),
        ("sa sœur est malade", {"malade": "health"}),
    ],
)
def test_delicate_words_are_found_as_they_were_written(text, found):
    assert delicate_words(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Met les gens à l’aise, joue du violon et fait de la voile",
        "Bénévole au conservatoire, un peu maladroite au début, très confiante",
        "Répare les bracelets, les casiers et les vélos",
        "",
        "\0",
    ],
)
def test_words_that_resemble_them_are_left_alone(text):
    assert delicate_words(text) == {}


class NoteForm(Form):
    text = PersonText(label="Note", max_length=500)


def test_a_delicate_word_asks_to_read_again_and_refuses_nothing():
    form = NoteForm({"text": "Elle est malade."})

    assert not form.is_valid()
    assert form.errors == {}
    assert "«&nbsp;malade&nbsp;»" in form["text"].as_field_group()


def test_the_same_words_sent_again_pass():
    form = NoteForm({"text": "Elle est malade.", "reread": "malade"})

    assert form.is_valid()


def test_other_words_ask_again():
    form = NoteForm({"text": "Elle est malade et en prison.", "reread": "malade"})

    assert not form.is_valid()


def test_the_writer_knows_that_the_person_may_read():
    assert "La personne peut lire ce texte." in NoteForm()["text"].as_field_group()
