"""The Open Badges API, and the part of OAuth 2 that programs speak; people agree in
journeys/portal/wallets.py. Source: Open Badges 3.0, 6 and 7."""

import json

from allauth.idp.oidc import views as oauth
from django.http import HttpResponse, JsonResponse

from badges import hosted
from badges.wallet_api import description, reading, scopes
from badges.wallet_api.answers import Refusal, opened
from badges.wallet_api.bearer import owned
from badges.wallet_api.receiving import receive

MOST_REGISTERED = 20_000  # bytes of what an application says of itself


@owned(GET=scopes.READ, POST=scopes.WRITE)
def credentials(request, wallet):
    """The badges of the person, page by page; one more to put there.

    Parameters: of the query, as `reading.asked`; of a POST, as `receiving.receive`.
    Source: Open Badges 3.0, 6.2.2 (getCredentials) and 6.2.3 (upsertCredential).
    """
    if request.method == "POST":
        return receive(request, wallet)
    wanted = reading.asked(request)
    page = reading.page_of(wallet, wanted)
    response = HttpResponse(page.written(), content_type=hosted.JSON)
    response["X-Total-Count"] = str(page.total)
    response["Link"] = reading.links(request, wanted, page.total)
    return response


@owned(GET=scopes.READ_PROFILE, PUT=scopes.WRITE_PROFILE)
def profile(request, wallet):
    """Nothing of it can be changed from outside: what was sent and differs is named (400)."""
    own = reading.profile(wallet)
    if request.method == "PUT":
        _refuse_changes(own, _sent(request))
    return JsonResponse(own)


@opened("GET")
def discovery(request):
    """Source: Open Badges 3.0, 6.3 (getServiceDescription)."""
    response = JsonResponse(description.service(request))
    response["Cache-Control"] = f"public, max-age={hosted.HOUR}"
    return response


@opened("GET")
def server(request):
    """Source: RFC 8414, 3."""
    response = JsonResponse(description.server(request))
    response["Cache-Control"] = f"public, max-age={hosted.HOUR}"
    return response


@opened("POST")
def token(request):
    """A code, or a refresh token, for an access token. Source: RFC 6749, 4.1.3 and 6; RFC 7636."""
    return oauth.token(request)


@opened("POST")
def revoke(request):
    """Source: RFC 7009."""
    return oauth.revoke(request)


@opened("POST")
def register(request):
    """Source: RFC 7591. Who registers is not known: the person reads where the answer goes."""
    if len(request.body) > MOST_REGISTERED:
        answer = {"error": "invalid_client_metadata", "error_description": "Too long."}
        return JsonResponse(answer, status=413)
    return oauth.client_registration(request)


def _sent(request) -> dict:
    try:
        found = json.loads(request.body)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise Refusal(400, "The body is a Profile, in JSON.")
    return found


def _refuse_changes(own: dict, sent: dict) -> None:
    """`type` alone may be written as a word, and the context may be left out."""
    same = own | {"type": sent.get("type")} if sent.get("type") == "Profile" else own
    wrong = sorted(name for name in {*own, *sent} if sent.get(name) != same.get(name))
    wrong = [str(name)[:40] for name in wrong if name != "@context"]
    if wrong:
        raise Refusal(
            400,
            f"This profile holds an identifier and nothing else; refused: {', '.join(wrong[:10])}."
            " Names and addresses are not told to wallets.",
        )
