"""A SIRET is read as people type it, and refused with what is wrong."""

import pytest
from django.core.exceptions import ValidationError

from journeys.demo.network import invented_siret
from territories.organisations.siret import read_siret, spaced

GOOD = "00000001800010"


@pytest.mark.parametrize(
    "typed",
    [
        GOOD,
        "000 000 018 00010",
        "000.000.018-00010",
        " 000\u00a0000\u202f018 00010 ",
        "000–000–018–00010",
    ],
)
def test_spaces_and_dashes_are_welcome(typed):
    assert read_siret(typed) == GOOD


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("0000000180001", "quatorze chiffres, celui-ci en a 13"),
        ("000000018000100", "quatorze chiffres, celui-ci en a 15"),
        ("00000001800011", "un des cinq derniers chiffres (00011)"),
        ("00000001900010", "un des neuf premiers chiffres"),
        ("OOO00001800010", "remplacez « O »"),
        ("0000000180001０", "remplacez « ０ »"),  # full-width zero
        ("0000000180001О", "remplacez « О »"),  # a Cyrillic letter
        ("٠0000001800010", "remplacez « ٠ »"),  # an Arabic zero
        ("<b>0001800010", "remplacez"),
    ],
)
def test_what_is_wrong_is_said(typed, said):
    with pytest.raises(ValidationError) as refused:
        read_siret(typed)

    assert said in refused.value.messages[0].replace("\u00a0", " ")


def test_each_wrong_figure_is_caught():
    """A control of the keys: every figure changed by one is refused."""
    for place in range(14):
        wrong = GOOD[:place] + str((int(GOOD[place]) + 1) % 10) + GOOD[place + 1 :]
        with pytest.raises(ValidationError, match="clé"):
            read_siret(wrong)


def test_the_offices_of_la_poste_follow_their_own_rule():
    """Their fourteen figures do not pass Luhn's check: their sum is a multiple of five."""
    assert read_siret("356 000 000 49837") == "35600000049837"
    with pytest.raises(ValidationError, match="cinq derniers"):
        read_siret("356 000 000 49838")


def test_it_is_shown_in_groups():
    assert spaced(GOOD).split("\u00a0") == ["000", "000", "018", "00010"]
    assert spaced(GOOD[:9]).split("\u00a0") == ["000", "000", "018"]


def test_those_of_the_demonstration_are_valid_and_nobodys():
    invented = [invented_siret(number) for number in range(1, 500)]

    assert [read_siret(one) for one in invented] == invented
    assert len(set(invented)) == len(invented)
    assert all(one.startswith("0000") for one in invented)  # no SIREN was ever given there
