"""Badges: whose rows are known to whom, what each address answers, a row of each person.

See tests/security/answers.py for how an answer is written; `found` is a Person of world.py: keep
rows in `found.rows` (their names make the arguments of addresses) and words in `found.word(…)`.
"""

import datetime

from django.utils import timezone

from badges import models as b
from badges.credentials.models import HeldQuerySet
from tests.security.answers import Address, Public

KNOWN: dict[str, dict[str, set[str]]] = {}
NOWHERE = Public((404, 405), (404, 405))
# What verifiers read, at addresses that are nobody's here.
ADDRESSES: dict[str, Address | Public] = {
    "jwks": Public((200, 405), (200, 405)),
    "issuer_did": NOWHERE,
    "status_list": NOWHERE,
    "issuer_public": NOWHERE,
    "achievement_public": NOWHERE,
    "achievement_svg": NOWHERE,
    "achievement_png": NOWHERE,
    "credential_public": NOWHERE,
    "share": NOWHERE,
    "share_file": NOWHERE,
}

# Models whose rows are about somebody: inside the second wall; those about nobody, and why.
INSIDE = "Recipient Credential Collection CollectionItem ShareLink ForeignBadge Endorsement"
OUTSIDE: dict[str, str] = {
    "badges.AchievementVersion": "what a badge recognises, published",
    "badges.Alignment": "a code of a public list",
    "badges.Proposal": "a badge that a body asks for",
    "badges.Issuer": "a body, or who endorses: published in what they sign",
    "badges.IssuerKey": "a body's keys; private halves are sealed",
    "badges.StatusList": "published bits, that name nobody",
}
# Names of models whose scope is that of their journey, and of those that have their own.
OF_JOURNEY = ""
OTHERS = INSIDE
# kind of row: (model, its rows of a Person of the world)
KINDS: dict[str, tuple] = {
    "recipient": (b.Recipient, lambda one: [one.rows.recipient]),
    "badge": (b.Credential, lambda one: [one.rows.badge]),
    "collection": (b.Collection, lambda one: [one.rows.collection]),
    "collected": (b.CollectionItem, lambda one: [one.rows.collected]),
    "shared badge": (b.ShareLink, lambda one: [one.rows.shared_badge, one.rows.shared_wallet]),
    "foreign badge": (b.ForeignBadge, lambda one: [one.rows.foreign]),
    "endorsement": (b.Endorsement, lambda one: [one.rows.endorsement]),
}
# Coordinators and managers know of every kind there where they are, unless said otherwise here:
# role: {kind: keys of the people whose rows are known}, roles being those of test_model_matrix.
ORACLE: dict[str, dict[str, str]] = {
    "participant": dict.fromkeys(KINDS, "mine"),
    "badge_steward": dict.fromkeys(KINDS, "mine near aside"),
    "two_hats": dict.fromkeys(KINDS, "orne"),
}
# (queryset class, name of its method, the kind whose rows tell when it is weakened)
FUNCTIONS: list[tuple] = [(HeldQuerySet, "visible_to", "badge")]


def rows(found, author) -> None:
    """Somebody who holds a badge of ours and one of others, and shows them."""
    rows, now = found.rows, timezone.now()
    of = {"territory": rows.home}
    rows.recipient = b.Recipient.objects.create(**of, user=found.participant.user)
    held = of | {"recipient": rows.recipient}
    rows.badge = _badge(found, held, author)
    rows.collection = b.Collection.objects.create(
        **held, name=found.word("own", "Portefeuille"), words="…"
    )
    rows.collected = b.CollectionItem.objects.create(
        **of, collection=rows.collection, credential=rows.badge
    )
    how = {"until": now + datetime.timedelta(days=30), "words": "Je suis d’accord."}
    named = how | {"shows_name": True, "name_shown": found.word("own", "Montre")}
    rows.shared_badge = b.ShareLink.objects.create(**held, credential=rows.badge, **named)
    rows.shared_wallet = b.ShareLink.objects.create(**held, collection=rows.collection, **how)
    rows.foreign = b.ForeignBadge.objects.create(
        **held,
        kind="ob2",
        raw="{}",
        sha256=found.key.ljust(64, "0"),
        name=found.word("own", "Venu"),
    )
    rows.endorsement = b.Endorsement.objects.create(
        **of, credential=rows.badge, agreed_on=now, invited_name=found.word("own", "Soutien")
    )


def _badge(found, held, author) -> b.Credential:
    programme, organisation = found.rows.home.programme, found.participant.organisation
    achievement, _made = b.Achievement.objects.get_or_create(
        programme=programme,
        code="jardin",
        defaults={"organisation": organisation, "name": "Jardiner", "field": "Cuisine et potager"},
    )
    version, _made = b.AchievementVersion.objects.get_or_create(
        achievement=achievement, number=1, defaults={"name": "Jardiner", "criteria": "…"}
    )
    issuer, _made = b.Issuer.objects.get_or_create(
        slug=f"reseau-{programme.pk}",
        defaults={"kind": "network", "programme": programme, "name": "Réseau"},
    )
    bits, _made = b.StatusList.objects.get_or_create(issuer=issuer, number=1)
    return b.Credential.objects.create(
        **held,
        issuer=issuer,
        version=version,
        awarded_by=author,
        evidence_narrative=found.word("own", "Recit"),
        status_list=bits,
        status_index=found.participant.pk,
        due_at=timezone.now() + datetime.timedelta(days=1),
    )
