"""Somebody leaves; somebody lost their second factor."""

import datetime

from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from territories.accounts import mails
from territories.accounts.enums import EndReason
from territories.accounts.models import User
from territories.accounts.sessions import end_sessions
from territories.journal.actions import record
from territories.journal.enums import Act
from territories.members.actions.invitations import cancel_all
from territories.members.actions.roles import refuse_orphans


@transaction.atomic
def close_account(*, by, user: User) -> bool:
    """Somebody leaves: their roles in the programmes that `by` manages end today.

    Returns whether the account is closed: one that serves another programme stays open.
    """
    if by == user:
        raise PermissionDenied
    today = timezone.localdate()
    running = list(user.memberships.not_over().visible_to(by))
    refuse_orphans(running, on=today)
    for membership in running:
        membership.end(on=max(today, membership.from_on), reason=EndReason.LEFT)
    user.is_active &= user.memberships.not_over().exists()
    user.save(update_fields=["is_active"])
    if not user.is_active:
        Authenticator.objects.filter(user=user).delete()
    end_sessions(user)
    cancel_all(by=by, user=user)
    record(Act.ACCOUNT_CLOSED, by=by, territory_id=None, about=user)
    return not user.is_active


@transaction.atomic
def reset_second_factor(*, by, user: User) -> None:
    """For somebody who lost theirs: they set up another at their next visit, and are told."""
    if by == user:
        raise PermissionDenied
    Authenticator.objects.filter(user=user).delete()
    end_sessions(user)
    record(Act.SECOND_FACTOR_RESET, by=by, territory_id=None, about=user)
    mails.write(
        to=user.email,
        subject=_("Votre seconde preuve de connexion est retirée"),
        body=_(
            "Bonjour,\n\n%(who)s vient de retirer votre seconde preuve de connexion, parce que"
            " vous l’avez perdue. Vous en choisirez une autre à votre prochaine visite.\n\n"
            "Si vous n’avez rien demandé, prévenez tout de suite cette personne."
        )
        % {"who": by.get_full_name()},
        useful=datetime.timedelta(days=3),
    )
