"""How we know who endorses: by the mail they read, or by a colleague who knows them."""

from urllib.parse import urlsplit

from django.utils import timezone

from badges.endorsements import hooks
from badges.endorsements.enums import Identity
from badges.endorsements.models import Endorsement
from badges.proofs import documents
from territories.organisations.models import ConsortiumMember, Organisation

# Anybody opens an address there: they name no body.
ANYBODY = frozenset(
    "aliceadsl.fr aol.com aol.fr bbox.fr cegetel.net club-internet.fr free.fr gmail.com gmx.com"
    " gmx.fr gmx.net googlemail.com hotmail.com hotmail.fr icloud.com laposte.net live.com live.fr"
    " mac.com mail.com mail.ru mailo.com me.com msn.com neuf.fr numericable.fr orange.fr"
    " outlook.com outlook.fr pm.me proton.me protonmail.com sfr.fr tuta.com tutanota.com ukr.net"
    " voila.fr wanadoo.fr yahoo.com yahoo.fr yandex.com yandex.ru ymail.com zoho.com".split()
)


def domains_of(body: Organisation) -> set[str]:
    """Where its people have addresses: the domains of its own address and of its site."""
    site = (urlsplit(body.site).hostname or "").removeprefix("www.")
    return {domain_of(body.email), site.lower()} - {""} - ANYBODY


def domain_of(email: str) -> str:
    return email.rpartition("@")[2].lower()


def body_of(endorsement: Endorsement) -> Organisation | None:
    """The body of the consortium whose address the link was mailed to; None if there is none.

    A link that was printed proves nothing of who opens it, whatever they say.
    """
    domain = domain_of(endorsement.invited_email)
    if not endorsement.was_mailed or not domain or domain in ANYBODY:
        return None
    programme = endorsement.territory.programme_id
    members = ConsortiumMember.objects.active(timezone.localdate()).filter(programme=programme)
    bodies = Organisation.objects.open().filter(pk__in=members.values("organisation"))
    return next((body for body in bodies if domain in domains_of(body)), None)


def known_by(endorsement: Endorsement) -> tuple[str, Organisation | None]:
    """Who opens its link: an Identity, and the body when that is known."""
    body = body_of(endorsement)
    return (Identity.DOMAIN, body) if body else (Identity.NONE, None)


def is_of_holder(endorsement: Endorsement, email: str, by) -> bool:
    """Whether this account, or whoever reads this address, holds the badge."""
    badge = endorsement.credential
    if badge is None:
        return False
    if by is not None and by.pk == badge.recipient.user_id:
        return True
    email = email.strip().lower()
    if not email:
        return False
    if badge.identity_hash:
        same = documents.identity(email, salt=badge.identity_salt)
        if same["identityHash"] == badge.identity_hash:
            return True
    return hooks.is_holder(badge.recipient_id, email)
