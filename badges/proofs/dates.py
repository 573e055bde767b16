"""Instants as credentials write them, and whether one holds today."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from badges.proofs.errors import ProofError

SKEW = timedelta(seconds=10)
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)", re.ASCII)


def iso(at: datetime) -> str:
    """`2026-03-01T08:30:00Z`. Raises `bad_date` for a datetime without its zone."""
    if at.tzinfo is None:
        raise ProofError("bad_date", "without a zone")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read_date(text: object) -> datetime:
    """An instant as others write them: with fractions, or another zone. Raises `bad_date`."""
    if not isinstance(text, str) or not _DATE.fullmatch(text):
        raise ProofError("bad_date", str(text)[:40])
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise ProofError("bad_date", text) from None


def check_dates(document: dict[str, Any], *, now: datetime) -> None:
    """Refuse what is not valid yet, or no longer: `not_yet_valid`, `expired`, `bad_date`.

    Two clocks are never the same: a start is let in `SKEW` before its time. A proof may end before
    what it proves. Any credential: a badge, an endorsement, a list.
    Sources: Verifiable Credentials 2.0, 4.9; VC Data Integrity 1.0, 2.1 (`expires`).
    """
    if read_date(document.get("validFrom")) > now + SKEW:
        raise ProofError("not_yet_valid", document["validFrom"])
    proof = document.get("proof", [])
    proofs = proof if isinstance(proof, list) else [proof]
    ends = [one["expires"] for one in proofs if isinstance(one, dict) and "expires" in one]
    for end in [document["validUntil"], *ends] if "validUntil" in document else ends:
        if read_date(end) <= now:
            raise ProofError("expired", end)
