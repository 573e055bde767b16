"""A person's own phone without network: a page with numbers, the next appointment when they ask for
it, and answers that wait there until they can be sent. On a phone of others, nothing of this."""

import hashlib
import json

from django.contrib import messages
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from journeys.pathway.story import story_of
from journeys.portal import entering
from journeys.portal.coming import coming_of
from journeys.portal.helper import helper_of
from journeys.portal.languages import language_of
from journeys.portal.portal import can_call, own_page
from rtr.lib import contacts, here, languages
from rtr.lib.http import post_only
from rtr.lib.told import tell

KEEPS = "keeps_next"  # in the session, as whose phone it is: another phone is asked again
# What the page without network is drawn with.
FILES = [
    "css/portal.css",
    "css/portal.rtl.css",
    "img/portal-icons.svg",
    "js/rtr.js",
    "js/offline.js",
]
ANSWER, WHO = "X-Answer", "X-Who"
REMEMBERED = 60 * 24 * 3600  # seconds an answer that was received is known again


def worker(request):
    """The service worker: served here so that its scope is the person's pages, and no wider."""
    files = json.dumps([static(name) for name in FILES])
    version = hashlib.sha256(files.encode()).hexdigest()[:12]
    script = render(request, "journeys/portal/worker.js", {"files": files, "version": version})
    script["Content-Type"] = "text/javascript; charset=utf-8"
    script["Service-Worker-Allowed"] = "/portail/"
    script["Cache-Control"] = "no-cache"
    return script


@own_page
def page(request, journey):
    """What an own phone keeps: the whole of it is made here, in the language of the person."""
    if not request.session.get(entering.OWN):
        return redirect("portal")
    keeps = bool(request.session.get(KEEPS))
    context = {
        "participant": journey.participant,
        "helper": helper_of(journey),
        "can_call": can_call(journey.participant),
        "territory": journey.territory,
        "today": timezone.localdate(),
        "number": contacts.phone(journey.territory.phone),
        "thing": coming_of(journey, story_of(journey), 0)[0] if keeps else None,
    }
    response = render(request, "journeys/portal/offline.html", context)
    response["Content-Language"] = languages.tag(translation.get_language())
    return response


@post_only
@own_page
def keep_next(request, journey):
    """« Garder mon prochain rendez-vous sur ce téléphone », or no more."""
    keeps = request.POST.get("keep") == "yes" and bool(request.session.get(entering.OWN))
    request.session[KEEPS] = keeps
    if keeps:
        tell(request, _("Votre prochain rendez-vous reste lisible sans réseau."))
    else:
        tell(request, _("Ce téléphone ne garde plus de rendez-vous."))
    return redirect("portal")


class AnswersMiddleware:
    """An answer that waited on a phone: done once, however often it is sent, for its own person.

    It is the form of the page, as it was touched, under a name of its own (`X-Answer`). Answers 204
    when it is done, and says what became of it on the next page.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        name = request.headers.get(ANSWER, "")[:64]
        if not name or request.method != "POST" or not request.path.startswith("/portail/"):
            return self.get_response(request)
        user = request.user
        if not (user.is_authenticated and user.territory_id) or request.helping:
            return HttpResponse(status=401)
        if request.headers.get(WHO) != here.word_of(user):
            return HttpResponse(status=403)
        return HttpResponse(status=self._once(request, f"answer:{user.pk}:{name}"))

    def _once(self, request, key: str) -> int:
        """What is not done leaves no trace: it may be sent again."""
        with transaction.atomic():
            if not cache.add(key, 1, REMEMBERED):
                return 204
            status = self.get_response(request).status_code
            if status in (401, 403) or status >= 500:
                transaction.set_rollback(True)
                return status
        if status >= 400:
            self._say(request)
        return 204 if status < 400 else status

    def _say(self, request) -> None:
        """What is gone or refused, on the next page: the messages of this one are kept already."""
        with translation.override(language_of(request)):
            text = _("Une réponse n’a pas pu partir. Demandez à l’équipe.")
        messages.warning(request, text)
        messages.get_messages(request).update(HttpResponse())
