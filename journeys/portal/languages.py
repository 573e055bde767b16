"""In which language a person reads their pages: chosen, kept with them, or what the phone asks."""

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from rtr.access import ACCESS, PARTICIPANT
from rtr.lib import languages

# Where the sentences of the person's pages are written; `manage.py catalogues` reads them there.
TEMPLATES = [
    "templates/layouts/portal.html",
    "templates/journeys/portal/*.html",
    "templates/journeys/*/portal*.html",
    "templates/journeys/*/portal/*.html",
    "templates/components/*.html",
]
CODE = ["journeys/portal/*.py", "journeys/*/portal.py"]

CHOSEN = "language"  # in the session
# Doors that people of any language push before they are known.
DOORS = ("portal", "sign_in")
A_YEAR = 365 * 24 * 3600  # seconds


class LanguageMiddleware:
    """The person's pages in their language; the team's stay in French."""

    def __init__(self, get_response):
        self.get_response = get_response
        languages.lean_on_easy_french([code for code, _name in settings.LANGUAGES])

    def __call__(self, request):
        noticing = languages.missing.set(set())
        try:
            return self.get_response(request)
        finally:
            languages.missing.reset(noticing)
            translation.deactivate()

    def process_view(self, request, view, args, kwargs):
        name = request.resolver_match.view_name or ""
        if ACCESS.get(name) == PARTICIPANT or name.startswith(DOORS):
            translation.activate(language_of(request))


def language_of(request: HttpRequest) -> str:
    """Chosen here, else the cookie of this phone, else what its browser asks for."""
    chosen = request.session.get(CHOSEN, "")
    known = dict(settings.LANGUAGES)
    return chosen if chosen in known else translation.get_language_from_request(request)


def choose(request: HttpRequest, response, code: str) -> None:
    """Keep the language in this phone; in the file too, when the person is known."""
    request.session[CHOSEN] = code
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=A_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


@never_cache
def choose_page(request):
    """Every language by its own name; where one came from is where one goes back."""
    back = request.POST.get("next") or request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = "portal"
    code = request.POST.get("language", "")
    if code in dict(settings.LANGUAGES):
        response = redirect(back)
        choose(request, response, code)
        return response
    return render(
        request, "journeys/portal/languages.html", {"languages": settings.LANGUAGES, "next": back}
    )
