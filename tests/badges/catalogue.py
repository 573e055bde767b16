"""Words of a badge, as a steward writes them."""

from badges.achievements import actions
from badges.achievements.models import Achievement

WORDS = {
    "name": "Greffer un arbre",
    "description": "Sait greffer un arbre fruitier.",
    "criteria": "A greffé trois arbres. Le jardinier a vu la prise au printemps.",
    "category": "know_how",
    "level": "does",
    "tags": ["jardin"],
    "language": "fr",
    "validity_months": None,
}
DESIGN = {"shape": "flower", "colour": "#1f7a3d", "pictogram": "tree", "title": "Greffer"}


def a_draft(programme, organisation, by=None, **words) -> Achievement:
    return actions.create(
        programme=programme,
        by=by,
        words=WORDS | words,
        filed={"organisation": organisation, "field": "Cuisine et potager"},
    )


def a_published(programme, organisation, by=None, **words) -> Achievement:
    badge = a_draft(programme, organisation, by, **words)
    actions.illustrate(achievement=badge, by=by, design=DESIGN | {"level": "does"})
    actions.publish(achievement=badge, by=by)
    badge.refresh_from_db()
    return badge
