"""`/verifier/contrat/<hash>`: is this the text that was signed? Nobody is named."""

import pytest
from django.urls import reverse

from journeys.contracts.writing import fingerprint, normalised
from rtr import scope
from tests.journeys.contracts import frozen, sign


@pytest.fixture
def contract(caen, vallees, kiwi, coordinator):
    with scope.over([caen.pk, vallees.pk]):
        yield frozen(kiwi, coordinator)


@pytest.fixture
def ask(client):
    """Anybody's browser: no session, no territory in scope."""

    def ask(sha256, text=None):
        address = reverse("contract_verify", args=[sha256])
        with scope.over([]):
            return client.get(address) if text is None else client.post(address, {"text": text})

    return ask


def said(page) -> str:
    return " ".join(page.content.decode().replace("\u00a0", " ").split())


def test_a_known_fingerprint_says_when_and_by_no_means_who(ask, contract, coordinator):
    sign(contract, coordinator)

    page = ask(contract.sha256)

    assert page.status_code == 200
    assert "Ce contrat existe" in said(page)
    assert "Signé par tous le" in said(page)
    for name in ("Camille", "Martin", "Kiwi", "Nadia", "Caen", contract.journey.participant.code):
        assert name not in said(page)


def test_a_text_not_signed_by_all_says_so(ask, contract):
    assert "pas encore signé par tous" in said(ask(contract.sha256))


def test_the_very_text_is_recognised(ask, contract):
    page = ask(contract.sha256, contract.text)

    assert "C’est bien ce texte" in said(page)


@pytest.mark.parametrize(
    "copied",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", " "),
        lambda text: f"\n\n  {text}  \n",
        lambda text: text.replace("’", "'"),
        lambda text: text.replace(" :", "\u00a0:"),
        lambda text: text.replace("é", "e\u0301"),
    ],
)
def test_copying_from_a_page_or_from_the_pdf_loses_nothing_that_counts(ask, contract, copied):
    assert "C’est bien ce texte" in said(ask(contract.sha256, copied(contract.text)))


def test_one_character_changed_anywhere_is_told(ask, contract):
    text = contract.text
    places = [i for i, char in enumerate(text) if not char.isspace()][:: len(text) // 12]
    for place in places:
        changed = text[:place] + ("x" if text[place] != "x" else "y") + text[place + 1 :]

        page = ask(contract.sha256, changed)

        assert "Ce n’est pas ce texte" in said(page)
        assert page.status_code == 200


def test_a_digit_more_is_told(ask, contract):
    page = ask(contract.sha256, contract.text.replace("12 heures", "21 heures"))

    assert "Ce n’est pas ce texte" in said(page)


def test_an_unknown_fingerprint_answers_404_with_a_sentence(ask, contract):
    page = ask("0" * 64)

    assert page.status_code == 404
    assert "Ce contrat est inconnu" in said(page)


def test_a_strange_fingerprint_is_no_address(client, db):
    assert client.get("/verifier/contrat/abc/").status_code == 404


def test_upper_case_and_no_final_slash_lead_there_too(client, contract):
    short = client.get(f"/verifier/contrat/{contract.sha256.upper()}", follow=True)

    assert "Ce contrat existe" in said(short)


def test_without_a_fingerprint_the_text_finds_it(client, contract):
    address = reverse("contract_verify_any")

    asked = client.get(address)
    found = client.post(address, {"text": contract.text})
    lost = client.post(address, {"text": contract.text + "!"})
    by_hash = client.post(address, {"text": f" {contract.sha256.upper()} "})

    assert "inconnu" not in said(asked)
    assert "C’est bien ce texte" in said(found)
    assert "Aucun contrat n’a ce texte" in said(lost)
    assert by_hash.url == reverse("contract_verify", args=[contract.sha256])


def test_nothing_is_indexed_nor_kept(ask, contract):
    page = ask(contract.sha256)

    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in page["Cache-Control"]


def test_an_empty_text_is_asked_again(ask, contract):
    page = ask(contract.sha256, "")

    assert page.status_code == 422


def test_known_and_unknown_cost_the_same(ask, contract, django_assert_num_queries):
    with django_assert_num_queries(1):
        ask(contract.sha256, contract.text)
    with django_assert_num_queries(1):
        ask("0" * 64, contract.text)


def test_normalised_keeps_words_apart():
    assert normalised("a\nb") == "a b"
    assert fingerprint("ab") != fingerprint("a b")
