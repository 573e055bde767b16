"""The group's journal: written, changed, taken away; back during a quarter of an hour."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.collective.models import CollectiveAction, GroupEntry
from journeys.documents.erasing import forget_file
from journeys.documents.models import COMES_BACK
from journeys.documents.pictures import redrawn
from rtr.lib.uploads import refuse_too_big
from territories.accounts.models import User
from territories.journal.actions import record
from territories.journal.enums import Act


def may_change(entry: GroupEntry, user: User) -> bool:
    """Its author, and those who lead the action."""
    if entry.written_by_id == user.pk:
        return True
    return CollectiveAction.objects.managed_by(user).filter(pk=entry.action_id).exists()


@transaction.atomic
def keep_entry(*, entry: GroupEntry, by: User, photo: UploadedFile | None = None) -> GroupEntry:
    """Write a page of the journal, or change it; a photograph is drawn again.

    Raises ValidationError: a day to come, a file that is no photograph, one without its words.
    """
    if entry.pk and not may_change(entry, by):
        raise PermissionDenied
    if entry.on > timezone.localdate():
        raise ValidationError({"on": _("Ce jour n’est pas encore venu.")})
    if photo and not entry.photo_alt:
        raise ValidationError({"photo_alt": _("Dites ce que montre la photo.")})
    entry.territory_id = entry.action.territory_id
    if not entry.pk:
        entry.written_by = by
        if twice := _sent_already(entry):
            return twice
    if photo:
        forget_file(entry, column="photo")
        entry.photo.save("photo", ContentFile(_redrawn(photo)), save=False)
    entry.save()
    record(Act.GROUP_JOURNAL, by=by, territory_id=entry.territory_id, about=entry)
    return entry


def _sent_already(entry: GroupEntry) -> GroupEntry | None:
    """The same words of the same hand: a second tap, or a page gone back to. Called with the lock
    of the action held until the end of the transaction."""
    CollectiveAction.objects.select_for_update().get(pk=entry.action_id)
    same = {name: getattr(entry, name) for name in ("step", "on", "did", "decided", "written_by")}
    return GroupEntry.objects.filter(action=entry.action_id, removed_at=None, **same).first()


def _redrawn(photo: UploadedFile) -> bytes:
    try:
        refuse_too_big(photo)
        photo.seek(0)
        return redrawn(photo)
    except ValidationError as error:
        raise ValidationError({"photo": error.messages}) from error


@transaction.atomic
def remove_entry(*, entry: GroupEntry, by: User) -> None:
    if not may_change(entry, by):
        raise PermissionDenied
    entry.removed_at, entry.removed_by = timezone.now(), by
    entry.save(update_fields=["removed_at", "removed_by"])
    record(Act.GROUP_JOURNAL, by=by, territory_id=entry.territory_id, about=entry)


@transaction.atomic
def restore_entry(*, entry: int, by: User) -> GroupEntry:
    """Put back what one has just taken away. Raises ValidationError when it is too late."""
    mine = GroupEntry.objects.filter(removed_by=by, removed_at__gt=timezone.now() - COMES_BACK)
    found = mine.select_for_update(of=("self",)).filter(pk=entry).first()
    if found is None:
        raise ValidationError(_("Ce qui est retiré revient pendant un quart d’heure."))
    found.removed_at = found.removed_by = None
    found.save(update_fields=["removed_at", "removed_by"])
    return found


def erase_removed() -> None:
    """Each night: what was taken away and can come back no more."""
    gone = GroupEntry.objects.filter(removed_at__lte=timezone.now() - COMES_BACK)
    with transaction.atomic():
        for entry in gone.exclude(photo=""):
            forget_file(entry, column="photo")
        gone.delete()
