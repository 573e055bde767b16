"""A statement of hours on paper (typst, PDF/UA-1): what was frozen, and who signed it when."""

import datetime
import json
from functools import cache
from pathlib import Path

import typst
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.registers.hours import said
from journeys.registers.models import AttendanceStatement
from rtr.lib import french


def pdf(statement: AttendanceStatement) -> bytes:
    """What people typed reaches the page as data, never as markup."""
    return typst.compile(
        _layout(),
        sys_inputs={"data": json.dumps(_data(statement), ensure_ascii=False)},
        pdf_standards="ua-1",
        ignore_system_fonts=True,
        timestamp=int(statement.prepared_at.timestamp()),
    )


@cache
def _layout() -> bytes:
    return (Path(__file__).parent / "statement.typ").read_bytes()


def _data(statement: AttendanceStatement) -> dict:
    month = french.month(statement.month)
    rows = [
        [
            french.day(datetime.date.fromisoformat(row["on"])),
            row["title"],
            said(row["minutes"]),
        ]
        for row in statement.rows
    ]
    return {
        "title": _("Relevé d’heures, %(month)s") % {"month": month},
        "code": statement.code,
        "who": statement.name,
        "version": _("Version %(number)s") % {"number": statement.number},
        "replaced": _("Ce relevé a été remplacé par un autre.") if statement.replaced_at else "",
        "head": [_("Jour"), _("Séance"), _("Durée")],
        "rows": rows,
        "total": _("En tout : %(total)s") % {"total": said(statement.minutes) or "0 h"},
        "signatures": _("Signatures"),
        "signed": [
            _signed(_("La personne"), statement.name, statement.person_signed_at),
            _signed(_("L’équipe"), statement.team_name, statement.team_signed_at),
        ],
        "print": _("Empreinte (SHA-256)"),
        "sha256": statement.sha256,
    }


def _signed(who: str, name: str, at: datetime.datetime | None) -> dict:
    if at is None:
        return {"who": who, "said": _("pas encore signé")}
    local = timezone.localtime(at)
    day = f"{french.day(local.date())}, {french.hour(local)}"
    return {"who": who, "said": _("%(name)s, le %(day)s") % {"name": name, "day": day}}
