"""The text in the language read: frozen with the French one, printed, recognised, never the law."""

import pytest
from django.urls import reverse

from journeys.contracts.printing import pdf
from journeys.contracts.reading import shown_in
from journeys.contracts.writing import fingerprint
from journeys.models import ContractWording, SignedText
from rtr import scope
from tests.journeys.contracts import frozen, sign
from tests.journeys.phones import ARABIC, said
from tests.journeys.test_contract_pdf import kinds, read, words

EASY = "Vous choisissez.\nVous venez."
pytestmark = pytest.mark.usefixtures("in_caen")


@pytest.fixture
def contract(in_caen, kiwi, coordinator):
    return frozen(kiwi, coordinator)


def test_freezing_freezes_each_translation_with_its_own_hash(contract):
    translation = contract.translations.get()

    assert translation.language == "ar"
    assert ARABIC in translation.text and "عقد المرافقة" in translation.text
    assert translation.sha256 == fingerprint(translation.text) != contract.sha256
    known = SignedText.objects.get(pk=translation.sha256)
    assert (known.language, known.original_id) == ("ar", contract.sha256)


def test_every_text_says_that_the_engagement_contract_stays(contract, caen, kiwi):
    assert contract.text.count("Ce contrat ne remplace pas votre contrat d’engagement.") == 1
    assert contract.translations.get().text.count("هذا العقد لا يحلّ محل عقد الالتزام") == 1


def test_the_terms_of_today_change_nothing_of_a_frozen_text(contract):
    before = contract.translations.get().text
    ContractWording.objects.update(text="شيء آخر")

    assert contract.translations.get().text == before


@pytest.mark.parametrize(
    ("asked", "shown", "note"),
    [("fr", "fr", False), ("ar", "ar", False), ("uk", "fr", True), ("fr-falc", "fr", True)],
)
def test_a_language_that_is_missing_is_said(contract, asked, shown, note):
    found = shown_in(contract, asked)

    assert (found.language.language, found.is_missing) == (shown, note)


def test_easy_french_comes_before_french(in_caen, caen, kiwi, coordinator):
    ContractWording.objects.create(programme=caen.programme, language="fr-falc", text=EASY)
    contract = frozen(kiwi, coordinator)

    found = shown_in(contract, "uk")

    assert (found.language.language, found.is_missing) == ("fr-falc", True)


def test_the_paper_in_arabic_is_tagged_and_reads_from_right_to_left(contract):
    paper = read(pdf(contract, language="ar"))

    root = paper.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == "ar"
    assert "pdfuaid:part" in root["/Metadata"].get_data().decode()
    assert paper.metadata.title == "عقد المرافقة، باللغة العربية"
    assert {"/H1", "/H2", "/P", "/Figure"} <= kinds(root["/StructTreeRoot"])
    text = words(paper)
    assert "الأنشطة" in text and "العربية" in text, "letters are whole, not drawn apart"
    assert "Camille Martin" in text
    assert contract.sha256[:32] in text and contract.translations.get().sha256[:32] in text


def test_the_paper_in_ukrainian_reads_like_its_text(in_caen, caen, kiwi, coordinator):
    ContractWording.objects.create(programme=caen.programme, language="uk", text="Ви приходите.")
    contract = frozen(kiwi, coordinator)

    paper = read(pdf(contract, language="uk"))

    assert paper.trailer["/Root"]["/Lang"] == "uk"
    said_on_paper = words(paper)
    for line in contract.translations.get(language="uk").text.splitlines():
        assert " ".join(line.split()) in said_on_paper


def test_the_team_downloads_it_too(contract, signed_in, coordinator, kiwi):
    address = reverse("contract_pdf", args=[kiwi.pk, 1])

    paper = signed_in(coordinator).get(address, {"langue": "ar"})

    assert read(paper.content).trailer["/Root"]["/Lang"] == "ar"


def test_the_verification_page_knows_a_translation_for_what_it_is(client, contract, coordinator):
    sign(contract, coordinator)
    translation = contract.translations.get()
    address = reverse("contract_verify", args=[translation.sha256])

    page = client.get(address)
    same = client.post(address, {"text": translation.text.replace("\n", " ")})
    altered = client.post(address, {"text": translation.text.replace("12", "21")})

    assert "Cette traduction existe" in said(page)
    assert "la traduction en arabe d’un contrat" in said(page)
    assert "Signé par tous le" in said(page)
    assert "C’est bien ce texte" in said(same)
    assert "Ce n’est pas ce texte" in said(altered)


def test_one_character_of_a_translation_is_told_wherever_it_is(client, contract):
    text = contract.translations.get().text
    address = reverse("contract_verify", args=[fingerprint(text)])
    places = [i for i, char in enumerate(text) if char.isalnum()][:: len(text) // 8]
    for place in places:
        changed = text[:place] + ("x" if text[place] != "x" else "y") + text[place + 1 :]

        assert "Ce n’est pas ce texte" in said(client.post(address, {"text": changed}))


# -- The manager writes them -----------------------------------------------------------------------


def test_the_manager_writes_the_terms_in_each_language(signed_in, manager, caen):
    client, address = signed_in(manager), reverse("contract_wordings")

    page = client.get(address)
    client.post(address, {"fr-falc": EASY, "ar": "", "en": " You come. ", "uk": ""})

    assert "Vous avancez à votre rythme" in said(page) and ARABIC in said(page)
    there = dict(ContractWording.objects.values_list("language", "text"))
    assert there == {"fr-falc": EASY, "en": "You come."}


def test_a_programme_of_others_is_unknown(signed_in, manager, marseille, coordinator):
    address = reverse("contract_wordings")

    elsewhere = f"{address}?programme={marseille.programme.slug}"
    assert signed_in(manager).get(elsewhere).status_code == 404
    assert signed_in(coordinator).get(address).status_code == 403
    with scope.everything("test"):
        assert not ContractWording.objects.filter(programme=marseille.programme).exists()
