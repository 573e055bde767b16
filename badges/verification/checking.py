"""Verify a badge, step by step: whatever is given, a Report comes back."""

import json
import logging
from datetime import datetime
from typing import Any

from django.utils import timezone

from badges.credentials.enums import ForeignKind
from badges.credentials.models import Credential
from badges.issuers.enums import State
from badges.proofs import dates
from badges.proofs.documents import identifier
from badges.proofs.errors import ProofError
from badges.verification import endorsing, keys, own, proving, status, telling, version2
from badges.verification.desk import Desk, Opener, bounded
from badges.verification.refusals import Refusal, Step
from badges.verification.report import Check, Report
from badges.verification.sources import Found, found_in

logger = logging.getLogger(__name__)
BADGES = {"OpenBadgeCredential", "AchievementCredential"}


def verify(
    source: bytes | str | dict[str, Any],
    *,
    fetch: bool = True,
    opener: Opener | None = None,
) -> Report:
    """What a badge is worth, ours or anybody's.

    Parameters: `source`, a file (JSON, JWT, PNG, SVG), a text, a link or a document; `fetch`,
    whether addresses of others may be read, without which only our own badges can be verified;
    `opener`, how they are read (rtr/lib/public_web.py unless given).
    Returns: always a Report; what is wrong is one of its checks, never an exception.
    Sources: Open Badges 3.0, 8 (Proof Formats) and 9 (Verification); Open Badges 2.0.
    """
    report = Report()
    desk = Desk(fetch=fetch, opener=opener)
    now = timezone.now()
    step = Step.READ
    try:
        if isinstance(source, dict):
            bounded(source)
        found = found_in(source, desk)
        _read(report, found)
        if isinstance(found.signed, dict) and version2.is_assertion(found.signed):
            step = Step.ISSUER
            version2.check(report, found.signed, desk, now=now)
        else:
            for each in _STEPS:
                step = each[0]
                each[1](report, found.signed, desk, now)
        _picture(report, found, desk)
    except (ProofError, Refusal) as error:
        report.refused(step, error.code)
    except Exception as error:  # noqa: BLE001 (strangers write it: a page, never a 5xx)
        logger.exception("verification: %s", type(error).__name__)
        report.refused(step, "failed")
    report.complete()
    return report


def checks_of(credential: Credential) -> list[Check]:
    """What is looked at when a badge of ours is shown: for badges/credentials/hooks.py."""
    return verify(credential.document, fetch=False).checks


def _read(report: Report, found: Found) -> None:
    document = proving.document_of(found.signed)
    is_token = isinstance(found.signed, str)
    report.credential = document
    report.kind = ForeignKind.OB3_JWT if is_token else ForeignKind.OB3_JSON
    report.text = found.text or json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    report.passed(Step.READ)


def _check_form(report: Report, signed: proving.Given, desk: Desk, now: datetime) -> None:
    document = report.credential or {}
    proving.check_form(document, is_signed_whole=isinstance(signed, str))
    kinds = document.get("type")
    if not isinstance(kinds, list) or not BADGES & {str(kind) for kind in kinds}:
        raise ProofError("wrong_type")
    report.told = telling.told(document)
    report.passed(Step.FORM)


def _check_issuer(report: Report, signed: proving.Given, desk: Desk, now: datetime) -> None:
    """The key that signed is listed by the issuer."""
    proving.key_of(signed, desk, now=now)
    issuer = identifier((report.credential or {}).get("issuer"))
    report.is_ours = own.issuer_of(issuer) is not None
    report.is_key_alone = not keys.host_of(issuer)
    if report.is_key_alone:
        report.passed(Step.ISSUER, "key_alone", ok=None)
    else:
        report.passed(Step.ISSUER)


def _check_signature(report: Report, signed: proving.Given, desk: Desk, now: datetime) -> None:
    proving.check_signature(signed, proving.key_of(signed, desk, now=now))
    report.passed(Step.SIGNATURE)


def _check_dates(report: Report, signed: proving.Given, desk: Desk, now: datetime) -> None:
    """Said, and the rest is looked at all the same."""
    document = report.credential or {}
    try:
        dates.check_dates(document, now=now)
    except ProofError as error:
        report.refused(Step.DATES, error.code)
    else:
        report.passed(Step.DATES, "" if "validUntil" in document else "no_end")


def _check_status(report: Report, signed: proving.Given, desk: Desk, now: datetime) -> None:
    try:
        if status.check(report.credential or {}, desk, now=now):
            report.passed(Step.STATUS)
        else:
            report.passed(Step.STATUS, "no_status", ok=None)
    except (ProofError, Refusal) as error:
        report.refused(Step.STATUS, error.code)


def _check_member(report: Report, signed: proving.Given, desk: Desk, now: datetime) -> None:
    """Of our issuers only: a body that left issues no more; what it issued stays valid."""
    document = report.credential or {}
    issuer = own.issuer_of(identifier(document.get("issuer")))
    if issuer is None:
        return
    if issuer.state == State.ACTIVE:
        report.passed(Step.MEMBER)
    elif issuer.state == State.SUSPENDED:
        report.passed(Step.MEMBER, "suspended_later", ok=None)
    else:
        awarded = dates.read_date(document.get("awardedDate") or document["validFrom"])
        if timezone.localdate(awarded) > issuer.left_on:
            report.refused(Step.MEMBER, "issuer_left")
        else:
            report.passed(Step.MEMBER, "left_later", ok=None)


def _check_endorsements(report: Report, signed: proving.Given, desk: Desk, now: datetime) -> None:
    report.endorsements = endorsing.supports(report.credential or {}, desk, now=now)


def _picture(report: Report, found: Found, desk: Desk) -> None:
    told = report.told
    if told and not told.own_image:
        inside = telling.drawn_again(found.image) if found.image else None
        told.image = inside or telling.picture(told.image_url, desk)


_STEPS = (
    (Step.FORM, _check_form),
    (Step.ISSUER, _check_issuer),
    (Step.SIGNATURE, _check_signature),
    (Step.DATES, _check_dates),
    (Step.STATUS, _check_status),
    (Step.MEMBER, _check_member),
    (Step.MEMBER, _check_endorsements),
)
