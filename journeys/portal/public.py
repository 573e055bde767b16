"""The doors: a number, a link, a card, a code shown by the team. Nobody is named before."""

import time

from django.conf import settings
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from journeys.portal.actions import (
    Typed,
    ask_code,
    card_works,
    is_right,
    is_usable,
    people_at,
    use_card,
    use_link,
    use_screen_code,
)
from journeys.portal.demo import demo_card
from journeys.portal.entering import Way, let_in, let_in_one, network_of, those_waiting
from journeys.portal.entering import for_the_person as door
from journeys.portal.forms import CodeForm, NumberForm, PinForm, ScreenForm
from journeys.portal.languages import language_of
from rtr.lib import kept
from rtr.lib.http import keeps_words
from rtr.lib.sealed import seal, unseal

ASKED = "code_asked"  # in the session: the number, sealed, and the row of its code
SECOND_TAP = 20  # seconds within which asking again is the same act


def show(request, template: str, *, status: int = 200, **context):
    if request.method == "POST" and status == 200:
        status = 422
    return render(request, f"journeys/portal/{template}.html", context, status=status)


@never_cache
@keeps_words
@door
def enter_help(request):
    """The door: a number to receive a code, and the three other ways."""
    is_late = getattr(request, "is_csrf_expired", False)
    if is_late:  # refused before the language was known
        translation.activate(language_of(request))
    form = NumberForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and not is_late and form.is_valid():
        if _ask(request, form.cleaned_data["phone"]):
            return redirect("portal_code")
        form.add_error("phone", _("Beaucoup de codes sont partis. Attendez une heure."))
    return show(
        request,
        "help",
        form=form,
        is_leaving="au-revoir" in request.GET,
        is_ended="fin" in request.GET,
        is_kept=kept.KEY in request.session,
        is_late=is_late,
        has_no_cookies=is_late and not request.COOKIES,
        demo=demo_card(),
    )


def _back(request):
    """A second tap leads in, whoever has nothing to do here to the door."""
    is_in = request.user.is_authenticated and request.user.territory_id
    return redirect("portal" if is_in else "portal_enter_help")


def _ask(request, number: str) -> bool:
    """Whether a code was asked for; a second tap asks for nothing more."""
    asked = request.session.get(ASKED)
    if asked and time.time() - asked["at"] < SECOND_TAP and unseal(asked["number"]) == number:
        return True
    language = translation.get_language()
    row = ask_code(number=number, network=network_of(request), language=language)
    if row is None:
        return False
    request.session[ASKED] = {"number": seal(number), "row": row.pk, "at": time.time()}
    return True


@never_cache
@door
def code(request):
    """The six figures received; the same page whoever has the number, or nobody."""
    asked = request.session.get(ASKED)
    if not asked:
        return _back(request)
    number, is_worn = unseal(asked["number"]), False
    form = CodeForm(request.POST if request.method == "POST" else None)
    if "again" in request.POST:
        form = CodeForm()
        if _ask(request, number):
            return redirect("portal_code")
        is_worn = True
    elif form.is_bound and form.is_valid():
        right = is_right(pk=asked["row"], number=number, code=form.cleaned_data["code"])
        if right and (people := people_at(number)):
            del request.session[ASKED]
            return let_in_one(request, people, Way.SMS)
        is_worn = right is not False
        if not is_worn:
            form.add_error("code", _("Ce code est faux. Regardez encore le message."))
    return show(
        request, "code", form=form, number=number, is_worn=is_worn, sms=_where_demo_messages_are()
    )


def _where_demo_messages_are() -> str:
    return str(settings.SMS_FILE_PATH) if settings.DEMO and settings.SMS_PROVIDER == "file" else ""


@never_cache
@door
def choose(request):
    """A phone of several people: who is it?"""
    if (waiting := those_waiting(request)) is None:  # a second tap, or too late
        return _back(request)
    people, way = waiting
    wanted = [one for one in people if str(one.pk) == request.POST.get("person")]
    if wanted:
        return let_in_one(request, wanted, way)
    names = [one.nickname for one in people]
    for one in people:
        one.is_doubled = names.count(one.nickname) > 1
    return show(request, "choose", people=people)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@door
def enter(request, token):
    """GET asks to press a button (programs that preview links press none); POST enters, once."""
    if request.method == "POST":
        if user := use_link(token):
            return let_in(request, user, Way.LINK)
        if request.user.is_authenticated:  # a second tap on the link that let them in
            return _back(request)
    elif is_usable(token):
        return show(request, "enter")
    return show(request, "used", status=404)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@door
def card(request, token):
    """The drawing leads here; the four figures open."""
    form = PinForm(request.POST if request.method == "POST" else None)
    answer = None if card_works(token) else Typed.GONE
    if answer is None and form.is_bound and form.is_valid():
        answer = use_card(token=token, pin=form.cleaned_data["pin"])
        if not isinstance(answer, Typed):
            return let_in(request, answer, Way.CARD)
    if answer == Typed.GONE:
        return show(request, "card_gone", status=404)
    if answer == Typed.WRONG:
        form.add_error("pin", _("Ces chiffres sont faux. Essayez encore."))
    return show(request, "card", form=form, waits=answer == Typed.WAIT)


@never_cache
@door
def screen(request):
    """The eight figures that somebody of the team shows."""
    form = ScreenForm(request.POST if request.method == "POST" else None)
    answer = None
    if form.is_bound and form.is_valid():
        figures = form.cleaned_data["code"]
        answer = use_screen_code(figures=figures, network=network_of(request))
        if not isinstance(answer, Typed):
            return let_in(request, answer, Way.SCREEN)
        if request.user.is_authenticated:  # a second tap
            return _back(request)
    if answer in (Typed.WRONG, Typed.GONE):
        form.add_error("code", _("Ce code ne marche pas. Vérifiez, ou demandez un autre code."))
    return show(request, "screen", form=form, waits=answer == Typed.WAIT)
