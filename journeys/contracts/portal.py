"""Signing on one's own phone: the page of a link, and the acts that the person's pages share.

GET never signs, opens nor sends: programs that preview links press no button. Everything works
without JavaScript but reading aloud.
"""

import unicodedata

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from journeys.contracts.actions.coding import Answer, refuse_contract, send_code, sign_with_code
from journeys.contracts.actions.linking import (
    ask_to_talk,
    open_link,
    send_again,
    state_of,
    territory_behind,
)
from journeys.contracts.actions.objectives import agree_objective
from journeys.contracts.enums import Agreed, Signer
from journeys.contracts.forms import RefusalForm
from journeys.contracts.printing import pdf
from journeys.contracts.reading import changes_of, shown_in, who_signs
from journeys.contracts.spoken import spoken
from journeys.contracts.visit import Visit, by_link, is_in, language_in, let_in, link_behind, told
from journeys.contracts.writing import paragraphs
from journeys.messages.enums import Channel, Language
from rtr import scope
from rtr.lib.told import tell

FIGURES = 6


# -- The link ------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def door(request: HttpRequest, visit: Visit) -> HttpResponse:
    """GET asks to choose a language; the button of one of them enters, once."""
    if is_in(request, visit.link):
        return redirect(visit.url("read"))
    if request.method != "POST":
        return render(request, "journeys/contracts/phone/door.html", _context(visit))
    chosen = request.POST.get("langue", "")
    language = chosen if chosen in Language else visit.link.language
    if not open_link(link=visit.link, language=language):
        return redirect(visit.url("door"))
    let_in(request, visit.link, language)
    return redirect(visit.url("read"))


@require_POST
def again(request: HttpRequest, token: str) -> HttpResponse:
    """Another link to the same phone, for one that is too old or was opened elsewhere."""
    if request.user.is_authenticated and not request.user.territory_id:
        return render(request, "journeys/portal/not_you.html", status=403)
    territory_id = territory_behind(token)
    if territory_id is None:
        return told(request, spoken(Language.FRENCH), "unknown", 404)
    with scope.over([territory_id]):
        link = link_behind(token)
        words = spoken(language_in(request, link.language))
        state = state_of(link, is_in=is_in(request, link))
        if state not in ("expired", "opened"):
            return redirect("sign_door", token)
        sent = send_again(link=link)
        said = words.say("state", "again_done" if sent else "again_many")
        return told(request, words, state, 200 if sent else 429, said=said)


@by_link
def read(request: HttpRequest, visit: Visit) -> HttpResponse:
    if objective := visit.link.objective:
        on = objective.person_agreed_on
        context = _context(
            visit, agree_url=visit.url("agree"), agreed_day=visit.spoken.day(on) if on else ""
        )
        return render(request, "journeys/contracts/phone/objective.html", context)
    return read_page(request, visit)


@require_POST
@by_link
def agree(request: HttpRequest, visit: Visit) -> HttpResponse:
    if visit.link.objective is None:
        return redirect(visit.url("read"))
    try:
        agree_objective(objective=visit.link.objective, by=None, seen=None, how=Agreed.LINK)
    except ValidationError:
        tell(request, visit.spoken.say("objective", "closed"), level=messages.INFO)
    return redirect(visit.url("read"))


@require_POST
@by_link
def talk(request: HttpRequest, visit: Visit) -> HttpResponse:
    ask_to_talk(link=visit.link)
    tell(request, visit.spoken.say("read", "talk_done"))
    return redirect(visit.url("read"))


# -- What both ways share --------------------------------------------------------------------------


STEPS = ("read", "send", "refuse", "talk", "pdf")


def _context(visit: Visit, **more) -> dict:
    frame = {"visit": visit, "spoken": visit.spoken, "frame": visit.frame, "languages": Language}
    return frame | {f"{step}_url": visit.url(step) for step in STEPS} | visit.around | more


def has_signed(visit: Visit) -> bool:
    return any(one.signer == visit.signer for one in visit.contract.signatures.all())


def read_page(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The text in the language chosen, the French original, then what one can do."""
    contract, words = visit.contract, visit.spoken
    if contract.refused_at:
        return render(request, "journeys/contracts/phone/refused.html", _context(visit))
    shown = shown_in(contract, words.language)
    signature = next((s for s in contract.signatures.all() if s.signer == visit.signer), None)
    context = _context(
        visit,
        contract=contract,
        shown=shown,
        original=[] if shown.is_original else paragraphs(contract.text),
        summary=_summary(visit),
        differences=changes_of(contract, words),
        signature=signature,
        may_sign=contract.is_pending and signature is None,
        signers=who_signs(contract, words),
        signed_words=words.say("done", "force", words.day(contract.signed_on))
        if contract.signed_on
        else "",
        verify_path=reverse("contract_verify", args=[shown.sha256]),
    )
    return render(request, "journeys/contracts/phone/read.html", context)


def _summary(visit: Visit) -> list[str]:
    """The contract in a few easy sentences; a guardian reads the text itself."""
    contract, say = visit.contract, visit.spoken.say
    if visit.signer == Signer.GUARDIAN:
        return []
    return [
        say("summary", "with", visit.journey.territory.name),
        say("summary", "hours", contract.weekly_hours),
        say("summary", "end", visit.spoken.day(contract.planned_end_on)),
        say("summary", "pause"),
        say("summary", "stop"),
    ]


def send_page(request: HttpRequest, visit: Visit) -> HttpResponse:
    """« Je signe »: a code leaves for the own phone, and its page opens."""
    if has_signed(visit):
        return redirect(visit.url("read"))
    try:
        sent = send_code(
            contract=visit.contract,
            signer=visit.signer,
            language=visit.spoken.language,
            channel=visit.channel,
        )
    except ValidationError:
        return redirect(visit.url("read"))
    if not sent:
        tell(request, visit.spoken.say("code", "many"), level=messages.WARNING)
    return redirect(visit.url("code"))


def code_page(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The six figures: asked by GET, checked by POST; the right ones sign."""
    if has_signed(visit) or not visit.contract.is_pending:
        return redirect(visit.url("read"))
    wrong = ""
    if request.method == "POST":
        figures = _figures(request.POST.get("code", ""))
        wrong = "empty" if len(figures) != FIGURES else _tried(visit, figures)
        if not wrong:
            return redirect(visit.url("read"))
    context = _context(
        visit,
        wrong=visit.spoken.say("code", wrong) if wrong else "",
        is_mail=visit.channel == Channel.MAIL,
    )
    status = 422 if wrong else 200
    return render(request, "journeys/contracts/phone/code.html", context, status=status)


def _figures(typed: str) -> str:
    """Figures alone, whatever keyboard wrote them (٤٨٢ is 482)."""
    return "".join(str(unicodedata.digit(sign)) for sign in typed if sign.isdigit())


def _tried(visit: Visit, figures: str) -> str:
    """What is wrong with the code, as a word of `spoken`, or nothing."""
    answer = sign_with_code(
        contract=visit.contract,
        signer=visit.signer,
        code=figures,
        language=shown_in(visit.contract, visit.spoken.language).language.language,
        link=visit.link,
        user=visit.user,
    )
    # Gone meanwhile: the page of the text says so.
    return "" if answer in (Answer.SIGNED, Answer.GONE) else answer.value


def refuse_page(request: HttpRequest, visit: Visit) -> HttpResponse:
    """« Je ne veux pas signer »: a word if they wish, thanks, no question why."""
    if has_signed(visit) or not visit.contract.is_pending:
        return redirect(visit.url("read"))
    typed = request.POST if request.method == "POST" else None
    form = RefusalForm(typed, words=visit.spoken.words["refuse"])
    if request.method == "POST" and form.is_valid():
        word = form.cleaned_data["word"]
        try:
            refuse_contract(contract=visit.contract, signer=visit.signer, word=word)
        except ValidationError:  # signed or cancelled meanwhile
            return redirect(visit.url("read"))
        return redirect(visit.url("read"))
    status = 422 if form.is_bound and form.errors else 200
    context = _context(visit, form=form)
    return render(request, "journeys/contracts/phone/refuse.html", context, status=status)


def pdf_page(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The contract to keep: in the language read, or `?original` in French."""
    language = Language.FRENCH if "original" in request.GET else visit.spoken.language
    paper = pdf(visit.contract, language=language)
    name = f"{visit.journey.participant.code}-{visit.contract.number}.pdf"
    response = HttpResponse(paper, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


send = require_POST(by_link(send_page))
code = require_http_methods(["GET", "HEAD", "POST"])(by_link(code_page))
refuse = require_http_methods(["GET", "HEAD", "POST"])(by_link(refuse_page))
document = by_link(pdf_page)
