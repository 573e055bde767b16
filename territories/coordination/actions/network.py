"""Bodies, their part in the consortium, their places and what is in them.

Each act returns its steps: what every row it wrote held before and holds now, so that the act can
be put back while nobody wrote over it.
"""

import datetime

from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from rtr.lib.refusals import words_of
from territories.accounts.models import User
from territories.coordination.steps import Step, columns
from territories.journal.actions import record
from territories.journal.enums import Act
from territories.organisations.models import ConsortiumMember, Organisation
from territories.organisations.naming import free_slug
from territories.places.equipment import Equipment
from territories.places.models import Place
from territories.programmes.models import Programme

Steps = list[Step]


def _tell(row: models.Model, by: User, fields=()) -> None:
    """One line of the journal; a body belongs to no territory, a place to its own."""
    act, territory = Act.ORGANISATION_CHANGED, None
    if isinstance(row, ConsortiumMember):
        act = Act.CONSORTIUM_CHANGED
    if isinstance(row, Place | Equipment):
        act = Act.PLACE_CHANGED
        territory = row.territory_id if isinstance(row, Place) else row.place.territory_id
    record(act, by=by, territory_id=territory, about=row, fields=fields)


def _write(row: models.Model, by: User) -> Steps:
    """Keep a row and tell it; nothing where nothing differs from what the database holds."""
    held = {}
    if not row._state.adding:
        held = columns(type(row)._base_manager.select_for_update().get(pk=row.pk))
    after = {name: value for name, value in columns(row).items() if held.get(name, ...) != value}
    if not after:
        return []
    row.save(update_fields=list(after) if held else None)
    _tell(row, by, sorted(after) if held else ())
    before = {name: held[name] for name in after} if held else None
    return [Step(row._meta.model_name, row.pk, before, after)]


# -- Bodies --------------------------------------------------------------------------------------


@transaction.atomic
def keep_organisation(
    *, organisation: Organisation, by: User, programme: Programme | None = None
) -> Steps:
    """Write a body; a new one is noted in the programme whose manager writes it."""
    if organisation._state.adding:
        organisation.slug = free_slug(str(organisation))
    steps = _write(organisation, by)
    if programme:
        organisation.noted_in.add(programme)
    return steps


@transaction.atomic
def take_note(*, organisation: Organisation, programme: Programme, by: User) -> None:
    """A body that another programme knows becomes known here too, as it is."""
    organisation.noted_in.add(programme)
    _tell(organisation, by, ["noted_in"])


@transaction.atomic
def close_organisation(
    *, organisation: Organisation, programmes: set[int], by: User, on: datetime.date, because: str
) -> Steps:
    """It is offered no more from that day on; its part in these programmes ends with it."""
    _refuse_tomorrow(on)
    if organisation.closed_on:
        raise ValidationError(_("Cette structure est déjà fermée."))
    organisation.closed_on, organisation.closed_because = on, because
    steps = _write(organisation, by)
    for member in organisation.consortia.filter(programme__in=programmes, until_on=None):
        steps += end_part(member=member, by=by, on=on)
    return steps


@transaction.atomic
def reopen_organisation(*, organisation: Organisation, by: User) -> Steps:
    organisation.closed_on, organisation.closed_because = None, ""
    return _write(organisation, by)


@transaction.atomic
def remove_organisation(*, organisation: Organisation, by: User) -> None:
    """Only one that nothing names: a body that was part of something is closed instead."""
    _tell(organisation, by)
    _remove(organisation, _("Cette structure a déjà servi : fermez-la plutôt."))


# -- Its part in the consortium ------------------------------------------------------------------


@transaction.atomic
def join(
    *,
    organisation: Organisation,
    programme: Programme,
    role: str,
    part: str,
    on: datetime.date,
    by: User,
) -> Steps:
    if organisation.closed_on:
        raise ValidationError(_("Cette structure est fermée : rouvrez-la d’abord."))
    member = ConsortiumMember(
        organisation=organisation, programme=programme, role=role, part=part, from_on=on
    )
    member.validate_constraints()
    return _write(member, by)


@transaction.atomic
def end_part(*, member: ConsortiumMember, by: User, on: datetime.date) -> Steps:
    """The last day is the day before; nothing of what was is forgotten."""
    if on <= member.from_on:
        raise ValidationError({"on": _("La fin vient après le début de ce rôle.")})
    member.until_on = on
    return _write(member, by)


@transaction.atomic
def change_part(
    *, member: ConsortiumMember, role: str, part: str, on: datetime.date, by: User
) -> Steps:
    """Another role ends this one that day and starts there; the same role has its words corrected.

    On its first day a role is corrected rather than ended: nothing happened between.
    """
    if role == member.role or on == member.from_on:
        member.role, member.part = role, part
        return _write(member, by)
    steps = end_part(member=member, by=by, on=on)
    return steps + join(
        organisation=member.organisation,
        programme=member.programme,
        role=role,
        part=part,
        on=on,
        by=by,
    )


# -- Places and what is in them ------------------------------------------------------------------


@transaction.atomic
def keep_place(*, place: Place, by: User) -> Steps:
    return _write(place, by)


@transaction.atomic
def close_place(*, place: Place, by: User, on: datetime.date, because: str) -> Steps:
    _refuse_tomorrow(on)
    if place.closed_on:
        raise ValidationError(_("Ce lieu est déjà fermé."))
    place.closed_on, place.closed_because = on, because
    return _write(place, by)


@transaction.atomic
def reopen_place(*, place: Place, by: User) -> Steps:
    place.closed_on, place.closed_because = None, ""
    return _write(place, by)


@transaction.atomic
def remove_place(*, place: Place, by: User) -> None:
    """With its equipment; only where nothing happened: a place that served is closed instead."""
    _tell(place, by)
    _remove(place, _("Ce lieu a déjà servi : fermez-le plutôt."))


@transaction.atomic
def keep_equipment(*, equipment: Equipment, by: User) -> Steps:
    return _write(equipment, by)


@transaction.atomic
def withdraw_equipment(*, equipment: Equipment, by: User) -> Steps:
    equipment.withdrawn_on = timezone.localdate()
    return _write(equipment, by)


# -- Taking back ---------------------------------------------------------------------------------


@transaction.atomic
def put_back(*, rows: list[tuple[models.Model, Step]], by: User) -> None:
    """Each row as it was, the last written first. All or nothing: ValidationError if one was
    written over meanwhile, or if something took its place."""
    try:
        with transaction.atomic():
            for row, step in reversed(rows):
                _undo(row, step, by)
    except IntegrityError as error:
        raise ValidationError(words_of(error)) from error


def _undo(row: models.Model, step: Step, by: User) -> None:
    if step.differs(row):
        raise ValidationError(_("Quelqu’un a changé cela depuis : rien n’a bougé."))
    _tell(row, by, step.fields)
    if step.before is None:
        _remove(row, _("Cela a déjà servi : rien n’a bougé."))
    else:
        step.restore(row)
        row.save(update_fields=list(step.before))


def _refuse_tomorrow(on: datetime.date) -> None:
    if on > timezone.localdate():
        raise ValidationError({"on": _("Notez un jour passé, ou aujourd’hui.")})


def _remove(row: models.Model, refusal: str) -> None:
    """Rows of other territories hold it too: only the database sees them, so it is asked."""
    pk = row.pk
    try:
        with transaction.atomic():
            row.delete()
            connection.check_constraints()
    except (ProtectedError, DatabaseError) as error:
        row.pk = pk  # still there
        raise ValidationError(refusal) from error
