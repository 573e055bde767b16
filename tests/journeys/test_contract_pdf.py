"""The contract on paper: tagged, in French, with room to sign, and nothing typed is ever run."""

from io import BytesIO

import pypdf
import pytest
from django.urls import reverse

from journeys.contracts.printing import pdf
from journeys.contracts.reading import places_of
from rtr import scope
from territories.journal.models import JournalEntry
from tests.journeys.contracts import fill, frozen, sign

HOSTILE = '#panic("x") *gras* $1/0$ #import "y" \\ `a` <b> "c" #{ @d'


@pytest.fixture(autouse=True)
def inside(caen, vallees):
    with scope.over([caen.pk, vallees.pk]):
        yield


def read(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(content))


def words(paper: pypdf.PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in paper.pages).split())


def printed(contract, user) -> pypdf.PdfReader:
    return read(pdf(contract, places_of(contract, user)))


def test_the_paper_holds_the_whole_frozen_text(kiwi, coordinator):
    contract = frozen(kiwi, coordinator)

    said = words(printed(contract, coordinator))

    for line in contract.text.splitlines():
        assert " ".join(line.split()) in said


def test_the_paper_is_tagged_has_a_title_and_is_in_french(kiwi, coordinator):
    paper = printed(frozen(kiwi, coordinator), coordinator)

    root = paper.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("fr")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert paper.metadata.title == "CONTRAT D’ACCOMPAGNEMENT"
    assert "pdfuaid:part" in root["/Metadata"].get_data().decode()
    assert {"/H1", "/H2", "/P", "/Figure"} <= kinds(root["/StructTreeRoot"])


def kinds(node) -> set[str]:
    """Every kind of tag below a node."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return {kind for child in node for kind in kinds(child)}
    if not isinstance(node, dict):
        return set()
    own = {node["/S"]} if "/S" in node else set()
    return own | (kinds(node["/K"]) if "/K" in node else set())


def test_what_a_person_typed_is_shown_and_never_run(kiwi, coordinator):
    contract = frozen(kiwi, coordinator, wording=HOSTILE, guardian="#{1+1} & Fils")

    said = words(printed(contract, coordinator))

    assert " ".join(HOSTILE.split()) in said
    assert "#{1+1} & Fils" in said


def test_there_is_a_box_to_sign_and_the_way_to_check(kiwi, coordinator):
    contract = frozen(kiwi, coordinator, guardian="Mme Tutelle")

    said = words(printed(contract, coordinator))

    assert "La personne : Camille Martin" in said
    assert "Son curateur ou tuteur : Mme Tutelle" in said
    assert said.count("Signature :") == 2
    assert "signe dans sa propre session, pas sur cette page" in said
    assert contract.sha256 in said
    links = [
        a.get_object()["/A"]["/URI"]
        for p in printed(contract, coordinator).pages
        for a in p.get("/Annots", [])
    ]
    assert links and all(link.endswith(f"/verifier/contrat/{contract.sha256}/") for link in links)


def test_signatures_already_there_are_printed(kiwi, coordinator):
    contract = frozen(kiwi, coordinator)
    sign(contract, coordinator)
    contract = kiwi.contracts.get()

    said = words(printed(contract, coordinator))

    assert "Coordination de parcours : Nadia Exemple. Signature reçue le" in said
    assert "à la main, page photographiée" in said


def test_printing_is_noted_in_the_journal(signed_in, kiwi, coordinator):
    frozen(kiwi, coordinator)

    answer = signed_in(coordinator).get(reverse("contract_pdf", args=[kiwi.pk, 1]))

    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert "contract" in JournalEntry.objects.filter(act="printed").values_list(
        "object_type", flat=True
    )


def test_a_draft_is_not_printed(signed_in, kiwi, coordinator):
    contract = fill(kiwi, coordinator)

    assert signed_in(coordinator).get(reverse("contract_pdf", args=[kiwi.pk, 1])).status_code == 404
    with pytest.raises(ValueError, match="draft"):
        pdf(contract, [])


def test_a_paper_of_another_territory_is_unknown(
    signed_in, kiwi, coordinator, coordinator_of_marseille
):
    frozen(kiwi, coordinator)

    address = reverse("contract_pdf", args=[kiwi.pk, 1])
    assert signed_in(coordinator_of_marseille).get(address).status_code == 404
