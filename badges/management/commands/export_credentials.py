from pathlib import Path

from django.core.management.base import BaseCommand

from badges.credentials.exporting import export


class Command(BaseCommand):
    help = (
        "Écrit les badges signés, chacun en .json, .jwt, .png et .svg, pour d’autres vérificateurs."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--out", type=Path, required=True, help="dossier, créé s’il n’est pas là"
        )
        parser.add_argument("--limit", type=int, help="au plus ce nombre, les plus récents d’abord")

    def handle(self, *, out, limit, **options):
        self.stdout.write(f"Badges : {export(out, limit=limit)}")
