"""Giving a role, extending it, ending it."""

import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from territories.accounts.enums import ENDING, Role
from territories.accounts.models import Membership, User
from territories.accounts.sessions import end_sessions
from territories.journal.actions import record
from territories.journal.enums import Act
from territories.programmes.models import Programme


def refuse_beyond(by: User, territories) -> None:
    """PermissionDenied unless these are territories of one programme, which the person manages."""
    given = {territory.pk for territory in territories}
    if not given or not given <= by.territories_where("programme.manage"):
        raise PermissionDenied
    if len({territory.programme_id for territory in territories}) > 1:
        raise PermissionDenied


def refuse_endless(role: str, until_on: datetime.date | None) -> None:
    if role in ENDING and until_on is None:
        raise ValidationError({"until_on": _("Ce rôle se donne pour un temps : notez sa fin.")})
    if until_on and until_on <= timezone.localdate():
        raise ValidationError({"until_on": _("Choisissez un jour à venir.")})


def refuse_twice(user: User, *, role: str, organisation, programme) -> None:
    same = user.memberships.active().filter(
        role=role, organisation=organisation, programme=programme
    )
    if same.exists():
        who = {"who": user.get_full_name()}
        raise ValidationError(_("%(who)s a déjà ce rôle dans cette structure.") % who)


@transaction.atomic
def give_role(*, by, user, role, organisation, territories, until_on=None) -> Membership:
    """One more role for an account that is open."""
    refuse_beyond(by, territories)
    refuse_endless(role, until_on)
    programme = territories[0].programme
    refuse_twice(user, role=role, organisation=organisation, programme=programme)
    membership = Membership.objects.create(
        user=user, programme=programme, organisation=organisation, role=role, until_on=until_on
    )
    membership.territories.set(territories)
    record(Act.ROLE_GIVEN, by=by, territory_id=None, about=user, fields=["role", "territories"])
    return membership


@transaction.atomic
def extend_role(*, by, membership: Membership, until_on: datetime.date | None) -> None:
    """A later end, or none."""
    refuse_beyond(by, membership.territories.all())
    refuse_endless(membership.role, until_on)
    if membership.until_on is None or (until_on and until_on <= membership.until_on):
        raise ValidationError(
            {"until_on": _("Choisissez un jour plus tard. Pour finir plus tôt, retirez le rôle.")}
        )
    membership.until_on, membership.end_reason = until_on, ""
    membership.save(update_fields=["until_on", "end_reason"])
    record(Act.ROLE_CHANGED, by=by, territory_id=None, about=membership.user, fields=["until_on"])


@transaction.atomic
def end_role(*, by, membership: Membership, on: datetime.date, reason: str) -> None:
    """From that day on the role gives nothing; if it is today, whoever was in signs in again."""
    if on < max(membership.from_on, timezone.localdate()):
        raise ValidationError({"on": _("Choisissez aujourd’hui ou un jour à venir.")})
    refuse_orphans([membership], on=on)
    membership.end(on=on, reason=reason)
    fields = ["until_on", "end_reason"]
    record(Act.ROLE_ENDED, by=by, territory_id=None, about=membership.user, fields=fields)
    if on <= timezone.localdate() and by != membership.user:
        end_sessions(membership.user)


def refuse_orphans(ending: list[Membership], *, on: datetime.date) -> None:
    """A programme keeps somebody who manages it, even when two leave at the same moment."""
    for membership in ending:
        if membership.role != Role.MANAGER:
            continue
        programme = Programme.objects.select_for_update().get(pk=membership.programme_id)
        managers = programme.memberships.active(on).filter(role=Role.MANAGER, user__is_active=True)
        gone = [each.pk for each in ending]
        if not managers.exclude(pk__in=gone).exists():
            raise ValidationError(
                _(
                    "Plus personne ne gérerait %(programme)s. Donnez d’abord ce rôle à"
                    " quelqu’un d’autre."
                )
                % {"programme": programme}
            )
