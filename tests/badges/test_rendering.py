"""A badge as images and on paper; what people typed is drawn, never run."""

import io
import json

import pypdf
import pytest
from django.core.management import call_command
from PIL import Image

from badges.achievements.drawing import COLOURS, SHAPES, draw, picture
from badges.credentials import rendering
from badges.credentials.actions import Evidence, award
from badges.proofs import baking
from badges.proofs.errors import ProofError
from tests.badges.factories import signed

HOSTILE = '#panic("x") *gras* $1/0$ ]]> <script>alert(1)</script> \\ `a` #{ @d 🧰'


@pytest.fixture
def hostile(holder, version, issuer):
    version.criteria = HOSTILE
    version.image_svg = draw({"title": '<script>"#panic'})
    version.save()
    evidence = Evidence(HOSTILE, "https://photo.example/1")
    return signed(
        award(recipient=holder, version=version, issuer=issuer, by=None, evidence=evidence)
    )


@pytest.mark.parametrize("shape", SHAPES)
def test_each_shape_is_drawn_and_can_carry_a_badge(shape):
    svg = draw({"shape": shape, "colour": list(COLOURS)[1], "pictogram": "film", "title": "Ciné"})

    image = Image.open(io.BytesIO(picture(svg)))
    assert image.size == (400, 400)
    assert image.getpixel((0, 0))[3] == 0  # nothing around
    assert len(image.getcolors(maxcolors=100_000)) > 2
    assert baking.unbake(baking.bake_svg(svg, {"a": "b"}).encode())


@pytest.mark.parametrize(
    "choice", [{"shape": "cœur"}, {"colour": "red"}, {"pictogram": "../x"}, {"title": "a" * 61}]
)
def test_a_choice_that_is_not_offered_is_refused(choice):
    with pytest.raises(ValueError):
        draw(choice)


def test_what_people_typed_is_drawn_and_never_run(hostile):
    paper = pypdf.PdfReader(io.BytesIO(rendering.as_pdf(hostile, "https://ici.example/partage/x")))
    words = " ".join(" ".join(page.extract_text() for page in paper.pages).split())

    assert '#panic("x") *gras*' in words and "https://ici.example/partage/x" in words
    assert "Le Dôme" in words
    assert paper.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_each_form_carries_the_very_badge(hostile):
    for content in (rendering.as_png(hostile), rendering.as_svg(hostile).encode()):
        assert json.loads(baking.unbake(content)) == json.loads(hostile.document)


def test_a_drawing_with_a_script_carries_nothing(badge):
    badge.version.image_svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'

    with pytest.raises(ProofError, match="active_image"):
        rendering.as_svg(badge)


def test_a_badge_that_is_not_signed_has_no_file(awarded):
    for form in (rendering.as_png, rendering.as_svg, rendering.as_pdf):
        with pytest.raises(ValueError, match="not signed"):
            form(awarded)


def test_a_code_to_scan_says_what_it_is():
    assert "Code à scanner" in rendering.as_qr("https://ici.example/partage/x")


def test_badges_are_exported_in_each_form(badge, tmp_path, capsys):
    call_command("export_credentials", out=tmp_path / "là", limit=5)

    assert capsys.readouterr().out.strip() == "Badges : 1"
    found = sorted(path.suffix for path in (tmp_path / "là").iterdir())
    assert found == [".json", ".jwt", ".png", ".svg"]
    text = (tmp_path / "là" / f"{badge.uuid}.json").read_text()
    assert json.loads(text)["id"] == badge.url


def test_a_page_says_in_which_language_it_is_read_aloud(badge):
    badge.version.language = "en-GB"

    paper = pypdf.PdfReader(io.BytesIO(rendering.as_pdf(badge)))

    assert paper.root_object["/Lang"].startswith("en")
    assert "What had to be done" in " ".join(page.extract_text() for page in paper.pages)
