"""The designer of images: choices that draw, without scripts; images that people bring."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from badges.achievements import actions, drawing, images
from badges.achievements.pictograms import LABELS
from badges.proofs import baking
from territories.accounts.enums import Role
from tests.badges.catalogue import DESIGN, a_draft
from tests.cast import member

SVG = '<svg xmlns="http://www.w3.org/2000/svg" {}>{}</svg>'
BOX = 'viewBox="0 0 10 10"'
DISC = '<circle cx="5" cy="5" r="4" fill="#0f5c5c"/>'


@pytest.fixture
def steward(caen, le_dome):
    return member("Eve", Role.BADGE_STEWARD, le_dome, caen)


@pytest.fixture
def draft(caen, le_dome, steward):
    return a_draft(caen.programme, le_dome, steward)


def a_png(size=(300, 200), colour=(15, 92, 92, 255)) -> bytes:
    kept = io.BytesIO()
    Image.new("RGBA", size, colour).save(kept, "PNG")
    return kept.getvalue()


# -- The designer ----------------------------------------------------------------------------------


def test_without_scripts_a_button_draws_and_keeps_nothing(signed_in, steward, draft):
    page = reverse("achievement_design", args=[draft.pk])

    said = signed_in(steward).post(page, DESIGN | {"preview": "1"})

    assert said.status_code == 200
    assert "shape=flower&amp;colour=%231f7a3d&amp;pictogram=tree" in said.content.decode()
    assert draft.versions.get().image_svg == ""


def test_a_choice_that_is_not_offered_is_refused(signed_in, steward, draft):
    page = reverse("achievement_design", args=[draft.pk])

    said = signed_in(steward).post(page, DESIGN | {"colour": "#ff00ff"})

    assert said.status_code == 422 and draft.versions.get().image_svg == ""


def test_a_title_that_says_too_much_is_refused_beside_its_field(signed_in, steward, draft):
    page = reverse("achievement_design", args=[draft.pk])

    said = signed_in(steward).post(page, DESIGN | {"title": "Atelier RSA"})

    assert said.status_code == 422 and "retirez « rsa »" in said.content.decode()
    assert draft.versions.get().image_svg == ""


def test_the_preview_is_a_drawing_that_runs_nothing(signed_in, steward):
    client, page = signed_in(steward), reverse("design_preview")

    said = client.get(page, DESIGN | {"title": "<script>alert(1)</script>"})

    assert said["Content-Type"] == "image/svg+xml" and "sandbox" in said["Content-Security-Policy"]
    assert b"<script" not in said.content
    for wrong in ({"shape": "x"}, {"pictogram": "../x"}, {"title": "a" * 61}, {"level": "x"}):
        assert client.get(page, wrong).status_code == 400


def test_a_new_badge_looks_like_those_of_its_field(signed_in, steward, draft, caen, le_dome):
    actions.illustrate(achievement=draft, by=steward, design=DESIGN)
    other = a_draft(caen.programme, le_dome, name="Tailler une haie")

    said = signed_in(steward).get(reverse("achievement_design", args=[other.pk]))

    assert said.context["chosen"]["shape"] == "flower"
    assert said.context["chosen"]["title"] == "Tailler une haie"


def test_each_pictogram_has_a_name():
    assert set(LABELS) == set(drawing.pictograms())


# -- Images brought --------------------------------------------------------------------------------


def test_a_drawing_is_kept_still_and_square(signed_in, steward, draft):
    notes = '<metadata>de moi</metadata><!-- note --><g id="a">' + DISC + "</g>"
    file = SimpleUploadedFile("a.svg", SVG.format('width="10px" height="10px"', notes).encode())

    signed_in(steward).post(reverse("achievement_image", args=[draft.pk]), {"file": file})

    kept = draft.versions.get()
    assert kept.design == {} and 'viewBox="0 0 10 10"' in kept.image_svg
    assert 'width="400"' in kept.image_svg and "de moi" not in kept.image_svg
    assert Image.open(io.BytesIO(drawing.picture(kept.image_svg))).size == (400, 400)
    assert baking.unbake(baking.bake_svg(kept.image_svg, {"a": "b"}).encode())


def test_a_photo_is_drawn_again_and_can_carry_a_badge():
    svg = images.from_file(a_png())

    drawn = Image.open(io.BytesIO(drawing.picture(svg)))
    assert drawn.getpixel((200, 200))[:3] == (15, 92, 92) and drawn.getpixel((0, 0))[3] == 0
    assert baking.unbake(baking.bake_svg(svg, {"a": "b"}).encode())
    assert images.from_file(svg.encode()) == svg  # from a catalogue, the same


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (SVG.format(BOX, "<script>1</script>" + DISC), "autre chose qu’un dessin"),
        (SVG.format(BOX + ' onload="x()"', DISC), "autre chose qu’un dessin"),
        (SVG.format(BOX, '<image href="https://a.example/x.png"/>'), "autre chose qu’un dessin"),
        (SVG.format(BOX, "<foreignObject/>" + DISC), "autre chose qu’un dessin"),
        (SVG.format(BOX, "<style>@import 'x'</style>" + DISC), "autre chose qu’un dessin"),
        ('<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format(BOX, DISC), "autre chose qu’un dessin"),
        (SVG.format(BOX, "<text>Bravo</text>"), "textes en tracés"),
        (SVG.format("", DISC), "ne dit pas sa taille"),
        (SVG.format('viewBox="0 0 0 1e99"', DISC), "ne dit pas sa taille"),
        (SVG.format(BOX, ""), "vide"),
        (SVG.format(BOX, DISC * 3001), "trop de détails"),
        (SVG.format(BOX, '<use href="#a"/>' * 21), "se répète trop"),
        ("<svg", "ne se lit pas"),
        ("bonjour", "SVG ou PNG"),
        ("a" * (images.MOST + 1), "trop lourde"),
    ],
)
def test_what_is_no_plain_drawing_is_refused_in_words(data, said):
    with pytest.raises(ValidationError, match=said):
        images.from_file(data.encode())


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (a_png((50, 50)), "trop petite"),
        (a_png((4001, 100)), "trop grande"),
        (a_png()[:60], "ne se lit pas"),
        (baking.PNG + b"rien", "ne se lit pas"),
    ],
)
def test_what_is_no_photo_is_refused_in_words(data, said):
    with pytest.raises(ValidationError, match=said):
        images.from_file(data)
