"""Lists the private files that no row knows of; erases them with --wet-run."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from journeys.documents.erasing import erase_orphans, orphans


class Command(BaseCommand):
    help = "Liste les fichiers privés dont aucune ligne ne parle ; --wet-run les efface."

    def add_arguments(self, parser):
        parser.add_argument("--wet-run", action="store_true", help="efface vraiment")

    def handle(self, *, wet_run, **options):
        if wet_run:
            self.stdout.write(_("Fichiers effacés : %(count)s") % {"count": erase_orphans()})
            return
        for name in orphans():
            self.stdout.write(name)
