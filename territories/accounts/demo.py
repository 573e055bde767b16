"""The accounts of a demonstration: one per role, all invented, all with the same known password."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DOMAIN = "@demo.example"


@dataclass(frozen=True)
class DemoAccount:
    name: str
    label: str | Promise

    @property
    def email(self) -> str:
        return self.name + DOMAIN


ACCOUNTS = [
    DemoAccount("coordination.caen", _("Coordination, Caen")),
    DemoAccount("coordination.marseille", _("Coordination, Marseille")),
    DemoAccount("referent.dome", _("Référent de parcours, Le Dôme")),
    DemoAccount("animation.wip", _("Animation, Le WIP")),
    DemoAccount("badges.e2c", _("Catalogue des badges, E2C")),
    DemoAccount("gestion", _("Gestion des programmes")),
    DemoAccount("evaluation", _("Évaluation")),
    DemoAccount("prescripteur", _("Prescription, mission locale de Caen")),
]
