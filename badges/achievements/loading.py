"""The starter list of achievements, the same for each programme; loading twice changes nothing."""

import tomllib
from pathlib import Path

from django.db import transaction

from badges.achievements.models import Achievement
from territories.organisations.models import Organisation
from territories.programmes.models import Programme

STARTERS = Path(__file__).resolve().parent.parent / "data" / "achievements.toml"


@transaction.atomic
def load_starters() -> int:
    """Write the starter achievements of the programmes that are there.

    Returns how many were written. Raises Organisation.DoesNotExist when the structure that holds
    a field was not loaded.
    """
    fields = tomllib.loads(STARTERS.read_text(encoding="utf-8"))["fields"]
    programmes = {programme.slug: programme for programme in Programme.objects.all()}
    written = 0
    for field in fields:
        for slug, holder in field["organisations"].items():
            if slug not in programmes:
                continue
            organisation = Organisation.objects.get(slug=holder)
            for one in field["achievements"]:
                words = {key: one[key] for key in ("name", "description", "criteria")}
                Achievement.objects.update_or_create(
                    programme=programmes[slug],
                    code=one["code"],
                    defaults=words | {"field": field["name"], "organisation": organisation},
                )
                written += 1
    return written
