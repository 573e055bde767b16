"""What a verification found."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from badges.verification.refusals import (
    NOT_LOOKED_AT,
    NOTES,
    STEPS,
    TITLES,
    WORDS,
    Step,
    Verdict,
    step_of,
)

# The reason that speaks first when there are several: the worst.
ORDER = [Verdict.FALSE, Verdict.REVOKED, Verdict.EXPIRED, Verdict.EARLY, Verdict.UNKNOWN]


@dataclass(frozen=True)
class Check:
    """One thing that was looked at.

    `code`, a Step; `ok`, None when it was not looked at, or says nothing for or against; `why`, a
    code of WORDS or of NOTES. Words are of the language of whoever reads them.
    """

    code: str
    ok: bool | None
    why: str = ""

    @property
    def title(self) -> str:
        holds, _why, looked_at = STEPS[Step(self.code)]
        return str(holds if self.ok else looked_at)

    @property
    def words(self) -> str:
        if self.why:
            return str(NOTES[self.why] if self.why in NOTES else WORDS[self.why][2])
        return str(NOT_LOOKED_AT if self.ok is None else STEPS[Step(self.code)][1])

    def kept(self) -> dict[str, Any]:
        """As it is kept with an imported badge; `Check(**kept)` without `words` reads it again."""
        return {"code": self.code, "ok": self.ok, "why": self.why, "words": self.words}


@dataclass
class Endorsement:
    """What others say of the badge, and whether they did."""

    name: str
    comment: str
    host: str = ""
    why: str = ""  # a code of WORDS if it does not count
    is_identified: bool | None = None  # None: not ours to say

    @property
    def ok(self) -> bool:
        return not self.why

    @property
    def words(self) -> str:
        return str(WORDS[self.why][2]) if self.why else ""


@dataclass
class Told:
    """What the badge says, in texts made safe to show: cut, without what misleads."""

    name: str = ""
    description: str = ""
    criteria: str = ""
    issuer_name: str = ""
    issuer_url: str = ""
    host: str = ""  # the internet name that vouches for the issuer
    awarded_on: datetime | None = None
    valid_until: datetime | None = None
    image_url: str = ""  # where the image of a stranger's badge is
    own_image: str = ""  # the uuid of one of our models
    image: bytes | None = None  # PNG, drawn again


@dataclass
class Report:
    """The whole of it. `credential`, the document as it was given, only once it can be read."""

    checks: list[Check] = field(default_factory=list)
    kind: str = ""  # of ForeignKind
    text: str = ""  # the document or the token by itself
    credential: dict[str, Any] | None = None
    told: Told | None = None
    endorsements: list[Endorsement] = field(default_factory=list)
    is_ours: bool = False
    is_key_alone: bool = False

    @property
    def issuer(self) -> str:
        return self.told.issuer_name if self.told else ""

    @property
    def reason(self) -> str:
        """The code that decides, empty for a genuine badge."""
        whys = [check.why for check in self.checks if check.ok is False]
        return min(whys, key=_rank, default="")

    @property
    def verdict(self) -> Verdict:
        if self.reason:
            return WORDS[self.reason][1]
        return Verdict.INTACT if self.is_key_alone else Verdict.GENUINE

    @property
    def is_genuine(self) -> bool:
        return self.verdict is Verdict.GENUINE

    @property
    def is_signed(self) -> bool:
        """Whether its issuer said what it says: else nothing of it is worth showing."""
        return any(check.code == Step.SIGNATURE and check.ok for check in self.checks)

    @property
    def title(self) -> str:
        return str(TITLES[self.verdict])

    @property
    def words(self) -> str:
        """The sentence under the title; empty for a genuine badge, whose page says more."""
        if self.reason:
            return str(WORDS[self.reason][2])
        return str(NOTES["key_alone"]) if self.is_key_alone else ""

    def passed(self, step: Step, why: str = "", *, ok: bool | None = True) -> None:
        self.checks.append(Check(step, ok, why))

    def refused(self, step: Step, why: str) -> None:
        """Parameters: `step`, what was being looked at."""
        where = step_of(why, step)
        self.checks = [check for check in self.checks if check.code != where]
        self.checks.append(Check(where, False, why))

    def complete(self) -> None:
        """Every step is listed, in order; those that were not reached say so."""
        seen = {check.code: check for check in self.checks}
        steps = [step for step in Step if step is not Step.MEMBER or step in seen]
        self.checks = [seen.get(step) or Check(step, None) for step in steps]


def _rank(why: str) -> int:
    verdict = WORDS[why][1]
    return ORDER.index(verdict) if verdict in ORDER else -1
