"""Whose wallet a token opens: the client is in the token, and so is the person."""

from collections.abc import Callable
from functools import wraps

from allauth.idp.oidc.internal.oauthlib.server import get_server
from allauth.idp.oidc.internal.oauthlib.utils import extract_params, get_validator_context
from allauth.idp.oidc.models import Token
from django.http import HttpRequest

from badges.wallet_api.answers import Refusal, opened
from badges.wallet_api.models import ConnectedWallet
from rtr import scope


def owned(**needed: str) -> Callable:
    """A view of the wallet of whoever gave the token, under the wall of their own territory.

    Parameters: the scope that each method needs. The session, if a browser sent one, counts for
    nothing. Source: RFC 6750, 3.1.
    """

    def decorate(view):
        @opened(*needed)
        @wraps(view)
        def api(request: HttpRequest):
            token = _token(request)
            with scope.over(token.user.territory_ids):
                wallet = _agreed(token)
                wanted = needed["GET" if request.method == "HEAD" else request.method]
                if wanted not in token.get_scopes() or wanted not in wallet.scopes:
                    refused = f'Bearer error="insufficient_scope", scope="{wanted}"'
                    words = f"This token does not have the scope {wanted}."
                    raise Refusal(403, words, WWW_Authenticate=refused)
                return view(request, wallet)

        return api

    return decorate


def _token(request: HttpRequest) -> Token:
    is_valid, _found = get_server().verify_request(*extract_params(request), scopes=[])
    token = get_validator_context().access_token
    if not is_valid or token is None or token.user is None or not token.user.territory_id:
        raise _unknown()
    return token


def _agreed(token: Token) -> ConnectedWallet:
    """The agreement stands beside the token: taken back, no token of that application opens; given
    again for less, none opens more."""
    rows = ConnectedWallet.objects.visible_to(token.user).open().select_related("recipient__user")
    found = rows.filter(client_key=token.client_id).first()
    if found is None:
        raise _unknown()
    return found


def _unknown() -> Refusal:
    return Refusal(
        401,
        "This token is not valid: never was, is over, or was taken back.",
        WWW_Authenticate='Bearer error="invalid_token"',
    )
