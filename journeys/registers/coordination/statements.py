"""The hours of a month, person by person: to prepare, to read, to sign; apart from registers."""

import datetime

from csp.constants import SELF
from csp.decorators import csp_update
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from journeys.activities.tabs import tabs_for
from journeys.contracts.actions.signing import signer_of
from journeys.pathway.models import Journey
from journeys.registers.actions.stating import prepare_month, sign
from journeys.registers.forms import SignForm
from journeys.registers.hours import last_month, next_month, said
from journeys.registers.models import AttendanceStatement
from journeys.registers.printing import pdf
from rtr.lib.http import post_only
from rtr.lib.kept import bound
from rtr.lib.refusals import say_refusal
from rtr.lib.told import tell
from territories.accounts.doors import require
from territories.journal.actions import record, record_opening
from territories.journal.enums import Act


def month_in(text: str) -> datetime.date:
    try:
        return datetime.datetime.strptime(text, "%Y-%m").date()
    except ValueError as error:
        raise Http404 from error


def statements(request, month: str = ""):
    """A month's statements: who has signed, who is awaited, and the batch that prepares them."""
    on = month_in(month) if month else last_month()
    rows = (
        AttendanceStatement.objects.visible_to(request.user)
        .standing()
        .filter(month=on, territory_id__in=_places(request))
        .select_related("journey__participant")
        .order_by("journey__participant__search_name", "pk")
    )
    found = list(rows)
    for row in found:
        row.said = said(row.minutes) or _("aucune heure")
    context = {
        "tabs": tabs_for(request),
        "month": on,
        "statements": found,
        "progress": _progress(found),
        "before": (on - datetime.timedelta(days=1)).replace(day=1),
        "after": next_month(on) if on < last_month() else None,
        "is_over": on <= last_month(),
    }
    return render(request, "journeys/registers/statements.html", context)


def _places(request) -> set[int]:
    return request.place_ids & request.user.territories_where("statements.sign")


def _progress(found: list[AttendanceStatement]) -> dict[str, int]:
    return {
        "all": len(found),
        "signed": sum(row.is_signed for row in found),
        "person": sum(row.person_signed_at is None for row in found),
        "team": sum(row.team_signed_at is None for row in found),
    }


@post_only
def statements_prepare(request, month: str):
    on = month_in(month)
    journeys = Journey.objects.visible_to(request.user).filter(territory_id__in=_places(request))
    try:
        made = prepare_month(month=on, by=request.user, journeys=journeys)
    except ValidationError as error:
        tell(request, " ".join(error.messages), level=30)
    else:
        count = {"count": len(made)}
        text = _("Relevés préparés : %(count)s.") % count if made else _("Rien de plus à préparer.")
        tell(request, text)
    return redirect("statements_of", f"{on:%Y-%m}")


def statement_for(request, pk: int) -> AttendanceStatement:
    rows = AttendanceStatement.objects.visible_to(request.user)
    rows = rows.select_related("journey__participant", "journey__territory__programme")
    found = get_object_or_404(rows, pk=pk)
    require(request.user, "statements.sign", found.territory_id)
    if request.method == "GET":
        record_opening(
            by=request.user,
            territory_id=found.territory_id,
            participant_id=found.journey.participant_id,
        )
    return found


def statement(request, pk):
    """What it says, its versions, and one's own signature."""
    found = statement_for(request, pk)
    label = _("Je signe ce relevé, en mon nom")
    form = bound(SignForm, request, label=label, initial={"sha256": found.sha256})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                sign(statement=found, by=request.user, sha256=form.cleaned_data["sha256"])
            except ValidationError as error:
                say_refusal(form, error)
            else:
                return _signed(request, found)
    context = {
        "statement": found,
        "participant": found.journey.participant,
        "rows": shown(found),
        "total": said(found.minutes) or _("aucune heure"),
        "versions": _versions(found),
        "form": form,
        "may_sign": not found.replaced_at
        and found.team_signed_at is None
        and signer_of(request.user, found.journey) is not None,
    }
    return render(request, "journeys/registers/statement.html", context, status=status)


def _signed(request, found):
    tell(
        request,
        _("Vous avez signé ce relevé."),
        next_url=reverse("statements_of", args=[f"{found.month:%Y-%m}"]),
        next_word=_("Voir les relevés du mois"),
    )
    return redirect("statement", found.pk)


def shown(statement: AttendanceStatement) -> list[dict]:
    return [
        row | {"day": datetime.date.fromisoformat(row["on"]), "said": said(row["minutes"])}
        for row in statement.rows
    ]


def _versions(found: AttendanceStatement) -> list[AttendanceStatement]:
    others = found.journey.statements.filter(month=found.month).exclude(pk=found.pk)
    return list(others.order_by("-number"))


@csp_update({"object-src": [SELF]})  # the browser's own reader is an object
def statement_pdf(request, pk):
    found = statement_for(request, pk)
    record(
        Act.STATEMENT_PRINTED,
        by=request.user,
        territory_id=found.territory_id,
        participant_id=found.journey.participant_id,
        about=found,
    )
    return paper(found, "inline")


def paper(found: AttendanceStatement, how: str) -> HttpResponse:
    response = HttpResponse(pdf(found), content_type="application/pdf")
    name = f"heures-{found.month:%Y-%m}-version-{found.number}.pdf"
    response["Content-Disposition"] = f'{how}; filename="{name}"'
    return response
