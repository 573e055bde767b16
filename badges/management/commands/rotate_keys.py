from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from badges.credentials.actions import recover
from badges.issuers.actions import rotate
from badges.issuers.models import Issuer


class Command(BaseCommand):
    help = "Remplace les clés d’un émetteur ; avec --compromised, refait ce qu’elles avaient signé."

    def add_arguments(self, parser):
        parser.add_argument("slug")
        parser.add_argument("--compromised", metavar="RAISON", help="les clés sont compromises")
        parser.add_argument("--revoke", action="store_true", help="annuler au lieu de refaire")

    def handle(self, *, slug, compromised, revoke, **options):
        issuer = Issuer.objects.filter(slug=slug).first()
        if issuer is None:
            raise CommandError(f"Aucun émetteur à l’adresse {slug}.")
        if compromised is None:
            rotate(issuer=issuer, by=None)
            self.stdout.write(f"{issuer} : clés remplacées")
            return
        found = set()
        for key in list(issuer.keys.active()):
            try:
                badges = recover(key=key, by=None, reason=compromised, revoking=revoke)
            except ValidationError as error:
                raise CommandError(" ".join(error.messages)) from error
            found |= {one.uuid for one in badges}
        for uuid in sorted(found, key=str):
            self.stdout.write(str(uuid))
        done = "annulés" if revoke else "à refaire"
        self.stdout.write(f"{issuer} : clés compromises, {len(found)} badges {done}")
