"""Open Badges 2.0, hosted: the badge is true because its issuer publishes it at its own address.

Source: 1EdTech Open Badges 2.0, « Verification » (HostedBadge, `startsWith`, `allowedOrigins`).
"""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from badges.credentials.enums import ForeignKind
from badges.proofs.errors import ProofError
from badges.verification.desk import Desk
from badges.verification.refusals import Refusal, Step
from badges.verification.report import Report, Told
from badges.verification.telling import NAME, address_of, day, link, part, text

CONTEXT = "https://w3id.org/openbadges/v2"

Part = dict[str, Any]


def is_assertion(document: Part) -> bool:
    kinds = document.get("type")
    return "Assertion" in (kinds if isinstance(kinds, list) else [kinds])


def check(report: Report, given: Part, desk: Desk, *, now: datetime) -> None:
    """Add to the report what this assertion is worth. Raises ProofError or Refusal, with `step`
    the one that was being looked at."""
    report.kind = ForeignKind.OB2
    _check_form(given)
    report.passed(Step.FORM)
    hosted = _hosted(given, desk)
    badge = _linked(hosted.get("badge"), desk)
    issuer = _linked(badge.get("issuer"), desk)
    _check_origin(hosted, issuer)
    report.told = _told(hosted, badge, issuer)
    report.passed(Step.ISSUER, "hosted")
    if not _same(given, hosted):
        raise Refusal("hosted_elsewhere")
    report.passed(Step.SIGNATURE, "hosted")
    _check_today(report, hosted, now)


def _check_form(given: Part) -> None:
    stated = given.get("@context")
    contexts = stated if isinstance(stated, list) else [stated]
    if any(isinstance(one, dict) for one in contexts):
        raise ProofError("inline_context")
    if CONTEXT not in contexts:
        raise ProofError("no_context")


def _hosted(given: Part, desk: Desk) -> Part:
    """The assertion as its address gives it today."""
    how = part(given.get("verification") or given.get("verify")).get("type")
    kinds = how if isinstance(how, list) else [how]
    if not {"HostedBadge", "hosted"} & {str(one) for one in kinds}:
        raise Refusal("signed_v2")
    url = given.get("id")
    if not isinstance(url, str):
        raise ProofError("bad_iri", "id")
    try:
        hosted = desk.document(url)
    except Refusal as error:
        raise Refusal("revoked") from error if error.code == "gone" else error
    if hosted.get("id") != url or not is_assertion(hosted):
        raise Refusal("hosted_elsewhere")
    return hosted


def _linked(value: object, desk: Desk) -> Part:
    """A badge class or an issuer: at its address, even if it is written inside too."""
    url = value.get("id") if isinstance(value, dict) else value
    if not isinstance(url, str):
        raise ProofError("bad_iri", str(value)[:80])
    found = desk.document(url)
    if found.get("id") != url:
        raise Refusal("hosted_elsewhere")
    return found


def _check_origin(hosted: Part, issuer: Part) -> None:
    rule = part(issuer.get("verification"))
    starts = rule.get("startsWith", [])
    allowed = rule.get("allowedOrigins", [])
    starts = starts if isinstance(starts, list) else [starts]
    allowed = allowed if isinstance(allowed, list) else [allowed]
    if not starts and not allowed:
        allowed = [urlsplit(issuer["id"]).hostname]
    begins = any(isinstance(one, str) and one and hosted["id"].startswith(one) for one in starts)
    if not begins and urlsplit(hosted["id"]).hostname not in allowed:
        raise Refusal("issuer_elsewhere")


def _same(given: Part, hosted: Part) -> bool:
    """What was handed over says nothing that the address does not."""
    return all(
        given.get(name, hosted.get(name)) == hosted.get(name)
        for name in ("recipient", "badge", "issuedOn", "expires", "evidence", "narrative")
    )


def _check_today(report: Report, hosted: Part, now: datetime) -> None:
    issued, ends = day(hosted.get("issuedOn")), day(hosted.get("expires"))
    if issued is None or "expires" in hosted and ends is None:
        report.refused(Step.DATES, "bad_date")
    elif issued > now:
        report.refused(Step.DATES, "not_yet_valid")
    elif ends and ends <= now:
        report.refused(Step.DATES, "expired")
    else:
        report.passed(Step.DATES, "" if ends else "no_end")
    if hosted.get("revoked") not in (None, False):
        report.refused(Step.STATUS, "revoked")
    else:
        report.passed(Step.STATUS, "hosted")


def _told(hosted: Part, badge: Part, issuer: Part) -> Told:
    return Told(
        name=text(badge.get("name"), NAME),
        description=text(badge.get("description")),
        criteria=text(part(badge.get("criteria")).get("narrative")),
        issuer_name=text(issuer.get("name"), NAME),
        issuer_url=link(issuer.get("url")),
        host=urlsplit(issuer["id"]).hostname or "",
        awarded_on=day(hosted.get("issuedOn")),
        valid_until=day(hosted.get("expires")),
        image_url=address_of(hosted.get("image") or badge.get("image")),
    )
