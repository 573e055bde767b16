"""Those who have a role beside each person of the world, or are invited to one."""

import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.utils import timezone

from territories.models import Invitation, Membership, User
from tests.journeys.factories import ago

ACCOUNT = "account"  # addresses, and whoever is invited: for who manages the programme


def colleague(found, organisation, author) -> None:
    """Somebody with a role there, a passkey, a session; somebody who is invited."""
    territory, rows, word = found.journey.territory, found.rows, found.word
    named = {"first_name": "Yann", "last_name": f"Le Guen {found.key}"}
    rows.account = User.objects.create_user(f"{word(ACCOUNT, 'collegue')}@exemple.fr", **named)
    place = {"programme": territory.programme, "organisation": organisation, "role": "volunteer"}
    rows.role = Membership.objects.create(user=rows.account, **place)
    rows.role.territories.set([territory])
    rows.key = Authenticator.objects.create(user=rows.account, type="webauthn", data={})
    rows.session = UserSession.objects.create(user=rows.account, session_key=f"{found.key:_<32}")
    rows.invitation = Invitation.objects.create(
        **place,
        email=f"{word(ACCOUNT, 'invite')}@exemple.fr",
        first_name=word(ACCOUNT, "Invitee"),
        last_name=word(ACCOUNT, "Attendue"),
        invited_by=author,
        until_on=ago(-100),
        expires_at=timezone.now() + datetime.timedelta(days=14),
    )
    rows.invitation.territories.set([territory])
