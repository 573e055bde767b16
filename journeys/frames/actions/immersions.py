"""What an immersion goes through: prepared, signed, ended, assessed; renewed or cancelled."""

import datetime

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.documents.actions import add_document
from journeys.documents.enums import DocumentKind
from journeys.frames.actions.checking import KEPT_BY_RENEWAL, check, refuse_renewal
from journeys.frames.ending import tell_ended
from journeys.frames.models import Immersion
from journeys.pathway.actions.acting import begin, refuse_before, refuse_future, save_new, tell
from journeys.pathway.models import Journey
from rtr.lib import french
from territories.accounts.models import User
from territories.journal.enums import Act

# What is agreed by writing: a convention that somebody signed is changed by no one.
ASKED = (
    "purpose host host_name host_siret host_activity host_address tutor tutor_role tutor_contact"
    " prescriber_kind prescriber situation insurer policy objectives tasks place schedule weekdays"
    " weekly_hours from_on until_on"
).split()


@transaction.atomic
def prepare_immersion(
    *, journey: Journey, by: User, seen: int | None, asked: dict, renews: Immersion | None = None
) -> Immersion:
    """Write what the convention says. Raises ValidationError with what to do beyond a limit."""
    journey = begin(journey, seen=seen)
    immersion = Immersion(
        territory_id=journey.territory_id,
        journey=journey,
        renews=renews,
        recorded_by=by,
        **asked,
    )
    if renews:
        refuse_renewal(immersion, renews)
    check(immersion)
    save_new(immersion)
    tell(Act.IMMERSION_PREPARED, journey=journey, by=by, about=immersion)
    return immersion


@transaction.atomic
def change_immersion(*, immersion: Immersion, by: User, seen: int | None, asked: dict) -> Immersion:
    """Correct what nobody signed yet."""
    journey, immersion = _begin(immersion, seen)
    if immersion.signed_on:
        raise ValidationError(
            _("La convention est signée : annulez cette immersion et préparez-en une autre.")
        )
    if immersion.renews_id:
        asked = {name: asked[name] for name in asked if name not in KEPT_BY_RENEWAL}
    for name, value in asked.items():
        setattr(immersion, name, value)
    check(immersion)
    immersion.full_clean(exclude=["territory", "journey"])
    immersion.save()
    tell(Act.IMMERSION_CHANGED, journey=journey, by=by, about=immersion)
    return immersion


@transaction.atomic
def sign_convention(
    *,
    immersion: Immersion,
    by: User,
    seen: int | None,
    signed_on: datetime.date,
    photo: UploadedFile | None = None,
) -> Immersion:
    """All three signed on paper: seen by `by`, and photographed where it is kept here."""
    journey, immersion = _begin(immersion, seen)
    if immersion.signed_on:
        raise ValidationError(_("La convention est déjà signée."))
    refuse_future(signed_on, "signed_on")
    refuse_before(signed_on, journey.entry_on, "signed_on")
    if signed_on > immersion.from_on:
        raise ValidationError(
            {
                "signed_on": _(
                    "La convention se signe avant le premier jour, le %(day)s. Changez les dates"
                    " de l’immersion, imprimez-la de nouveau et faites-la signer."
                )
                % {"day": french.day(immersion.from_on)}
            }
        )
    check(immersion)
    immersion.convention = add_document(
        participant=journey.participant,
        by=by,
        kind=DocumentKind.OTHER,
        title=_("Convention d’immersion signée"),
        seen_on=timezone.localdate(),
        photo=photo,
    )
    immersion.signed_on, immersion.signed_seen_by = signed_on, by
    immersion.save(update_fields=["convention", "signed_on", "signed_seen_by"])
    tell(Act.IMMERSION_SIGNED, journey=journey, by=by, about=immersion)
    return immersion


@transaction.atomic
def end_immersion(
    *, immersion: Immersion, by: User, seen: int | None, on: datetime.date, reason: str
) -> Immersion:
    """Before its last day, for a reason."""
    journey, immersion = _begin(immersion, seen)
    if immersion.signed_on is None:
        raise ValidationError(_("Cette immersion n’a pas commencé : annulez-la."))
    if immersion.ended_on:
        raise ValidationError(_("Cette immersion est déjà terminée."))
    refuse_future(on, "on")
    refuse_before(on, immersion.from_on, "on")
    if on > immersion.until_on:
        last = french.day(immersion.until_on)
        raise ValidationError({"on": _("Elle se termine au plus tard le %(day)s.") % {"day": last}})
    _end(immersion, on, reason)
    tell(Act.IMMERSION_ENDED, journey=journey, by=by, about=immersion)
    return immersion


def _end(immersion: Immersion, on: datetime.date, reason: str = "") -> None:
    immersion.ended_on, immersion.end_reason = on, reason
    immersion.save(update_fields=["ended_on", "end_reason"])
    tell_ended(immersion)


@transaction.atomic
def cancel_immersion(*, immersion: Immersion, by: User, seen: int | None, reason: str) -> Immersion:
    """Before its first day, or when its convention was never signed."""
    journey, immersion = _begin(immersion, seen)
    if immersion.is_started:
        raise ValidationError(_("Cette immersion a commencé : notez plutôt sa fin."))
    immersion.cancelled_on, immersion.cancel_reason = timezone.localdate(), reason
    immersion.save(update_fields=["cancelled_on", "cancel_reason"])
    immersion.tutor_links.live().update(revoked_at=timezone.now())
    tell(Act.IMMERSION_CANCELLED, journey=journey, by=by, about=immersion)
    return immersion


@transaction.atomic
def assess_immersion(
    *, immersion: Immersion, by: User, seen: int | None, liked: str, again: str
) -> Immersion:
    """The person's own view; the tutor's answers are closed with it."""
    journey, immersion = _begin(immersion, seen)
    if not immersion.is_started:
        raise ValidationError(_("Le bilan se fait une fois l’immersion commencée."))
    if timezone.localdate() < immersion.last_on:
        raise ValidationError(
            _("Le bilan se fait le dernier jour, ou après : si elle s’arrête, notez sa fin.")
        )
    if immersion.ended_on is None:
        _end(immersion, immersion.until_on)
    immersion.liked, immersion.again = liked, again
    immersion.assessed_on = timezone.localdate()
    immersion.save(update_fields=["liked", "again", "assessed_on"])
    immersion.tutor_links.live().update(revoked_at=timezone.now())
    tell(Act.IMMERSION_ASSESSED, journey=journey, by=by, about=immersion)
    return immersion


def end_due(*, on: datetime.date) -> int:
    """Those whose last day has passed have ended. Returns how many. Safe to run twice."""
    ended = 0
    for pk in list(Immersion.objects.going_to_end().filter(until_on__lt=on).values_list("pk")):
        with transaction.atomic():
            rows = Immersion.objects.going_to_end().select_for_update(of=("self",))
            if immersion := rows.filter(pk=pk[0]).first():
                _end(immersion, immersion.until_on)
                ended += 1
    return ended


def _begin(immersion: Immersion, seen: int | None) -> tuple[Journey, Immersion]:
    """The journey, held; the immersion as it is now."""
    journey = begin(immersion.journey, seen=seen)
    immersion = Immersion.objects.select_related("renews").get(pk=immersion.pk)
    immersion.journey = journey
    if immersion.cancelled_on:
        raise ValidationError(_("Cette immersion est annulée."))
    return journey, immersion
