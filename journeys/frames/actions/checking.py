"""What the law and good sense refuse of an immersion, each in a sentence that says what to do.

Source: Code du travail, L5135-1 to L5135-8, D5135-1 to D5135-8.
"""

import datetime
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journeys.frames.limits import (
    CONVENTIONS_A_HOST,
    DAYS_A_HOST,
    MONTHS,
    last_day_of_month_from,
    most_in_a_year,
    planned_days,
    within_a_year,
)
from journeys.frames.models import LEGAL_HOURS, Immersion
from journeys.pathway.actions.acting import refuse_before
from journeys.pathway.enums import AbsenceKind
from journeys.pathway.models import Journey
from rtr.lib import french

# The same in a renewal (D5135-3): what for, where.
KEPT_BY_RENEWAL = ("purpose", "objectives", "host", "host_siret")


def refuse_unready(journey: Journey) -> None:
    """No work for somebody without a name, nor before the contract (rule 16)."""
    if journey.entry_on is None or journey.participant.identified_on is None:
        raise ValidationError(
            _(
                "Pas de travail en entreprise sans identité ni contrat d’accompagnement signé :"
                " préparez d’abord le contrat."
            )
        )


def check(immersion: Immersion) -> None:
    """Raises ValidationError for the first limit that is passed, and says what to do."""
    journey = immersion.journey
    refuse_unready(journey)
    refuse_before(immersion.from_on, journey.entry_on, "from_on")
    _refuse_away(immersion)
    if immersion.weekly_hours > LEGAL_HOURS:
        raise ValidationError(
            {"weekly_hours": _("Trente-cinq heures par semaine au plus : réduisez les horaires.")}
        )
    _refuse_long(immersion)
    others = journey.immersions.standing().exclude(pk=immersion.pk)
    _refuse_overlap(immersion, others)
    at_host = list(others.at(immersion.host_siret))
    _refuse_third(immersion, at_host)
    _refuse_sixty_first(immersion, at_host)


def _refuse_away(immersion: Immersion) -> None:
    """Paused or left today, or on one of these days."""
    away = immersion.journey.absences
    on_its_days = Q(until_on__isnull=True) | Q(until_on__gt=immersion.from_on)
    there = away.filter(on_its_days, from_on__lte=immersion.until_on)
    for absence in [*away.on(timezone.localdate()), *there]:
        if absence.kind == AbsenceKind.EXIT:
            raise ValidationError(_("Le parcours est terminé : notez d’abord le retour."))
        raise ValidationError(
            _("Le parcours est en pause : notez d’abord la reprise, ou changez les dates.")
        )


def _refuse_long(immersion: Immersion) -> None:
    if immersion.until_on < immersion.from_on:
        raise ValidationError({"until_on": _("La fin vient avant le début.")})
    last = last_day_of_month_from(immersion.from_on)
    if immersion.until_on > last:
        text = _(
            "Un mois au plus, de date à date : jusqu’au %(day)s. Si l’objectif n’est pas atteint,"
            " l’immersion se renouvelle une fois."
        )
        raise ValidationError({"until_on": text % {"day": french.day(last)}})


def _refuse_overlap(immersion: Immersion, others: Iterable[Immersion]) -> None:
    for other in others:
        if other.from_on <= immersion.last_on and immersion.from_on <= other.last_on:
            text = _(
                "Ces jours sont pris par l’immersion chez %(host)s, du %(first)s au %(last)s :"
                " choisissez d’autres dates, ou annulez-la."
            )
            said = {"host": other.host_name, "first": french.day(other.from_on)}
            raise ValidationError({"from_on": text % (said | {"last": french.day(other.last_on)})})


def _refuse_third(immersion: Immersion, at_host: list[Immersion]) -> None:
    """Two conventions a host in twelve months, each with an object or objectives of its own."""
    if immersion.renews_id:
        return
    lately = [one for one in at_host if not one.renews_id and _same_year(one, immersion)]
    if any(_same_aim(one, immersion) for one in lately):
        text = _(
            "Une immersion chez cet employeur a déjà cet objet et ces objectifs dans les douze"
            " mois : renouvelez-la, ou changez l’objet ou les objectifs."
        )
        raise ValidationError({"purpose": text})
    if len(lately) >= CONVENTIONS_A_HOST:
        text = _(
            "Deux conventions au plus chez un même employeur en douze mois : proposez un autre"
            " employeur."
        )
        raise ValidationError({"host_siret": text})


def _same_aim(one: Immersion, other: Immersion) -> bool:
    def told(immersion: Immersion) -> tuple[str, str]:
        return immersion.purpose, " ".join(immersion.objectives.lower().split())

    return told(one) == told(other)


def _same_year(one: Immersion, other: Immersion) -> bool:
    first, second = sorted([one.from_on, other.from_on])
    return within_a_year([first], second) == 1


def _refuse_sixty_first(immersion: Immersion, at_host: list[Immersion]) -> None:
    planned = days_of(immersion)
    counted = most_in_a_year([*planned, *(day for one in at_host for day in days_of(one))])
    if counted > DAYS_A_HOST:
        over = counted - DAYS_A_HOST
        text = ngettext(
            "Chez cet employeur, %(most)s jours au plus en douze mois : il y en aurait %(days)s."
            " Retirez %(over)s jour, ou choisissez un autre employeur.",
            "Chez cet employeur, %(most)s jours au plus en douze mois : il y en aurait %(days)s."
            " Retirez %(over)s jours, ou choisissez un autre employeur.",
            over,
        )
        said = {"most": DAYS_A_HOST, "days": counted, "over": over}
        raise ValidationError({"until_on": text % said})


def days_of(immersion: Immersion) -> list[datetime.date]:
    return planned_days(immersion.from_on, immersion.last_on, immersion.weekdays)


def refuse_renewal(immersion: Immersion, first: Immersion) -> None:
    if first.renews_id:
        raise ValidationError(_("Une immersion se renouvelle une seule fois."))
    if immersion.from_on <= first.last_on:
        text = _("Le renouvellement commence après le %(day)s.")
        raise ValidationError({"from_on": text % {"day": french.day(first.last_on)}})
    if first.signed_on is None or first.cancelled_on:
        raise ValidationError(_("Une immersion se renouvelle une fois sa convention signée."))
    if first.renewals.standing().exists():
        raise ValidationError(_("Cette immersion est déjà renouvelée."))
    if any(getattr(immersion, name) != getattr(first, name) for name in KEPT_BY_RENEWAL):
        raise ValidationError(
            _("Un renouvellement garde l’employeur, l’objet et les objectifs du début.")
        )
    if within_a_year([first.from_on], immersion.from_on) == 0:
        text = _("Plus de %(months)s mois ont passé : préparez une nouvelle immersion.")
        raise ValidationError({"from_on": text % {"months": MONTHS}})
