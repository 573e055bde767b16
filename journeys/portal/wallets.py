"""An application asks to read the person's badges: who asks, what it will read, yes or no; and
those that may read, until they are removed."""

import time
from urllib.parse import urlsplit

from allauth.core.internal.httpkit import add_query_params
from allauth.idp.oidc import views as oauth
from allauth.idp.oidc.internal.oauthlib.server import get_server
from allauth.idp.oidc.internal.oauthlib.utils import extract_params
from allauth.idp.oidc.models import Client
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django.views.generic.edit import FormView
from oauthlib.oauth2.rfc6749 import errors

from badges.wallet_api import scopes
from badges.wallet_api.actions import connect, disconnect
from badges.wallet_api.models import ConnectedWallet
from journeys.portal.forms import AgreeForm
from journeys.portal.portal import around, own_page, show
from journeys.recognition.holding import recipient_of
from rtr.lib.http import post_only, posted
from rtr.lib.told import tell

ASKED, SECONDS = "wallet_asked", 30 * 60  # what waits in the session while the person comes in
LONGEST = 3000  # characters of a request

# What each permission lets the application do, as the person reads it.
WORDS = {
    scopes.READ: [
        gettext_lazy("Elle lit tous vos badges."),
        gettext_lazy("Elle lit aussi vos mots, écrits dans le badge."),
    ],
    scopes.WRITE: [gettext_lazy("Elle peut ranger ici des badges venus d’ailleurs.")],
    scopes.READ_PROFILE: [gettext_lazy("Elle reçoit un numéro à vous, sans votre nom.")],
}
ALWAYS = [
    gettext_lazy("Elle ne voit ni votre nom, ni votre dossier."),
    gettext_lazy("Vous pouvez la retirer quand vous voulez."),
]


def words_of(wanted: list[str]) -> list[str]:
    """Sentences of what is allowed, in the language of the page."""
    return [str(text) for scope in scopes.known(wanted) for text in WORDS.get(scope, [])]


class Asking(oauth.AuthorizationView):
    """OAuth 2's authorisation, for somebody who is in: allauth holds the protocol.

    Source: RFC 6749, 4.1.1; RFC 7636; Open Badges 3.0, 7.2.
    """

    form_class = AgreeForm
    template_name = "journeys/portal/wallets/ask.html"
    journey = None

    def get(self, request: HttpRequest) -> HttpResponse:
        try:
            found = get_server().validate_authorization_request(*extract_params(request))
        except errors.FatalClientError:
            return lost(request)
        except errors.OAuth2Error as error:
            return _away(error.in_uri(error.redirect_uri))
        self._scopes, self._request_info = found
        if self._request_info["redirect_uri"] not in self._client.get_redirect_uris():
            return lost(request)  # allauth lets parameters be added to a known address
        if not self._request_info.get("code_challenge"):
            return self._refused("invalid_request", "code_challenge is missing")
        response = FormView.get(self, request)
        # Browsers hold the answer's redirection against this page's policy too.
        response._csp_update = {"form-action": [_origin(self._request_info["redirect_uri"])]}
        return response

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            signed = request.POST.get("request", "")
            self._scopes, self._request_info = Signer().unsign_object(signed)
        except (BadSignature, ValueError):
            return lost(request)
        return super().post(request)

    @transaction.atomic
    def form_valid(self, form) -> HttpResponse:
        response = super().form_valid(form)
        if "code=" in response.get("Location", ""):
            connect(
                recipient=recipient_of(self.journey.participant),
                client=self._client,
                host=urlsplit(self._request_info["redirect_uri"]).hostname,
                scopes=self._scopes,
                words="\n".join([*words_of(self._scopes), *map(str, ALWAYS)]),
                by=self.request.user,
            )
        return response

    def get_context_data(self, **kwargs) -> dict:
        context = FormView.get_context_data(self, **kwargs)
        return (
            context
            | around(self.request, self.journey)
            | {
                "name": self._client.name,
                "host": urlsplit(self._request_info["redirect_uri"]).hostname,
                "allowed": words_of(self._scopes),
                "always": ALWAYS,
            }
        )

    def _login_required(self, request):
        return None  # asked before; « prompt » is of OpenID Connect, which is not spoken here

    @property
    def _client(self) -> Client:
        return Client.objects.get(pk=self._request_info["client_id"])

    def _refused(self, error: str, words: str) -> HttpResponse:
        answer = {"error": error, "error_description": words}
        if state := self._request_info.get("state"):
            answer["state"] = state
        return _away(add_query_params(self._request_info["redirect_uri"], answer))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Whoever is not in comes in first; the request waits half an hour for them."""
    if not request.user.is_authenticated:
        query = request.META.get("QUERY_STRING", "")
        if request.method == "GET" and len(query) <= LONGEST:
            request.session[ASKED] = {"query": query, "at": time.time()}
        return redirect("portal_enter_help")
    if not request.user.territory_id:
        return render(request, "journeys/portal/not_you.html", status=403)
    return _ask(request)


@own_page
def _ask(request, journey):
    return Asking.as_view(journey=journey)(request)


def waits(request: HttpRequest) -> str:
    """The address of the request that led the person in; nothing if there is none. Given once."""
    found = request.session.pop(ASKED, None)
    if not found or time.time() - found["at"] > SECONDS:
        return ""
    return f"{reverse('portal_wallet_ask')}?{found['query']}"


@own_page
def wallets(request, journey):
    """« Mes applications »."""
    rows = ConnectedWallet.objects.visible_to(request.user).open()
    found = [{"row": row, "allowed": words_of(row.scopes)} for row in rows]
    return show(request, "wallets/wallets", journey, wallets=found)


@post_only
@own_page
def wallet_remove(request, journey):
    """From this second on, it reads nothing."""
    wallet = posted(request, ConnectedWallet.objects.visible_to(request.user))
    disconnect(wallet=wallet, by=request.user)
    tell(request, _("C’est fait. Elle ne lit plus vos badges."))
    return redirect("portal_wallets")


def lost(request: HttpRequest) -> HttpResponse:
    """A request that names no known application, or no known address: nobody to answer to."""
    return render(request, "journeys/portal/wallets/lost.html", status=400)


def _away(url: str) -> HttpResponse:
    response = HttpResponse(status=302)
    response["Location"] = url
    return response


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
