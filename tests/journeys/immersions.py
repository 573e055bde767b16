"""Immersions for tests, made by the acts themselves."""

import datetime

from django.utils import timezone

from journeys.frames.actions import immersions
from journeys.frames.models import Immersion
from journeys.models import Journey
from rtr import scope
from tests.journeys.factories import JourneyFactory, ago

SIRET, OTHER_SIRET = "73282932000074", "44306184100047"
DAY = datetime.timedelta(days=1)


def talent(territory, organisation=None, **fields) -> Journey:
    """Contracted since long, so that any date of these last years may be tried."""
    with scope.over([territory.pk]):
        return JourneyFactory(
            territory=territory,
            participant__organisation=organisation,
            participant__nickname="Pixel",
            first_contact_on=datetime.date(2022, 1, 1),
            entry_on=datetime.date(2022, 1, 2),
            limit_on=ago(-400),
            **fields,
        )


def asked(**more) -> dict:
    """What a convention says: ten days in a bicycle shop, from tomorrow."""
    first = more.pop("from_on", timezone.localdate() + DAY)
    return {
        "purpose": "discover",
        "host_name": "Vélo Cité",
        "host_siret": SIRET,
        "host_activity": "Réparation de vélos",
        "host_address": "12 rue du Port, 14000 Caen",
        "tutor": "Marc Bellet",
        "tutor_role": "Chef d’atelier",
        "tutor_contact": "marc@exemple.fr",
        "prescriber_kind": "work",
        "prescriber": "France Travail Caen",
        "situation": "seeking",
        "insurer": "Assurances du Port",
        "policy": "RC 4521",
        "objectives": "Voir si réparer des vélos lui plaît",
        "tasks": "Démonter, nettoyer, changer une chambre à air",
        "place": "Atelier du port",
        "schedule": "9 h à 12 h et 13 h à 17 h",
        "weekly_hours": 35,
        "from_on": first,
        "until_on": more.pop("until_on", first + 9 * DAY),
    } | more


def prepared(journey: Journey, by, **more) -> Immersion:
    renews = more.pop("renews", None)
    return immersions.prepare_immersion(
        journey=journey, by=by, seen=None, asked=asked(**more), renews=renews
    )


def signed(journey: Journey, by, **more) -> Immersion:
    """Signed on its first day at the latest, or today."""
    row = prepared(journey, by, **more)
    day = min(row.from_on, timezone.localdate())
    return immersions.sign_convention(immersion=row, by=by, seen=None, signed_on=day)


def over(journey: Journey, by, **more) -> Immersion:
    """Ended yesterday."""
    row = signed(journey, by, from_on=ago(10), until_on=ago(1), **more)
    immersions.end_due(on=timezone.localdate())
    row.refresh_from_db()
    return row
