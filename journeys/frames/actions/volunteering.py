"""Volunteering: freely given, in a body that seeks no profit."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from journeys.frames.enums import HostStatus
from journeys.frames.models import Volunteering
from journeys.pathway.actions.acting import begin, refuse_before, save_new, tell
from journeys.pathway.models import Journey
from territories.accounts.models import User
from territories.journal.enums import Act
from territories.organisations.enums import OrganisationKind
from territories.organisations.models import Organisation


@transaction.atomic
def record_volunteering(
    *, journey: Journey, by: User, seen: int | None, said: dict
) -> Volunteering:
    journey = begin(journey, seen=seen)
    refuse_company(said.get("host"), said["host_status"])
    if journey.absences.exits().on(said["from_on"]).exists():
        raise ValidationError({"from_on": _("Le parcours est terminé ce jour-là.")})
    row = Volunteering(territory_id=journey.territory_id, journey=journey, recorded_by=by, **said)
    save_new(row)
    tell(Act.VOLUNTEERING_CHANGED, journey=journey, by=by, about=row)
    return row


@transaction.atomic
def end_volunteering(
    *, volunteering: Volunteering, by: User, seen: int | None, on: datetime.date
) -> Volunteering:
    journey = begin(volunteering.journey, seen=seen)
    refuse_before(on, volunteering.from_on, "on")
    volunteering.until_on = on
    volunteering.save(update_fields=["until_on"])
    tell(Act.VOLUNTEERING_CHANGED, journey=journey, by=by, about=volunteering)
    return volunteering


def refuse_company(host: Organisation | None, status: str) -> None:
    """Raises ValidationError for a body that works for profit, whatever was declared."""
    if status == HostStatus.COMPANY or (host and host.kind == OrganisationKind.COMPANY):
        raise ValidationError(
            {
                "host_status": _(
                    "Le bénévolat ne se fait pas dans une entreprise : préparez une immersion,"
                    " avec sa convention."
                )
            }
        )
