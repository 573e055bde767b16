"""News after an exit, in two taps, without signing in. Nobody is named on the page."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from journeys.messages.enums import Language
from journeys.pathway import after
from journeys.pathway.actions.following import answer_by_link
from rtr import scope
from rtr.lib.http import keeps_words

QUIET = (after.REFUSE, after.STOP)


@keeps_words
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow_up_answer(request, token):
    """One tap chooses, the second sends: GET with `r` asks whether it is right, POST keeps it."""
    typed = request.POST if request.method == "POST" else request.GET
    language = after.language_for(typed.get("l", ""), request.headers.get("Accept-Language", ""))
    chosen = typed.get("r", "") if after.is_answer(typed.get("r", "")) else ""
    expired = getattr(request, "is_csrf_expired", False)
    if request.method == "POST" and not expired and answer_by_link(token, chosen):
        query = urlencode({"l": language, "merci": 1})
        return redirect(f"{reverse('follow_up_answer', args=[token])}?{query}")
    link = after.link_of(token)
    if link is None or not (after.is_open(link) or after.is_answered(link)):
        return _page(request, "closed", language, link, status=404)
    if after.is_answered(link):
        return _page(request, "thanks", language, link, is_new="merci" in request.GET)
    template = "check" if chosen else "ask"
    status = 403 if expired else 422 if request.method == "POST" else 200
    return _page(request, template, language, link, status=status, chosen=chosen, expired=expired)


def _page(request, template: str, language: str, link, *, status: int = 200, **more):
    words = after.words(language)
    answers = words["answers"]
    helper = ""
    if link is not None:
        with scope.over([link.territory_id]):
            helper = after.helper_of(link.follow_up)
    context = {
        "words": words,
        "language": language,
        "languages": Language.choices,
        "answers": [(code, text) for code, text in answers.items() if code not in QUIET],
        "quiet": [(code, answers[code]) for code in QUIET],
        "said": answers.get(more.get("chosen", ""), ""),
        "helper": helper,
        "phone": link.territory.phone if link else "",
    }
    with translation.override(language.split("-")[0]):
        name = f"journeys/pathway/after/{template}.html"
        return render(request, name, context | more, status=status)
