"""A badge that a wallet puts in: verified before it is kept, as any other from outside."""

from django.http import HttpRequest, HttpResponse

from badges.wallet_api.answers import Refusal
from badges.wallet_api.models import ConnectedWallet

MOST = 1024 * 1024  # bytes
DOCUMENTS = {"application/json", "application/ld+json", "application/vc+ld+json", "application/vc"}
TOKENS = {"text/plain", "application/jwt", "application/vc+jwt"}


def receive(request: HttpRequest, wallet: ConnectedWallet) -> HttpResponse:
    raise Refusal(403, "…")
