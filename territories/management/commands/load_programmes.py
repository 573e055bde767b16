from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from territories.organisations.loading import load_all


class Command(BaseCommand):
    help = "Charge les programmes décrits dans territories/data ; relancer ne change rien."

    def handle(self, **options):
        for programme in load_all():
            self.stdout.write(
                _("%(name)s : %(territories)s territoires, %(members)s membres du consortium")
                % {
                    "name": programme.name,
                    "territories": programme.territories.count(),
                    "members": programme.consortium.count(),
                }
            )
