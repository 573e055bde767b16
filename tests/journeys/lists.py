"""Reading a list page, and small rows that change what it says."""

import re

from journeys.models import Absence
from tests.journeys.factories import ago


def nicknames(page) -> list[str]:
    return re.findall(r'<a class="go" href="[^"]+">([^<]+)</a>', page.content.decode())


def absent(journey, kind, **fields):
    why = {"pause_reason": "choice"} if kind == "pause" else {"exit_kind": "cdi"}
    fields = {"from_on": ago(2)} | why | fields
    return Absence.objects.create(territory=journey.territory, journey=journey, kind=kind, **fields)
