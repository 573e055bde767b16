"""Awarding: the badge is somebody's at once; its signature follows as a due row."""

import datetime
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from badges.achievements.enums import Status as Published
from badges.achievements.models import AchievementVersion
from badges.credentials import hooks
from badges.credentials.enums import IdentityKind
from badges.credentials.models import Credential, Recipient
from badges.issuers import status
from badges.issuers.enums import State as IssuerState
from badges.issuers.models import Issuer
from badges.proofs import documents
from rtr import due
from rtr.due import Status
from territories.journal.actions import record
from territories.journal.enums import Act

NARRATIVE = 10_000  # characters
LINK = 300


@dataclass(frozen=True)
class Evidence:
    """What its holder chose to show of how the badge was earned.

    Source: Open Badges 3.0, class Evidence (`narrative`, `id`).
    """

    narrative: str = ""
    url: str = ""

    def fields(self) -> dict[str, str]:
        return {
            "evidence_narrative": documents.clean(self.narrative, NARRATIVE),
            "evidence_url": documents.clean(self.url, LINK),
        }


def award(
    *,
    recipient: Recipient,
    version: AchievementVersion,
    issuer: Issuer,
    by,
    on: datetime.datetime | None = None,
    evidence: Evidence | None = None,
    email: str = "",
    file_version: int | None = None,
) -> Credential:
    """Give a badge to somebody. It is theirs at once, signed within a minute.

    Parameters: `issuer`, the body that recognises; its neutral network signs if it has one;
    `on`, the moment it was earned, now if None; `email`, only if the holder asked that their
    address be part of the badge, of which a salted hash alone is kept; `file_version`, that of the
    person's file after this act, for its journal, if the act counts there.
    Raises ValidationError when the model is not published, the issuer may not issue, the moment is
    to come, or the person already holds this badge.
    """
    found = award_many(
        recipients=[recipient],
        version=version,
        issuer=issuer,
        by=by,
        on=on,
        evidence={recipient.pk: evidence} if evidence else {},
        emails={recipient.pk: email} if email else {},
        file_version=file_version,
    )
    if not found:
        raise ValidationError(_("La personne a déjà ce badge."))
    return found[0]


@transaction.atomic
def award_many(
    *,
    recipients: Iterable[Recipient],
    version: AchievementVersion,
    issuer: Issuer,
    by,
    on: datetime.datetime | None = None,
    evidence: Mapping[int, Evidence] | None = None,
    emails: Mapping[int, str] | None = None,
    file_version: int | None = None,
) -> list[Credential]:
    """The same for many in one gesture; those who hold the badge already are passed over.

    Parameters: `evidence` and `emails`, by the recipient's primary key.
    Returns: the new badges, which share their `batch`.
    """
    moment = _checked(version, issuer, on)
    evidence, emails, batch = evidence or {}, emails or {}, uuid.uuid4()
    people = _without(version, issuer, recipients)
    places = status.take(issuer=issuer.signs_as, count=len(people))
    rows = [
        Credential(
            territory_id=person.territory_id,
            recipient=person,
            version=version,
            issuer=issuer.signs_as,
            organisation=issuer.organisation,
            awarded_on=moment,
            awarded_by=by,
            valid_from=moment,
            valid_until=ends_on(version, moment),
            batch=batch,
            status_list=place[0],
            status_index=place[1],
            **evidence.get(person.pk, Evidence()).fields(),
            **_identity(emails.get(person.pk, "")),
        )
        for person, place in zip(people, places, strict=True)
    ]
    Credential.objects.bulk_create(rows)
    for row in rows:
        journal(Act.BADGE_AWARDED, row, by, file_version)
    due.hint_all(Credential)
    return rows


@transaction.atomic
def reissue(*, credential: Credential, by, evidence: Evidence | None = None) -> Credential:
    """Sign the badge anew: same `id`, same first date, same end, valid from a later moment.

    Parameters: `evidence`, in place of what it showed; None leaves it.
    What changed since is taken in: evidence, endorsements, keys. It lasts no longer for it: a badge
    that expired is earned again, as another one.
    Raises ValidationError when it was revoked.
    Source: Open Badges 3.0, § 9.3 (a later `validFrom` replaces the former credential).
    """
    credential = Credential.objects.select_for_update(of=["self"]).get(pk=credential.pk)
    if credential.is_revoked:
        raise ValidationError(_("Ce badge est annulé : il ne se délivre plus."))
    for name, value in (evidence.fields() if evidence else {}).items():
        setattr(credential, name, value)
    renew(credential)
    credential.save()
    journal(Act.BADGE_REISSUED, credential, by)
    due.hint(credential)
    return credential


def renew(credential: Credential) -> None:
    """The next edition, to be signed; nothing is saved. Past its end, it starts just after the
    former one, for it may not start after it ends."""
    soonest, now = credential.valid_from + datetime.timedelta(seconds=1), whole(timezone.now())
    credential.valid_from = soonest if credential.is_expired else max(now, soonest)
    credential.edition += 1
    credential.status, credential.due_at = Status.DUE, timezone.now()
    credential.attempts, credential.last_error = 0, ""


def ends_on(version: AchievementVersion, moment: datetime.datetime) -> datetime.datetime | None:
    """When a badge of this version, valid from that moment, expires; None if it never does."""
    months = version.validity_months
    return moment + relativedelta(months=months) if months else None


def whole(moment: datetime.datetime) -> datetime.datetime:
    """A badge counts in whole seconds of UTC: verifiers differ on anything else."""
    return moment.astimezone(datetime.UTC).replace(microsecond=0)


def _checked(version: AchievementVersion, issuer: Issuer, on) -> datetime.datetime:
    if version.published_on is None or version.achievement.status != Published.PUBLISHED:
        raise ValidationError(_("Ce modèle de badge n’est pas publié."))
    for one in {issuer, issuer.signs_as}:
        if one.state != IssuerState.ACTIVE:
            raise ValidationError(
                _("%(name)s ne délivre pas de badge aujourd’hui.") % {"name": one.name}
            )
    moment = whole(on or timezone.now())
    if moment > timezone.now():
        raise ValidationError({"on": _("Un badge se délivre pour ce qui a eu lieu.")})
    return moment


def _without(version, issuer, recipients) -> list[Recipient]:
    """Those who do not hold it, each once. Two who award at once wait for each other."""
    keys = {person.pk for person in recipients}
    locked = list(
        Recipient.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    )
    held = Credential.objects.live().filter(
        recipient__in=keys, version__achievement=version.achievement_id, issuer=issuer.signs_as
    )
    holders = set(held.values_list("recipient", flat=True))
    return [person for person in locked if person.pk not in holders]


def _identity(email: str) -> dict[str, str]:
    if not email:
        return {}
    hashed = documents.identity(email)
    return {
        "identity_kind": IdentityKind.EMAIL,
        "identity_hash": hashed["identityHash"],
        "identity_salt": hashed["salt"],
    }


def journal(act: str, credential: Credential, by, file_version: int | None = None) -> None:
    record(
        act,
        by=by,
        territory_id=credential.territory_id,
        participant_id=hooks.person_of(credential.recipient_id),
        about=credential,
        version=file_version,
    )
