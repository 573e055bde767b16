"""An agreement given to an application, and taken back at once."""

import datetime
from collections.abc import Iterable

from allauth.idp.oidc.models import Client, Token
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from badges.credentials import hooks
from badges.credentials.models import Recipient
from badges.wallet_api.models import ConnectedWallet
from rtr import due
from territories.journal.actions import record
from territories.journal.enums import Act

UNUSED = datetime.timedelta(days=30)  # what a registration without any token lives


@transaction.atomic
def connect(
    *, recipient: Recipient, client: Client, host: str, scopes: Iterable[str], words: str, by
) -> ConnectedWallet:
    """Note that the holder agreed; a former agreement with the same application is replaced.

    Parameters: `host`, where the answer goes; `words`, what the person read.
    """
    former = recipient.wallets.open().filter(client_key=client.pk)
    former.update(withdrawn_on=timezone.now())
    made = ConnectedWallet.objects.create(
        territory_id=recipient.territory_id,
        recipient=recipient,
        client_key=client.pk,
        name=client.name,
        host=host,
        scopes=list(scopes),
        words=words,
    )
    _journal(Act.WALLET_CONNECTED, made, by)
    return made


@transaction.atomic
def disconnect(*, wallet: ConnectedWallet, by) -> None:
    """Take the agreement back: no token opens from now on. Done twice, it is done once."""
    wallet.tokens.delete()
    rows = ConnectedWallet.objects.filter(pk=wallet.pk, withdrawn_on=None)
    if rows.update(withdrawn_on=timezone.now()):
        _journal(Act.WALLET_REMOVED, wallet, by)


@due.register_nightly
def forget_tokens() -> None:
    """Tokens that are over, and applications that nobody let in for a month."""
    Token.objects.expired().delete()
    before = timezone.now() - UNUSED
    used = Exists(Token.objects.filter(client=OuterRef("pk")))
    Client.objects.filter(~used, data__dcr=True, created_at__lt=before).delete()


def _journal(act: str, wallet: ConnectedWallet, by) -> None:
    record(
        act,
        by=by,
        territory_id=wallet.territory_id,
        participant_id=hooks.person_of(wallet.recipient_id),
        about=wallet,
    )
