import pytest

from rtr.lib.gsm import fitted, is_gsm, segments


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),  # two places each
        ("€" * 81, 2),
        ("a" * 152 + "€" + "a" * 8, 2),
        ("a" * 152 + "€" * 77, 3),  # none is cut in two between two parts
        ("م" * 70, 1),
        ("م" * 71, 2),
        ("й" * 134, 2),
        ("й" * 135, 3),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
        ("ç" + "a" * 69, 1),  # not in the alphabet: 70 at most
        ("ç" + "a" * 70, 2),
    ],
)
def test_messages_are_counted_as_operators_do(text, count):
    assert segments(text) == count


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Rendez-vous à l’accueil", "Rendez-vous à l'accueil"),
        ("« cœur »", '"coeur"'),
        ("14\u202fh\u00a0: venez…", "14 h : venez..."),
        ("Ça va ?", "Ça va ?"),  # short enough: it keeps its letters
        ("La fenêtre reçue. " * 4, "La fenetre recue. " * 4),
        ("موعدكم غداً", "موعدكم غداً"),
        ("Зустріч « завтра »", "Зустріч « завтра »"),
    ],
)
def test_french_is_written_so_that_it_stays_short(text, written):
    assert fitted(text) == written


def test_no_letter_of_french_makes_two_messages_of_one():
    text = "àâäçéèêëîïôöùûüÿœæ’«»– ÀÂÇÉÈÊËÎÏÔÙÛŸŒ" * 4

    assert segments(text) > 1
    assert is_gsm(fitted(text)) and len(fitted(text)) <= 2 * len(text)
