"""Social security and card numbers are found; phones, dates and SIRET numbers are not."""

import pytest
from django import forms

from rtr.lib.forbidden import forbidden_numbers, is_card_number, is_nir, luhn
from rtr.lib.forms import Form

NIR = "255081416802538"  # INSEE's own example
NIR_OF_CORSICA = "185052A00608435"


@pytest.mark.parametrize("number", [NIR, NIR_OF_CORSICA, NIR_OF_CORSICA.lower()])
def test_a_social_security_number_is_known_by_its_key(number):
    assert is_nir(number)


@pytest.mark.parametrize(
    "number",
    [
        "255081416802539",  # another key
        "955081416802538",  # no such sex
        "255131416802538",  # no such month
        "2550814168025",  # without its key
        "255082C16802538",  # no such department
        "",
    ],
)
def test_other_figures_are_no_social_security_number(number):
    assert not is_nir(number)


@pytest.mark.parametrize(
    "digits",
    [
        "4970101234567893",
        "4000000000006",
        "5555555555554444",
        "2223003122003222",
        "378282246310005",
        "3530111333300000",
        "6011111111111117",
    ],
)
def test_card_numbers_of_each_issuer_are_known(digits):
    assert is_card_number(digits)


@pytest.mark.parametrize("digits", ["4970101234567890", "36252187900034", "1234567812345670"])
def test_a_wrong_check_a_siret_or_an_unknown_issuer_is_no_card(digits):
    assert not is_card_number(digits)


def test_luhn_agrees_with_the_standards_example():
    assert luhn("79927398713")
    assert not luhn("79927398710")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("son numéro : 2 55 08 14 168 025 38", {"nir"}),
        ("2.55.08.14.168.025-38", {"nir"}),
        ("carte 4970 1012 3456 7893 06 27", {"card"}),
        ("appeler le 06 12 34 56 78 puis 4970-1012-3456-7893", {"card"}),
        (f"{NIR} et 4970101234567893", {"nir", "card"}),
        ("06 12 34 56 78 ou 02 31 00 00 00, le 12/03/2026 à 14 h", set()),
        ("SIRET 362 521 879 00034", set()),
        ("douze heures", set()),
    ],
)
def test_numbers_are_found_however_they_are_typed(text, found):
    assert forbidden_numbers(text) == found


class ReasonForm(Form):
    reason = forms.CharField(label="Raison")


def test_every_text_of_every_form_refuses_them():
    form = ReasonForm({"reason": f"voir {NIR}"})

    assert form.errors["reason"] == [
        "Un numéro de sécurité sociale n’a pas sa place ici. Retirez-le."
    ]


def test_a_card_number_is_refused_with_its_own_words():
    form = ReasonForm({"reason": "4970 1012 3456 7893"})

    assert form.errors["reason"] == [
        "Un numéro de carte bancaire n’a pas sa place ici. Retirez-le."
    ]
