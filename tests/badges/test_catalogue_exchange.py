"""A catalogue that travels from one network to another, whole or not at all."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from badges.achievements import actions, exchange
from badges.achievements.models import Achievement
from rtr.lib.tables import Faulty
from territories.accounts.enums import Role
from tests.badges.catalogue import a_published
from tests.cast import member


@pytest.fixture
def catalogue(caen, le_dome):
    """What Caen gives: two badges, one of them set beside the ROME."""
    first = a_published(caen.programme, le_dome)
    a_published(caen.programme, le_dome, name="Tailler une haie")
    row = {
        "framework": "rome",
        "code": "A1203",
        "name": "Espaces verts",
        "url": "https://a.example/",
    }
    actions.align(achievement=first, by=None, rows=[row])
    actions.publish(achievement=first, by=None)
    rows = Achievement.objects.filter(programme=caen.programme)
    return exchange.exported(exchange.last_versions(rows))


@pytest.fixture
def steward(marseille, comptoir):
    user = member("Lea", Role.BADGE_STEWARD, comptoir, marseille)
    a_published(marseille.programme, comptoir, user, name="Coudre un sac")
    return user


def sent(client, catalogue, body, **choices):
    """The file read, then confirmed with these choices."""
    file = SimpleUploadedFile("c.json", exchange.written(catalogue).encode())
    page = reverse("achievements_import")
    looked = client.post(page, {"file": file, "organisation": body.pk})
    return looked, client.post(page, {"signed": looked.context["signed"]} | choices)


def test_it_goes_out_under_its_licence_and_names_nobody(signed_in, steward, comptoir, marseille):
    response = signed_in(steward).get(reverse("achievements_export"))

    text = response.content.decode()
    assert "attachment" in response["Content-Disposition"]
    assert json.loads(text)["licence"]["url"].startswith("https://creativecommons.org/")
    assert comptoir.name not in text and marseille.programme.name not in text


def test_nothing_is_written_before_one_says_yes(signed_in, steward, catalogue, comptoir, marseille):
    looked, done = sent(signed_in(steward), catalogue, comptoir)

    assert "deux badges nouveaux" in looked.content.decode().lower()
    assert done["Location"] == reverse("achievements")
    brought = marseille.programme.achievements.get(code="greffer-un-arbre")
    assert brought.status == "draft" and brought.organisation == comptoir
    draft = brought.versions.get()
    assert draft.design["shape"] == "flower" and draft.image_svg
    assert [one.code for one in draft.alignments.all()] == ["A1203"]


def test_what_is_there_is_left_alone_unless_asked(
    signed_in, steward, catalogue, comptoir, marseille
):
    client, programme = signed_in(steward), marseille.programme
    sent(client, catalogue, comptoir, publish="1")
    catalogue["achievements"][0]["criteria"] = "A greffé dix arbres, vus par le jardinier."

    looked, _done = sent(client, catalogue, comptoir)
    assert dict(looked.context["news"]) == {"other": 1, "same": 1}
    assert not programme.achievements.filter(versions__published_on=None).exists()

    sent(client, catalogue, comptoir, update="1")
    changed = programme.achievements.get(code="greffer-un-arbre")
    assert changed.current.criteria != changed.versions.drafts().get().criteria
    assert changed.current.number == 1


def test_the_same_catalogue_comes_back_word_for_word(steward, catalogue, comptoir, marseille):
    rows = exchange.read(exchange.written(catalogue).encode())
    way = exchange.Way(organisation=comptoir, publish=True)
    exchange.take_in(programme=marseille.programme, rows=rows, way=way, by=steward)

    codes = [row["code"] for row in rows]
    there = marseille.programme.achievements.filter(code__in=codes)
    assert exchange.exported(exchange.last_versions(there)) == catalogue


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("code", "Greffer !", "code : des minuscules"),
        ("code", "tailler-une-haie", "déjà pris"),
        ("name", "", "nom : manque"),
        ("name", 5, "nom : manque"),
        ("criteria", "x" * 4001, "critères : 4000 caractères au plus"),
        ("category", "autre", "catégorie : l’un de knowledge"),
        ("level", ["does"], "niveau : l’un de"),
        ("tags", "jardin", "mots-clés : une liste"),
        ("tags", ["\ufb2c" * 20], "mots-clés : une liste"),
        ("tags", ["\x00\u202e"], "mots-clés : une liste"),
        ("language", "français", "langue"),
        ("validity_months", 0, "durée"),
        ("validity_months", True, "durée"),
        ("design", {"shape": "cœur"}, "dessin"),
        ("design", None, "image : manque"),
        ("alignments", [{"framework": "rome", "code": "M"}], "correspondance M : "),
        ("alignments", "M1601", "correspondances : une liste"),
    ],
)
def test_a_fault_names_its_line_its_badge_and_its_field(catalogue, field, value, said):
    catalogue["achievements"][0][field] = value

    with pytest.raises(Faulty) as refused:
        exchange.read(exchange.written(catalogue).encode())

    text = exchange.written(catalogue)
    lines = {text[: text.index('"code"')].count("\n"), *range(1, text.count("\n"))}
    line, words = refused.value.faults[0]
    assert said in words and line in lines and "badge" in words


def test_characters_that_no_text_has_do_not_come_in(
    signed_in, steward, catalogue, comptoir, marseille
):
    first = catalogue["achievements"][0]
    first["tags"], first["name"] = ["jar\ud800din\x00"], "Greffer\x00 un arbre"
    first["design"]["title"] = "Gref\x00fer\ud800"
    first["alignments"][0]["name"] = "Espaces\ud800\x00 verts"
    file = SimpleUploadedFile("c.json", json.dumps(catalogue).encode())
    client, page = signed_in(steward), reverse("achievements_import")
    looked = client.post(page, {"file": file, "organisation": comptoir.pk})
    client.post(page, {"signed": looked.context["signed"], "publish": "1"})

    there = marseille.programme.achievements.get(code=first["code"]).current
    assert (there.name, there.tags) == ("Greffer un arbre", ["jardin"])
    assert there.design["title"] == "Greffer"
    assert there.alignments.get().name == "Espaces verts"


def test_a_word_of_somebody_s_situation_does_not_come_in(
    signed_in, steward, catalogue, comptoir, marseille
):
    catalogue["achievements"][0]["tags"] = ["jardin", "RSA"]
    _looked, done = sent(signed_in(steward), catalogue, comptoir)

    assert done.status_code == 422 and "retirez « rsa »" in done.content.decode()
    assert not marseille.programme.achievements.filter(code="greffer-un-arbre").exists()


def test_a_fault_of_the_second_badge_tells_its_own_line(catalogue):
    catalogue["achievements"][1]["name"] = ""
    text = exchange.written(catalogue)

    with pytest.raises(Faulty) as refused:
        exchange.read(text.encode())

    [(line, words)] = refused.value.faults
    start = text.index("{", text.index('"code"', text.index('"code"') + 1) - 12)
    assert line == text.count("\n", 0, start) + 1 and "badge n° 2, nom : manque" == words


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xff\xfe", "UTF-8"),
        (b'{\n "format": ,', "n’est plus du JSON"),
        (b"[]", "n’est pas un catalogue"),
        (b"[" * 100_000, "n’est pas un catalogue"),
        (b'{"format": "catalogue-de-badges/1"}', "licence"),
        (b" " * (exchange.MOST_BYTES + 1), "2 Mo"),
    ],
)
def test_what_is_no_catalogue_is_refused(data, said):
    with pytest.raises(Faulty) as refused:
        exchange.read(data)

    assert said in refused.value.faults[0][1]


def test_one_badge_that_cannot_be_written_leaves_none(
    signed_in, steward, catalogue, comptoir, marseille
):
    catalogue["achievements"][1]["description"] = "Vu au programme Réalise tes rêves."

    _looked, done = sent(signed_in(steward), catalogue, comptoir)

    assert done.status_code == 422 and "ne nomme jamais le programme" in done.content.decode()
    assert marseille.programme.achievements.count() == 1


def test_a_confirmation_made_up_is_refused(signed_in, steward):
    response = signed_in(steward).post(reverse("achievements_import"), {"signed": "[1]:x"})

    assert response.status_code == 422 and "choisissez le fichier de nouveau" in (
        response.content.decode()
    )
