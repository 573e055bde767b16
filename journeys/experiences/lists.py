"""Skills in plain words, beside the words of people themselves; a copy in journeys/data.

Our own words, each set beside one of the twelve transversal skills of Rectec (the European
project's map, 2019) or, for a trade, beside its sheet in the ROME.
"""

from itertools import groupby

from django.utils.translation import gettext_lazy as _

from journeys.activities.enums import Frame
from journeys.participants.lists import DATA
from rtr.lib.codelists import Code, CodeList

SKILLS = CodeList(DATA / "skills.csv")
FAMILIES = {
    "organiser": _("S’organiser"),
    "ensemble": _("Avec les autres"),
    "parler": _("Parler, lire, écrire"),
    "chercher": _("Chercher, apprendre"),
    "faire": _("Faire de ses mains"),
    "creer": _("Créer"),
}
FRAME_ICONS = {
    Frame.OPEN: "people",
    Frame.VOLUNTEERING: "heart",
    Frame.IMMERSION: "building",
    Frame.TRAINING: "mortarboard",
    Frame.AFEST: "tools",
    Frame.JOB: "briefcase",
}


def skills_by_family() -> list[tuple[str, list[Code]]]:
    order = list(FAMILIES)
    found = sorted(SKILLS, key=lambda skill: order.index(skill["family"]))
    return [
        (str(FAMILIES[family]), list(skills))
        for family, skills in groupby(found, key=lambda skill: skill["family"])
    ]


def skill_labels(codes: list[str]) -> list[str]:
    """Labels of the codes that the list still has."""
    return [SKILLS.label(code) for code in codes if code in SKILLS]
