"""Changing what a programme's rules count with, and taking it back."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from territories.accounts.models import User
from territories.journal.actions import record
from territories.journal.enums import Act
from territories.programmes.models import Programme, SettingChange


@transaction.atomic
def change_settings(
    *, programme: Programme, by: User, values: dict, seen: int | None = None
) -> SettingChange | None:
    """Set these settings together; nothing is written where nothing differs.

    Parameters: `seen`, the last change the person knew of. Raises ValidationError when somebody
    changed settings since, or when the values do not go together.
    """
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    if seen is not None and seen != last_change(programme):
        raise ValidationError(
            _("Quelqu’un vient de changer ces réglages : relisez la page, puis recommencez.")
        )
    changed = {name: value for name, value in values.items() if getattr(programme, name) != value}
    if not changed:
        return None
    before = {name: getattr(programme, name) for name in changed}
    for name, value in changed.items():
        setattr(programme, name, value)
    programme.full_clean()
    programme.save(update_fields=list(changed))
    record(Act.SETTINGS_CHANGED, by=by, territory_id=None, about=programme, fields=sorted(changed))
    return SettingChange.objects.create(programme=programme, by=by, before=before, after=changed)


def undo_settings(*, change: SettingChange, by: User) -> SettingChange | None:
    """Put the values back; raises ValidationError if one of them was changed again since."""
    programme = Programme.objects.get(pk=change.programme_id)
    if any(getattr(programme, name) != value for name, value in change.after.items()):
        raise ValidationError(_("Ce réglage a été changé de nouveau depuis : rien n’a bougé."))
    return change_settings(programme=programme, by=by, values=change.before)


def last_change(programme: Programme) -> int:
    last = programme.changes.order_by("-pk").values_list("pk", flat=True).first()
    return last or 0
