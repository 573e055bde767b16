"""Opening a territory, saying what it is made of."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from territories.accounts.enums import Role
from territories.accounts.models import Membership, User
from territories.journal.actions import record
from territories.journal.enums import Act
from territories.places.models import Commune, Neighbourhood, Territory


@transaction.atomic
def open_territory(*, territory: Territory, by: User, communes: dict[str, list[str]]) -> Territory:
    """A new territory with its communes and quarters, open at once to the programme's managers."""
    territory.full_clean()
    territory.save()
    for name, quarters in communes.items():
        commune = Commune.objects.create(territory=territory, name=name)
        for quarter in quarters:
            Neighbourhood.objects.create(commune=commune, name=quarter)
    managers = Membership.objects.active().filter(
        programme_id=territory.programme_id, role=Role.MANAGER
    )
    for membership in managers:
        membership.territories.add(territory)
    # No territory on the line: the scope of whoever opens it does not hold it yet.
    record(Act.TERRITORY_OPENED, by=by, territory_id=None, about=territory)
    return territory


@transaction.atomic
def change_territory(*, territory: Territory, by: User, fields: list[str]) -> Territory:
    territory.full_clean()
    territory.save(update_fields=fields)
    record(Act.TERRITORY_CHANGED, by=by, territory_id=territory.pk, about=territory, fields=fields)
    return territory


@transaction.atomic
def save_quarter(*, row: models.Model, territory: Territory, by: User) -> models.Model:
    """Keep a commune, a quarter or a zoning of the territory."""
    row.full_clean()
    row.save()
    record(Act.QUARTERS_CHANGED, by=by, territory_id=territory.pk, about=row)
    return row


@transaction.atomic
def remove_quarter(*, row: models.Model, territory: Territory, by: User) -> None:
    """Raises ValidationError for what people's files or other rows point at."""
    record(Act.QUARTERS_CHANGED, by=by, territory_id=territory.pk, about=row)
    try:
        with transaction.atomic():
            row.delete()
    except (ProtectedError, IntegrityError):
        raise ValidationError(
            _("Des parcours, des lieux ou des quartiers s’y rattachent : gardez-le.")
        ) from None
