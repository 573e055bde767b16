"""Inviting by mail; what becomes of an invitation."""

import datetime

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from rtr import due
from rtr.lib import french
from territories.accounts import mails
from territories.accounts.enums import Role
from territories.accounts.mails import AccountMail
from territories.accounts.models import Membership, User
from territories.journal.actions import record
from territories.journal.enums import Act
from territories.members.actions.roles import refuse_beyond, refuse_endless, refuse_twice
from territories.members.enums import InvitationState
from territories.members.models import LASTS, Invitation
from territories.places.models import Territory
from territories.programmes.models import Programme

KEPT = datetime.timedelta(days=90)


class NotPending(Exception):
    """Accepted, cancelled or run out meanwhile: nothing is done."""


@transaction.atomic
def invite(*, by, invitation: Invitation, territories) -> Invitation:
    """Offer this role by mail. Whether a closed account opens again is asked first."""
    refuse_beyond(by, territories)
    invitation.invited_by = by
    return _offer(invitation, territories)


def invite_first_manager(*, invitation: Invitation, programme: Programme) -> Invitation:
    """From the machine itself, for a programme that nobody manages yet."""
    territories = list(programme.territories.all())
    if not territories or programme.memberships.active().filter(role=Role.MANAGER).exists():
        raise ValidationError(_("Ce programme a déjà quelqu’un qui le gère, ou aucun territoire."))
    invitation.role = Role.MANAGER
    with transaction.atomic():
        return _offer(invitation, territories)


def _offer(invitation: Invitation, territories: list[Territory]) -> Invitation:
    refuse_endless(invitation.role, invitation.until_on)
    invitation.programme = territories[0].programme
    invitation.email = invitation.email.lower()
    _refuse_second(invitation)
    if user := User.objects.filter(email=invitation.email).first():
        same = {"role": invitation.role, "organisation": invitation.organisation}
        refuse_twice(user, programme=invitation.programme, **same)
        _refuse_unaware(user, invitation)
    invitation.expires_at = timezone.now() + LASTS
    invitation.save()
    invitation.territories.set(territories)
    _send(invitation)
    record(Act.INVITED, by=invitation.invited_by, territory_id=None, about=invitation)
    return invitation


def _refuse_second(invitation: Invitation) -> None:
    same = Invitation.objects.open().filter(
        email=invitation.email,
        programme=invitation.programme,
        organisation=invitation.organisation,
        role=invitation.role,
    )
    if first := same.select_related("invited_by").first():
        sent = {
            "who": first.sender,
            "day": french.day(timezone.localdate(first.invited_at)),
        }
        raise ValidationError(
            {
                "email": _(
                    "%(who)s a déjà invité cette adresse à ce rôle le %(day)s."
                    " Renvoyez cette invitation depuis la liste."
                )
                % sent
            }
        )


def _refuse_unaware(user: User, invitation: Invitation) -> None:
    """Somebody who left comes back knowingly, never by a mistyped address."""
    has_left = not (user.is_active and user.memberships.not_over().exists())
    if has_left and not invitation.reopens:
        told = _("Cette adresse a eu un compte, qui ne sert plus. Cochez pour le rouvrir.")
        raise ValidationError({"reopens": told})


def _send(invitation: Invitation) -> None:
    """A link of its own each time, which opens nothing before the person says yes."""
    link = settings.SITE_URL + reverse("invitation", args=[invitation.link_token])
    invitation.mail = mails.write(
        to=invitation.email,
        subject=_("Votre accès à RTR"),
        body=render_to_string(
            "territories/members/invitation.txt", {"invitation": invitation, "link": link}
        ),
        useful=LASTS,
    )
    invitation.save(update_fields=["mail"])


@transaction.atomic
def resend(*, by, invitation: Invitation) -> None:
    """Fourteen more days, and another mail."""
    invitation = _locked(invitation, InvitationState.PENDING, InvitationState.EXPIRED)
    refuse_beyond(by, invitation.territories.all())
    refuse_endless(invitation.role, invitation.until_on)
    _stop_mail(invitation)
    invitation.expires_at = timezone.now() + LASTS
    invitation.save(update_fields=["expires_at"])
    _send(invitation)
    record(Act.INVITED, by=by, territory_id=None, about=invitation)


@transaction.atomic
def cancel(*, by, invitation: Invitation) -> None:
    invitation = _locked(invitation, InvitationState.PENDING, InvitationState.EXPIRED)
    _stop_mail(invitation)
    invitation.cancelled_at = timezone.now()
    invitation.save(update_fields=["cancelled_at"])
    record(Act.INVITATION_CANCELLED, by=by, territory_id=None, about=invitation)


def cancel_all(*, by, user: User) -> None:
    """Somebody leaves: what still waits for them in these programmes waits no more."""
    for invitation in Invitation.objects.visible_to(by).open().filter(email=user.email):
        cancel(by=by, invitation=invitation)


@transaction.atomic
def accept(*, by: User | None, invitation: Invitation, names=None, password="") -> User:  # noqa: S107
    """The address says yes: the role is theirs. Once.

    Parameters: `by`, the account of that address, signed in; None for one that is new, or closed
    and opened again: `names` and `password` are then theirs.
    Raises NotPending when it was accepted, cancelled or ran out meanwhile.
    """
    if by and by.email != invitation.email:
        raise PermissionDenied
    invitation = _locked(invitation, InvitationState.PENDING)
    user = by or _account(invitation, names, password)
    role = {"organisation": invitation.organisation, "role": invitation.role}
    membership = Membership.objects.create(
        user=user, programme=invitation.programme, until_on=invitation.until_on, **role
    )
    membership.territories.set(invitation.territories.all())
    invitation.accepted_at, invitation.accepted_by = timezone.now(), user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    record(Act.INVITATION_ACCEPTED, by=user, territory_id=None, about=user, fields=["role"])
    return user


def _account(invitation: Invitation, names: dict[str, str], password: str) -> User:
    """A new account, or the closed one that the manager chose to open again."""
    user = User.objects.select_for_update().filter(email=invitation.email).first()
    if user is None:
        user = User(email=invitation.email)
    elif user.is_active or not invitation.reopens:
        raise NotPending
    user.is_active, user.first_name, user.last_name = True, names["first_name"], names["last_name"]
    user.set_password(password)
    user.save()
    confirmed = {"verified": True, "primary": True}
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults=confirmed)
    return user


def _locked(invitation: Invitation, *states: InvitationState) -> Invitation:
    rows = Invitation.objects.select_for_update(of=["self"]).select_related(
        "mail", "organisation", "programme", "invited_by"
    )
    found = rows.get(pk=invitation.pk)
    if found.state not in states:
        raise NotPending
    return found


def _stop_mail(invitation: Invitation) -> None:
    """One that has not left yet does not leave any more."""
    waiting = AccountMail.objects.filter(pk=invitation.mail_id, status=due.Status.DUE)
    waiting.update(status=due.Status.CANCELLED, body="")


@due.register_nightly
def forget_invitations() -> None:
    """Those that came to nothing: an address is not kept for it."""
    before = timezone.now() - KEPT
    Invitation.objects.filter(accepted_at=None, expires_at__lt=before).delete()
    Invitation.objects.filter(cancelled_at__lt=before).delete()
    Invitation.objects.filter(accepted_at__lt=before).delete()
