"""What allauth's OAuth 2 asks of us: which applications may register, with what bounds."""

import datetime
from urllib.parse import urlsplit

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.idp.oidc.adapter import DefaultOIDCAdapter
from allauth.idp.oidc.models import Client
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.utils import timezone

from badges.proofs.documents import clean
from badges.proofs.errors import ProofError
from badges.wallet_api import scopes

MOST_A_DAY = 200  # registrations, whoever asks; allauth counts three a minute by address
MOST_URIS, LONGEST_URI, LONGEST_NAME = 5, 300, 60  # characters
GRANTS = {Client.GrantType.AUTHORIZATION_CODE, Client.GrantType.REFRESH_TOKEN}


class WalletAdapter(DefaultOIDCAdapter):
    """Only the code flow, with answers to https addresses known beforehand."""

    def validate_client_registration(self, *, client, client_metadata, **kwargs) -> None:
        """Source: RFC 7591, 2 and 3.2.1, as Open Badges 3.0, 7.1, has it.

        Scopes that do not exist here are left out; the answer says which were kept.
        """
        _refuse_too_many()
        client.name = _name(client.name)
        uris = client.get_redirect_uris()
        if len(uris) > MOST_URIS or not all(map(is_safe_uri, uris)):
            raise ValidationError(f"redirect_uris: {MOST_URIS} https addresses at most")
        if client.get_response_types() != [Client.ResponseType.CODE]:
            raise ValidationError("response_types: only code")
        grants = set(client.get_grant_types())
        if not grants <= GRANTS or Client.GrantType.AUTHORIZATION_CODE not in grants:
            raise ValidationError("grant_types: authorization_code, refresh_token")
        asked = scopes.known(client.get_scopes())
        client.set_scopes(asked if client_metadata.get("scope") else list(scopes.SCOPES))
        if not client.get_scopes():
            raise ValidationError("scope: none of these exists here")
        client.data = {"dcr": True}  # not everything that a stranger sent

    def populate_server_metadata(self, data) -> None:
        raise NotImplementedError  # badges/wallet_api/description.py serves what there is


def is_safe_uri(uri: str) -> bool:
    """An https address, whole: nothing that a reader would take for another place."""
    try:
        parts = urlsplit(uri)
        parts.port  # noqa: B018  raises for one that is none
    except ValueError:
        return False
    plain = uri.isascii() and uri.isprintable() and not set(uri) & set(' *#\\"<>')
    is_whole = parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc
    return plain and is_whole and len(uri) <= LONGEST_URI


def _name(text: str) -> str:
    try:
        name = " ".join(clean(text, LONGEST_NAME).split())
    except ProofError:
        raise ValidationError(f"client_name: {LONGEST_NAME} characters at most") from None
    if not name:
        raise ValidationError("client_name: who asks?")
    return name


def _refuse_too_many() -> None:
    since = timezone.now() - datetime.timedelta(days=1)
    if Client.objects.filter(created_at__gt=since).count() >= MOST_A_DAY:
        answer = {"error": "temporarily_unavailable", "error_description": "Too many today."}
        raise ImmediateHttpResponse(JsonResponse(answer, status=429))
