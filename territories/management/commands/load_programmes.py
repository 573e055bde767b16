from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from territories.organisations.loading import load_all


class Command(BaseCommand):
    help = (
        "Charge les programmes décrits dans territories/data ;"
        " ceux qui sont déjà là ne changent pas."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--reset",
            action="store_true",
            help="remet ce que disent les fichiers, réglages compris",
        )

    def handle(self, *, reset, **options):
        for programme in load_all(reset=reset):
            self.stdout.write(
                _("%(name)s : %(territories)s territoires, %(members)s membres du consortium")
                % {
                    "name": programme.name,
                    "territories": programme.territories.count(),
                    "members": programme.consortium.count(),
                }
            )
