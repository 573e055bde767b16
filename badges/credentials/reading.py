"""A badge that its holder shows: found by its address or by a link, whoever asks."""

import datetime
from uuid import UUID

from django.db.models import Q

from badges.credentials.models import Credential, ShareLink
from rtr import scope

PUBLIC = "public documents: whose badge it is is known from its address alone"
RELATED = ("version__achievement", "issuer", "status_list__issuer")


class Gone(Exception):
    """It was shown, and is not any more: its holder took the consent back, or the day is over."""


def shown_badge(uuid: UUID) -> Credential | None:
    """The badge of this `id` while one link to it is open.

    Returns: None when there is none, or it was never shown.
    Raises Gone when no link is open any more.
    """
    with scope.everything(PUBLIC):
        found = Credential.objects.select_related(*RELATED).filter(uuid=uuid).first()
    if found is None:
        return None
    with scope.over([found.territory_id]):
        links = ShareLink.objects.filter(
            Q(credential=found) | Q(collection__items__credential=found)
        )
        if links.open().exists():
            return found
        if links.exists():
            raise Gone
    return None


def shown_link(token: str) -> tuple[ShareLink, list[Credential]] | None:
    """What a link shows: itself, and its badges that are signed, in its holder's order.

    Returns: None when there is no such link. Raises Gone when it is closed.
    """
    with scope.everything(PUBLIC):
        link = ShareLink.objects.filter(token=token).first()
    if link is None:
        return None
    if not link.is_open:
        raise Gone
    with scope.over([link.territory_id]):
        rows = Credential.objects.select_related(*RELATED).exclude(document="")
        if link.credential_id:
            return link, list(rows.filter(pk=link.credential_id))
        kept = link.collection.items.order_by("rank", "pk")
        by_key = rows.in_bulk(list(kept.values_list("credential", flat=True)))
        return link, [by_key[one.credential_id] for one in kept if one.credential_id in by_key]


def worth(credential: Credential, now: datetime.datetime) -> str:
    """What to say of it today: `revoked`, `expired`, or `good`."""
    if credential.is_revoked:
        return "revoked"
    if credential.valid_until and credential.valid_until <= now:
        return "expired"
    return "good"
