"""Taking a register: the list of the day, the sheet, and each gesture without JavaScript."""

import hashlib
import json

from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.http.request import RawPostDataException
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from journeys.activities.enums import Attendance
from journeys.activities.tabs import tabs_for
from journeys.registers.actions.marking import Gesture, mark, mark_everybody, take_back_marks
from journeys.registers.actions.syncing import MOST, Sent, synchronise
from journeys.registers.actions.walking_in import Full, walk_in
from journeys.registers.forms import MarkForm, WalkInForm
from journeys.registers.hours import said
from journeys.registers.reading import (
    corrections_of,
    counted,
    is_of_past_month,
    listed,
    register_for,
    sent_for,
    sheet_of,
    words,
)
from rtr.lib import here
from rtr.lib.http import post_only
from rtr.lib.kept import bound
from rtr.lib.refusals import say_refusal
from rtr.lib.told import tell

# What the worker of the page keeps on the phone, beside the empty sheet.
ASSETS = [
    "vendor/bootstrap-5.3.9/bootstrap.css",
    "css/rtr.css",
    "css/print.css",
    "js/rtr.js",
    "js/register-store.js",
    "js/register.js",
    "img/icons.svg",
    "img/favicon.svg",
]
SHEET = 1  # one more when the empty sheet changes and none of its files does
BLANK = {"n": "", "name": "", "a": "registered", "m": "", "long": "", "w": False}
WARNING = 30  # of django.contrib.messages


def registers(request):
    """Today's registers, and those that nobody took: a volunteer's only page."""
    found = listed(request.user, request.place_ids)
    helps_only = not request.user.may("activities.read")
    tabs = [] if helps_only else tabs_for(request)
    context = found | {"tabs": tabs, "helps_only": helps_only}
    return render(request, "journeys/registers/registers.html", context)


def register(request, pk):
    """GET shows the sheet; POST notes one row, for who has no JavaScript."""
    session = register_for(request, pk)
    if request.method == "POST":
        return _note(request, session)
    return _sheet(request, session, bound(WalkInForm, request))


def _sheet(request, session, form, *, confirm="", status=200):
    sheet = sheet_of(session)
    context = _frame(session, sheet, form, confirm) | {
        "data": sheet | {"who": here.word_of(request.user)},
        "count": counted(sheet),
        "corrections": corrections_of(session),
        "is_past": is_of_past_month(session),
        "may_give": request.user.may("badges.award", session.territory_id),
    }
    return render(request, "journeys/registers/register.html", context, status=status)


def _frame(session, sheet: dict, form, confirm: str = "") -> dict:
    """What the sheet needs, full or empty."""
    return {
        "session": session,
        "sheet": sheet,
        "rows": [row | {"long": said(row["m"])} for row in sheet["rows"]],
        "blank": BLANK,
        "form": form,
        "confirm": confirm,
        "words": words(),
    }


def shell(request):
    """The empty sheet, the same for everybody: what a phone shows without network."""
    context = _frame(None, {"rows": [], "title": "", "planned": ""}, WalkInForm())
    return render(request, "journeys/registers/register.html", context)


def worker(request):
    """The service worker: served here so that its scope is that of registers, and no wider."""
    assets = json.dumps([static(name) for name in ASSETS])
    version = hashlib.sha256(assets.encode()).hexdigest()[:12]
    context = {"assets": assets, "version": f"{SHEET}-{version}"}
    script = render(request, "journeys/registers/worker.js", context)
    script["Content-Type"] = "text/javascript; charset=utf-8"
    script["Service-Worker-Allowed"] = "/registres/"
    script["Cache-Control"] = "no-cache"
    return script


def _note(request, session):
    form = MarkForm(request.POST)
    if not form.is_valid():
        tell(request, _("Ce geste n’a pas pu se noter : recommencez."), level=WARNING)
        return redirect("register", session.pk)
    wanted = form.cleaned_data
    gesture = Gesture(by=request.user, attendance=wanted["attendance"], minutes=wanted["minutes"])
    try:
        done = mark(session=session, number=wanted["number"], gesture=gesture)
    except ValidationError as error:
        tell(request, " ".join(error.messages), level=WARNING)
    else:
        state = Attendance(done.attendance).label
        text = _("%(name)s : %(state)s.") % {"name": done.enrolment.nickname, "state": state}
        tell(request, text, undo_url=_undo(session, done.batch))
    return redirect("register", session.pk)


def _undo(session, batch) -> str:
    return reverse("register_undo", args=[session.pk, batch])


@post_only
def register_all(request, pk):
    session = register_for(request, pk)
    try:
        batch = mark_everybody(session=session, by=request.user)
    except ValidationError as error:
        tell(request, " ".join(error.messages), level=WARNING)
        return redirect("register", pk)
    if batch:
        tell(request, _("Tout le monde est noté présent."), undo_url=_undo(session, batch))
    else:
        tell(request, _("Chaque personne était déjà notée."))
    return redirect("register", pk)


@post_only
def register_undo(request, pk, batch):
    session = register_for(request, pk)
    try:
        undone = take_back_marks(session=session, by=request.user, batch=batch)
    except ValidationError as error:
        tell(request, " ".join(error.messages), level=WARNING)
    else:
        text = _("C’est annulé.") if undone else _("La feuille a changé depuis : rien à annuler.")
        tell(request, text)
    return redirect("register", pk)


@post_only
def register_walk_in(request, pk):
    """Somebody came without a place: a nickname, or the code of a card."""
    session = register_for(request, pk)
    form = WalkInForm(request.POST)
    if not form.is_valid():
        return _sheet(request, session, form, status=422)
    try:
        done = walk_in(
            session=session,
            gesture=Gesture(by=request.user),
            who=form.cleaned_data["who"],
            beyond=request.POST.get("beyond") == "yes",
        )
    except Full as full:
        return _sheet(request, session, form, confirm=" ".join(full.messages), status=409)
    except ValidationError as error:
        say_refusal(form, error)
        return _sheet(request, session, form, status=422)
    text = _("%(name)s est là.") % {"name": done.enrolment.nickname}
    tell(request, text, undo_url=_undo(session, done.batch))
    return redirect("register", pk)


@require_POST
def register_sync(request, pk):
    """What a phone kept: JSON in, one answer per gesture out, and the register as it is now."""
    session, is_open = sent_for(request, pk)
    try:
        sent = json.loads(request.body or b"{}")
        gestures = [Sent.read(raw) for raw in sent["gestures"]]
        who = str(sent["who"])
    except (ValueError, TypeError, KeyError, AttributeError, RawPostDataException):
        return JsonResponse({"said": _("Ces gestes ne se lisent pas.")}, status=400)
    if len(gestures) > MOST:
        return JsonResponse({"said": _("Trop de gestes à la fois.")}, status=413)
    if who != here.word_of(request.user):  # somebody else signed in on this phone
        return JsonResponse({"said": _("Ces gestes sont d’une autre personne.")}, status=409)
    results = synchronise(session=session, by=request.user, gestures=gestures)
    session.refresh_from_db()
    answer = {"results": results, "sheet": sheet_of(session) if is_open else None}
    return JsonResponse(answer)


def register_print(request, pk):
    """The sheet on paper: numbers, nicknames, boxes; nobody's name, no signature."""
    session = register_for(request, pk)
    back = reverse("register", args=[pk])
    context = {"session": session, "sheet": sheet_of(session), "blank": range(4), "back": back}
    return render(request, "journeys/registers/print.html", context)
