"""What is offered: an activity is noted, shown in the catalogue, withdrawn, stopped."""

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journeys.activities.models import Activity
from journeys.documents.erasing import forget_file
from journeys.pathway.actions.acting import Stale
from rtr.lib import french
from territories.accounts.models import User
from territories.journal.actions import record
from territories.journal.enums import Act


@transaction.atomic
def keep_activity(
    *, activity: Activity, by: User, seen: int | None = None, photo: bytes | None = None
) -> Activity:
    """Write a new activity or a corrected one.

    Parameters: `photo`, a JPEG drawn again; b"" takes the present one away, None leaves it. Raises
    Stale when somebody corrected it since the version `seen`.
    """
    if activity.pk:
        _begin(activity, seen)
    else:
        activity.created_by = by
    activity.full_clean(exclude=["photo", "territory", "organisation", "place", "created_by"])
    if photo is not None:
        forget_file(activity, column="photo")
        activity.photo = ""
    if photo:
        activity.photo.save("photo.jpg", ContentFile(photo), save=False)
    activity.save()
    _journal(activity, by)
    return activity


def _begin(activity: Activity, seen: int | None) -> None:
    """Lock the row and count one more version; refuse an older page."""
    now = Activity.objects.select_for_update(of=("self",)).only("version").get(pk=activity.pk)
    if seen is not None and seen != now.version:
        raise Stale([], now.version)
    activity.version = now.version + 1


def _journal(activity: Activity, by: User) -> None:
    record(Act.ACTIVITY_CHANGED, by=by, territory_id=activity.territory_id, about=activity)


@transaction.atomic
def publish_activity(*, activity: Activity, by: User, is_shown: bool = True) -> None:
    """Show it in the catalogue, or no more; its sessions stay as they are."""
    _begin(activity, None)
    if activity.closed_on and is_shown:
        raise ValidationError(_("Cette activité est arrêtée : reprenez-la d’abord."))
    activity.published_on = (activity.published_on or timezone.localdate()) if is_shown else None
    activity.save(update_fields=["published_on", "version"])
    _journal(activity, by)


@transaction.atomic
def close_activity(*, activity: Activity, by: User, is_closed: bool = True) -> None:
    """Stop it, or take it up again. Raises ValidationError while people are expected in it."""
    _begin(activity, None)
    coming = activity.sessions.held().filter(ends_at__gt=timezone.now()).count()
    if is_closed and coming:
        text = ngettext(
            "%(count)s séance est encore prévue : annulez-la d’abord, pour que chacun le sache.",
            "%(count)s séances sont encore prévues : annulez-les d’abord, pour que chacun le"
            " sache.",
            coming,
        )
        number = french.capitalised(french.spelled(coming, feminine=True))
        raise ValidationError(text % {"count": number})
    activity.closed_on = timezone.localdate() if is_closed else None
    activity.save(update_fields=["closed_on", "version"])
    _journal(activity, by)
