"""What needs the person who runs the programme: each a sentence, a number, and where to act."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journeys.models import FollowUp, Journey, Referral
from rtr.lib import french
from territories.accounts.enums import Role
from territories.coordination.settings import missing
from territories.members.models import Invitation
from territories.models import Membership, PeriodTarget, Programme, Territory

SOON = datetime.timedelta(days=7)


@dataclass(frozen=True)
class Need:
    icon: str
    sentence: str
    url: str
    act: str
    note: str = ""


def needs(
    user, programme: Programme, territories: list[Territory], today: datetime.date
) -> list[Need]:
    ids = [territory.pk for territory in territories]
    return [
        *_settings(programme, territories, today),
        *_teams(programme, territories, today),
        *_people(user, ids, programme, today),
        *_invitations(user, programme),
    ]


def _settings(programme, territories, today) -> Iterator[Need]:
    for said, url in missing(programme):
        yield Need("gear", said, url, _("Le donner"))
    url = reverse("periods", args=[programme.slug])
    periods = list(programme.periods.open_on(today))
    if not periods:
        yield Need("calendar3", _("Aucune période n’est ouverte aujourd’hui."), url, _("Ouvrir"))
        return
    aimed = PeriodTarget.objects.filter(period__in=periods).values_list("territory", flat=True)
    aimed = set(aimed)
    if names := [territory.name for territory in territories if territory.pk not in aimed]:
        said = _("Pas d’objectif chiffré pour %(names)s.") % {"names": french.listed(names)}
        yield Need("flag", said, url, _("Donner"))


def _teams(programme, territories, today) -> Iterator[Need]:
    led = Membership.objects.active(today).filter(
        programme=programme, role=Role.COORDINATOR, user__is_active=True
    )
    led = set(led.values_list("territories", flat=True))
    for territory in territories:
        if territory.pk not in led:
            said = _("%(territory)s n’a personne à la coordination.") % {"territory": territory}
            yield Need("person-badge", said, reverse("invite"), _("Inviter"))


def _people(user, ids, programme, today) -> Iterator[Need]:
    journeys = Journey.objects.visible_to(user).filter(territory__in=ids)
    if count := journeys.not_left().without_referent().count():
        said = ngettext(
            "%(count)s personne n’a pas de référent.",
            "%(count)s personnes n’ont pas de référent.",
            count,
        )
        url = f"{reverse('participants')}?no_referent=on"
        yield Need("person", _counted(said, count), url, _("Affecter"))
    before = today + SOON - datetime.timedelta(days=programme.referral_answer_days)
    waiting = Referral.objects.visible_to(user).filter(territory__in=ids).open()
    if count := waiting.filter(received_on__lte=before).count():
        said = ngettext(
            "%(count)s orientation attend, sous sept jours elle expire.",
            "%(count)s orientations attendent, sous sept jours elles expirent.",
            count,
        )
        yield Need("envelope-open", _counted(said, count), reverse("referrals"), _("Voir"))
    asked = FollowUp.objects.visible_to(user).filter(territory__in=ids).pending()
    if count := asked.filter(late_on__lt=today).count():
        said = ngettext("%(count)s suivi est en retard.", "%(count)s suivis sont en retard.", count)
        url = reverse("today_group", args=["nouvelles"])
        yield Need("calendar2-check", _counted(said, count), url, _("Voir"))


def _invitations(user, programme) -> Iterator[Need]:
    pending = Invitation.objects.visible_to(user).filter(programme=programme).open()
    if count := pending.count():
        said = ngettext(
            "%(count)s invitation attend d’être acceptée.",
            "%(count)s invitations attendent d’être acceptées.",
            count,
        )
        yield Need("send", _counted(said, count), reverse("accounts"), _("Voir"))


def _counted(said: str, count: int) -> str:
    return said % {"count": french.capitalised(french.spelled(count, feminine="suivi" not in said))}
