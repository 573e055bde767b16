"""A colleague beside the person, on the person's own pages (point 15 of the portal)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from journeys.pathway.actions.acting import begin, tell
from journeys.pathway.models import Journey
from journeys.portal.actions.entering import account_of
from territories.accounts.models import User
from territories.journal.enums import Act


def may_help(journey: Journey, user: User) -> bool:
    """A standing referent or coordinator of the team: who sees the screen reads the file anyway."""
    return journey.team.standing().referring().filter(user=user).exists()


@transaction.atomic
def start_helping(*, journey: Journey, by: User) -> User:
    """Write down that the person agreed, and give their account. Raises ValidationError."""
    journey = begin(journey, seen=None)
    if not may_help(journey, by):
        raise ValidationError(_("Seule l’équipe qui suit la personne ouvre son espace avec elle."))
    account = account_of(journey.participant)
    if account is None:
        raise ValidationError(_("Cette personne n’a plus d’espace."))
    tell(Act.HELP_STARTED, journey=journey, by=by)
    return account


@transaction.atomic
def end_helping(*, journey: Journey, by: User) -> None:
    tell(Act.HELP_ENDED, journey=journey, by=by)
