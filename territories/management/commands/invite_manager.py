"""The first account of a programme: `manage.py invite_manager territoires-partages …`."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from territories.members.actions.invitations import invite_first_manager
from territories.members.models import Invitation
from territories.organisations.models import Organisation
from territories.programmes.models import Programme


class Command(BaseCommand):
    help = "Invite par courriel la première personne qui gère un programme."

    def add_arguments(self, parser):
        parser.add_argument("programme", help="son adresse : territoires-partages")
        parser.add_argument("email")
        parser.add_argument("first_name")
        parser.add_argument("last_name")
        parser.add_argument("organisation", help="l’adresse de sa structure : aajb")

    def handle(self, programme, email, first_name, last_name, organisation, **options):
        try:
            place = Programme.objects.get(slug=programme)
            house = Organisation.objects.get(slug=organisation)
            person = {"email": email, "first_name": first_name, "last_name": last_name}
            invitation = Invitation(organisation=house, **person)
            invite_first_manager(invitation=invitation, programme=place)
        except (Programme.DoesNotExist, Organisation.DoesNotExist) as error:
            raise CommandError("Programme ou structure inconnus.") from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"L’invitation part à {email}.")
