"""A register as a sheet of numbers, nicknames, presences and hours."""

from django.db.models import F
from django.utils import timezone

from journeys.activities.enums import Attendance
from journeys.registers.reading import register_for
from rtr.lib.sheets import Harmless, Labelled, download
from territories.journal.actions import record
from territories.journal.enums import Act

HEAD = ["numero", "surnom", "presence", "duree_en_minutes"]


def register_csv(request, pk):
    session = register_for(request, pk)
    rows = (
        session.enrolments.enrolled()
        .order_by("number")
        .annotate(
            cell_nickname=Harmless(F("nickname")),
            cell_attendance=Labelled("attendance", Attendance.choices),
        )
        .values_list("number", "cell_nickname", "cell_attendance", "minutes")
    )
    record(Act.EXPORTED, by=request.user, territory_id=session.territory_id, about=session)
    name = f"registre-{timezone.localdate(session.starts_at):%Y-%m-%d}-{session.pk}"
    return download(rows, HEAD, name=name, excel=request.GET.get("excel") == "1")
