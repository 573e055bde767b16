"""The starter catalogue: published at once, drawn, set beside public lists; loading it twice."""

import pytest

from badges.achievements.drawing import COLOURS, SHAPES, pictograms
from badges.achievements.loading import design_of, load_starters, starters
from badges.achievements.models import Achievement, AchievementVersion
from badges.proofs import baking
from territories.models import Organisation

STARTERS = [(field, one) for field in starters() for one in field["achievements"]]
NEVER = ("insertion", "chômage", "éloigné", "exclu", "frein", "territoires partagés", "réalise tes")


@pytest.fixture
def bodies(caen):
    slugs = {field["organisations"]["territoires-partages"] for field in starters()}
    return [
        Organisation.objects.create(name=slug, slug=slug, kind="tiers_lieu")
        for slug in sorted(slugs)
    ]


def test_each_is_published_with_its_image_and_what_it_speaks_to(bodies):
    load_starters()

    versions = AchievementVersion.objects.published().prefetch_related("alignments")
    assert len(versions) == len(STARTERS) == 48
    assert {one.status for one in Achievement.objects.all()} == {"published"}
    for version in versions:
        assert version.image_svg.startswith("<svg")
        assert 1 <= len(version.alignments.all()) <= 4
        assert version.templates == {}  # compiled at the first signature


def test_loading_again_leaves_what_a_steward_changed(bodies):
    load_starters()
    changed = Achievement.objects.get(code="velo")
    changed.name = "Remettre un vélo en route"
    changed.save()

    load_starters()

    changed.refresh_from_db()
    assert changed.name == "Remettre un vélo en route"
    assert changed.versions.count() == 1


@pytest.mark.parametrize(("field", "one"), STARTERS, ids=[one["code"] for _f, one in STARTERS])
def test_its_words_say_what_was_done_and_nothing_of_who_did_it(field, one):
    said = " ".join([one["name"], one["description"], one["criteria"], *one["tags"]]).lower()

    assert not [word for word in NEVER if word in said]
    assert len(one["criteria"]) > 60 and one["criteria"].endswith(".")


def test_no_two_look_the_same():
    designs = [tuple(design_of(field, one).values()) for field, one in STARTERS]

    assert len(set(designs)) == len(designs)
    assert {shape for shape, *_rest in designs} == set(SHAPES)
    assert {one["pictogram"] for _field, one in STARTERS} <= set(pictograms())


def _light(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("colour", COLOURS)
def test_light_words_are_read_on_each_colour(colour):
    ratio = (_light("#fbfaf7") + 0.05) / (_light(colour) + 0.05)

    assert ratio >= 4.5


def test_an_image_carries_a_badge(bodies):
    load_starters()
    svg = AchievementVersion.objects.first().image_svg

    assert baking.unbake(baking.bake_svg(svg, {"a": "b"}).encode())
