"""The starter list of achievements, the same for each programme; loading twice changes nothing.

Each is published as it is loaded. What a steward changed since is theirs: it is left alone.
"""

import tomllib
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from badges.achievements import alignments
from badges.achievements.drawing import draw
from badges.achievements.enums import Status
from badges.achievements.models import Achievement, AchievementVersion, Alignment
from territories.organisations.models import Organisation
from territories.programmes.models import Programme

STARTERS = Path(__file__).resolve().parent.parent / "data" / "achievements.toml"
WORDS = ("name", "description", "criteria", "category", "level", "tags")


def starters() -> list[dict]:
    """The fields of the starter list, each with its achievements."""
    return tomllib.loads(STARTERS.read_text(encoding="utf-8"))["fields"]


def design_of(field: dict, one: dict) -> dict[str, str]:
    """What the designer would have chosen: a shape and a colour a field, a pictogram a badge."""
    return {
        "shape": field["shape"],
        "colour": field["colour"],
        "pictogram": one["pictogram"],
        "title": one["title"],
        "level": one["level"],
    }


@transaction.atomic
def load_starters() -> int:
    """Publish version 1 of the starter achievements of the programmes that are there.

    Returns: how many of them there are. Their templates are compiled later, at a first signature.
    Raises Organisation.DoesNotExist when the structure that holds a field was not loaded.
    """
    programmes = {programme.slug: programme for programme in Programme.objects.all()}
    listed = 0
    for field in starters():
        for slug, holder in field["organisations"].items():
            if slug in programmes:
                organisation = Organisation.objects.get(slug=holder)
                for one in field["achievements"]:
                    _load(programmes[slug], organisation, field, one)
                    listed += 1
    return listed


def _load(programme: Programme, organisation: Organisation, field: dict, one: dict) -> None:
    words = {key: one[key] for key in WORDS}
    achievement, _made = Achievement.objects.get_or_create(
        programme=programme,
        code=one["code"],
        defaults=words
        | {
            "field": field["name"],
            "audience": field["audience"],
            "organisation": organisation,
            "is_shared": True,
        },
    )
    if achievement.versions.exists():
        return
    design = design_of(field, one)
    version = AchievementVersion.objects.create(
        achievement=achievement,
        number=1,
        **words,
        design=design,
        image_svg=draw(design),
        published_on=timezone.now(),
    )
    pairs = [text.split(":", 1) for text in one["alignments"]]
    Alignment.objects.bulk_create(
        Alignment(version=version, **alignments.checked(*pair)) for pair in pairs
    )
    Achievement.objects.filter(pk=achievement.pk).update(status=Status.PUBLISHED, **words)
