"""A body is noted once: what makes two of them the same, and the address each is given."""

import re

from django.utils.text import slugify

from rtr.lib.words import plain
from territories.organisations.models import Organisation

LONGEST = 50


def key(name: str) -> str:
    """What is left of a name without accents, capitals nor punctuation."""
    return " ".join(re.findall(r"[^\W_]+", plain(name)))


def twin_of(organisation: Organisation) -> Organisation | None:
    """Another body with the same SIRET or the same name, known here or not.

    Names are compared in Python: there are some hundreds, and the database folds no accents.
    """
    others = Organisation.objects.exclude(pk=organisation.pk)
    if organisation.siret and (same := others.filter(siret=organisation.siret).first()):
        return same
    names = {key(organisation.name), key(organisation.short_name)} - {""}
    for pk, name, short_name in others.values_list("pk", "name", "short_name"):
        if names & {key(name), key(short_name)}:
            return others.get(pk=pk)
    return None


def free_slug(name: str) -> str:
    base = slugify(plain(name))[: LONGEST - 5].strip("-") or "structure"
    taken = set(Organisation.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    number, slug = 1, base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug
