"""French as it is written."""

from datetime import date, datetime, time

import pytest

from rtr.lib import french


def plain(text):
    """With ordinary spaces, to read the expectation."""
    return text.replace("\xa0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("count", "masculine", "feminine"),
    [
        (0, "aucun", "aucune"),
        (1, "un", "une"),
        (2, "deux", "deux"),
        (12, "douze", "douze"),
        (16, "seize", "seize"),
        (17, "17", "17"),
        (1240, "1 240", "1 240"),
    ],
)
def test_numbers_are_words_up_to_sixteen(count, masculine, feminine):
    assert plain(french.spelled(count)) == masculine
    assert plain(french.spelled(count, feminine=True)) == feminine


@pytest.mark.parametrize(
    ("count", "word"),
    [
        (0, "talent"),
        (1, "talent"),
        (1.5, "talent"),
        (2, "talents"),
        (-1, "talent"),
        (-2, "talents"),
    ],
)
def test_zero_and_one_and_a_half_are_singular(count, word):
    assert french.plural(count, "talent") == word


def test_a_plural_can_be_given():
    assert french.plural(3, "lieu", "lieux") == "lieux"


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Kiwi", "de Kiwi"),
        ("Inès", "d’Inès"),
        ("Élise", "d’Élise"),
        ("Œuvre", "d’Œuvre"),
        ("Hugo", "d’Hugo"),
        ("habitat", "d’habitat"),
        ("handicap", "de handicap"),
        ("onze", "de onze"),
        ("« Accueil »", "d’« Accueil »"),
        ("42", "de 42"),
        ("", "de "),
    ],
)
def test_de_elides_before_a_vowel_and_a_silent_h(word, expected):
    assert french.elide("de", word) == expected


def test_other_small_words_elide_too():
    assert french.elide("que", "Inès") == "qu’Inès"
    assert french.elide("jusque", "ici") == "jusqu’ici"


def test_dates_of_the_house():
    on = date(2026, 11, 24)

    assert plain(french.day(on)) == "mar. 24 nov. 2026"
    assert plain(french.day(on, year=False)) == "mar. 24 nov."
    assert plain(french.day(on, weekday=False)) == "24 nov. 2026"
    assert plain(french.day_in_full(on)) == "mardi 24 novembre 2026"
    assert plain(french.month(on)) == "novembre 2026"


def test_the_first_of_the_month_is_an_ordinal():
    assert plain(french.day_in_full(date(2026, 8, 1))) == "samedi 1er août 2026"


def test_a_date_does_not_break_over_two_lines():
    assert " " not in french.day(date(2026, 11, 24))


def test_in_full_it_may_break_after_its_weekday_alone():
    assert french.day_in_full(date(2026, 11, 24)).split(" ")[0] == "mardi"
    assert french.day_in_full(date(2026, 11, 24)).count(" ") == 1


@pytest.mark.parametrize(
    ("at", "expected"),
    [(time(14, 0), "14 h"), (time(9, 30), "9 h 30"), (datetime(2026, 1, 1, 0, 5), "0 h 05")],
)
def test_hours(at, expected):
    assert plain(french.hour(at)) == expected


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 11, 24), "aujourd’hui"),
        (date(2026, 11, 23), "hier"),
        (date(2026, 11, 22), "avant-hier"),
        (date(2026, 11, 21), "il y a 3 jours"),
        (date(2026, 10, 27), "il y a 28 jours"),
        (date(2026, 10, 20), "il y a 1 mois"),
        (date(2025, 11, 24), "il y a 12 mois"),
        (date(2023, 11, 24), "il y a 3 ans"),
        (date(2026, 11, 25), "demain"),
        (date(2026, 11, 26), "après-demain"),
        (date(2026, 12, 1), "dans 7 jours"),
        (date(2027, 1, 24), "dans 2 mois"),
    ],
)
def test_how_far_a_day_is(on, expected):
    assert plain(french.ago(on, date(2026, 11, 24))) == expected


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (0, "0 jour"),
        (1, "1 jour"),
        (40, "40 jours"),
        (274, "neuf mois"),
        (365, "un an"),
        (500, "seize mois"),
        (800, "deux ans"),
    ],
)
def test_how_long_something_lasts(days, expected):
    assert plain(french.lasting(days)) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("+33639981234", "06 39 98 12 34"),
        ("0639981234", "06 39 98 12 34"),
        ("+44 20 7946 0000", "+44 20 7946 0000"),
    ],
)
def test_phones_are_pairs_of_figures(given, expected):
    assert plain(french.phone(given)) == expected


def test_figures():
    assert plain(french.figures(4126)) == "4 126"
    assert french.figures(12.5, 1) == "12,5"
    assert french.figures(-3) == "−3"


def test_lists_end_with_and():
    assert french.listed([]) == ""
    assert french.listed(["a"]) == "a"
    assert french.listed(["a", "b", "c"]) == "a, b et c"


def test_only_the_first_letter_becomes_a_capital():
    assert french.capitalised("équipe du Dôme") == "Équipe du Dôme"
    assert french.capitalised("") == ""


def test_signs_keep_their_no_break_space():
    assert french.spaced("« Oui » : 50 % ?") == "«\xa0Oui\xa0»\xa0: 50\xa0%\u202f?"
