from django.core.management.base import BaseCommand

from badges.achievements.loading import load_starters


class Command(BaseCommand):
    help = "Charge la liste de badges de départ, après load_programmes ; relancer ne change rien."

    def handle(self, **options):
        self.stdout.write(f"Badges : {load_starters()}")
