"""What needs the person who runs the programme: each a sentence, a number, and where to act."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, QuerySet
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
    return [
        *_settings(programme, territories, today),
        *_teams(programme, territories, today),
        *_people(user, territories, programme, today),
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


def _people(user, territories, programme, today) -> Iterator[Need]:
    journeys = Journey.objects.visible_to(user).not_left().without_referent()
    count, where = _by_place(journeys, territories)
    if count:
        said = ngettext(
            "%(count)s personne n’a pas de référent.",
            "%(count)s personnes n’ont pas de référent.",
            count,
        )
        url = f"{reverse('participants')}?no_referent=on"
        yield Need("person", _counted(said, count), url, _("Affecter"), where)
    before = today + SOON - datetime.timedelta(days=programme.referral_answer_days)
    waiting = Referral.objects.visible_to(user).open().filter(received_on__lte=before)
    count, where = _by_place(waiting, territories)
    if count:
        said = ngettext(
            "%(count)s orientation attend une réponse et expire sous sept jours.",
            "%(count)s orientations attendent une réponse et expirent sous sept jours.",
            count,
        )
        url = reverse("referrals")
        yield Need("envelope-open", _counted(said, count), url, _("Voir"), where)
    asked = FollowUp.objects.visible_to(user).pending().filter(late_on__lt=today)
    count, where = _by_place(asked, territories)
    if count:
        said = ngettext("%(count)s suivi est en retard.", "%(count)s suivis sont en retard.", count)
        url = reverse("today_group", args=["nouvelles"])
        yield Need("calendar2-check", _counted(said, count), url, _("Voir"), where)


def _by_place(rows: QuerySet, territories: list[Territory]) -> tuple[int, str]:
    """How many in all, and « Caen la Mer 12, Vallées de l’Orne 3 »."""
    groups = rows.filter(territory__in=territories).order_by().values_list("territory")
    found = dict(groups.annotate(Count("pk")))
    said = [f"{place}\u00a0: {found[place.pk]}" for place in territories if place.pk in found]
    return sum(found.values()), ", ".join(said) if len(territories) > 1 else ""


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
