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
    DemoAccount("coordination.caen", _("coordination, Caen")),
    DemoAccount("coordination.marseille", _("coordination, Marseille")),
    DemoAccount("referent.dome", _("référent de parcours, Le Dôme")),
    DemoAccount("animation.wip", _("animation, Le WIP")),
    DemoAccount("gestion", _("gestion des programmes")),
    DemoAccount("evaluation", _("évaluation")),
]
