"""Badges: whose rows are known to whom, what each address answers, a row of each person.

See tests/security/answers.py for how an answer is written; `found` is a Person of world.py: keep
rows in `found.rows` (their names make the arguments of addresses) and words in `found.word(…)`.
"""

import datetime

from django.utils import timezone

from badges import models as b
from badges.achievements.models import ProposalQuerySet
from badges.credentials.models import HeldQuerySet
from badges.endorsements.models import EndorsementQuerySet
from badges.wallet_api.models import ConnectedWalletQuerySet
from territories.organisations.models import Organisation
from tests.security.answers import (
    ACT,
    ANIM,
    COORD,
    MAN,
    ONLY_MAN,
    ONLY_PART,
    REF,
    Address,
    Public,
    act,
)

STEWARD = "badge_steward"
HOUSE = frozenset({ANIM, ACT, REF, STEWARD, COORD, MAN})
ASKS = frozenset({REF, STEWARD, COORD, MAN})
WRITES = frozenset({STEWARD, MAN})
KNOWN: dict[str, dict[str, set[str]]] = {
    "badge model": {"mine": set(HOUSE), "far": set()},
    "badge issuer": {"mine": {MAN}, "orne": {MAN}, "far": set()},
    "support": {"mine": set(ASKS), "far": set()},
    "support to give": {"mine": {REF, STEWARD, COORD, MAN}, "far": set()},  # by Le Dôme
    "badge draft": {"mine": {STEWARD, MAN}, "far": set()},
    "proposal": {"mine": {STEWARD, MAN}, "far": set()},  # of a house where nobody here works
}
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
    "verifier": Public((200, 422), (200, 422)),
    # Wallets: programs without a token, without a body
    "oauth_server": Public((200, 405), (200, 405)),
    "wallet_credentials": Public((401, 401), (401, 401)),
    "wallet_profile": Public((401, 405), (401, 405)),
    "wallet_discovery": Public((200, 405), (200, 405)),
    "oauth_token": Public((405, 400), (405, 400)),
    "oauth_revoke": Public((405, 400), (405, 400)),
    "oauth_register": Public((405, 400), (405, 400)),
    "portal_wallet_ask": Public((302, 302), (403, 403), of_participant=(400, 400)),
    "portal_wallets": Address(ONLY_PART),
    "portal_wallet_remove": Address(ONLY_PART, get=405, post=404),
    # Endorsing: a link that is not known, a house, its issuer and its keys
    "endorse": Public((404, 404), (404, 404)),
    "endorse_decline": Public((404, 404), (404, 404)),
    "endorse_given": Public((404, 404), (404, 404)),
    "endorse_take_back": Public((404, 404), (404, 404)),
    "support_public": NOWHERE,
    # The catalogue: a draft that lacks nearly everything
    "achievements_public": Public((200, 405), (200, 405)),
    "achievements": Address(HOUSE),
    "achievement": Address(HOUSE, "badge draft", ("badge_model",)),
    "proposals": Address(HOUSE),
    "proposal_add": Address(HOUSE, post=422),
    "proposal": Address(HOUSE, "proposal", ("proposal",), post=422),
    "achievement_add": Address(WRITES, post=422),
    "design_preview": Address(WRITES, post=405),
    "achievements_export": Address(WRITES, post=405),
    "achievements_import": Address(WRITES, post=422),
    "achievement_words": Address(WRITES, "badge draft", ("badge_model",), post=422),
    "achievement_filing": Address(WRITES, "badge draft", ("badge_model",), post=422),
    "achievement_alignments": Address(WRITES, "badge draft", ("badge_model",), post=422),
    "achievement_design": Address(WRITES, "badge draft", ("badge_model",), post=422),
    "achievement_image": Address(WRITES, "badge draft", ("badge_model",), get=302, post=422),
    "achievement_draft_svg": Address(WRITES, "badge draft", ("badge_model",)),
    "achievement_publish": Address(WRITES, "badge draft", ("badge_model",), post=422),
    "achievement_retire": Address(WRITES, "badge draft", ("badge_model",), post=422),
    "achievement_restore": Address(WRITES, "badge draft", ("badge_model",), post=422),
    "achievement_drop": Address(WRITES, "badge draft", ("badge_model",), post=422),
    "our_badges": Address(HOUSE),
    "our_badges_figures": Address(HOUSE),
    "support_ask_model": Address(ASKS, "badge model", ("version",), post=422),  # a draft
    "support_ask_house": Address(ASKS, "badge model", ("network",)),
    "support_offer": Address(HOUSE, post=422),
    # Whoever is asked reads the whole badge, what the person says of it included
    "support_answer": Address(
        HOUSE, "support to give", ("asked_support",), post=422, also_tells="own"
    ),
    "support_say_no": Address(HOUSE, "support", ("backing",), post=403),  # asked of nobody's house
    "support_know": Address(ASKS, "support", ("backing",), post=422),  # not given
    "support_cancel": Address(ASKS, "support", ("backing",), post=302),
    "support_withdraw": Address(
        ASKS - {REF}, "support", ("backing",), post=422, door=frozenset({REF})
    ),
    "badge_support": act(ASKS, "badge"),
    "portal_badge_support": Address(ONLY_PART, "own", ("badge",)),
    "portal_support_remove": Address(ONLY_PART, "own", ("endorsement",), get=404, post=404),
    "badge_issuers": Address(ONLY_MAN),
    "badge_issuer_open": Address(ONLY_MAN, "organisation", ("house",), post=302),
    "badge_network_open": Address(ONLY_MAN, post=422),
    "badge_issuer": Address(ONLY_MAN, "badge issuer", ("issuer",)),
    "badge_issuer_state": Address(ONLY_MAN, "badge issuer", ("issuer",), post=422),
    "badge_issuer_neutral": Address(ONLY_MAN, "badge issuer", ("issuer",), post=302),
    "badge_keys_replace": Address(ONLY_MAN, "badge issuer", ("issuer",), post=302),
    "badge_key": Address(ONLY_MAN, "badge issuer", ("issuer", "key")),
    "badge_key_struck": Address(ONLY_MAN, "badge issuer", ("issuer", "key"), post=422),
}

# Models whose rows are about somebody: inside the second wall; those about nobody, and why.
INSIDE = """
    Recipient Credential Collection CollectionItem ShareLink ForeignBadge Endorsement
    ConnectedWallet
"""
OUTSIDE: dict[str, str] = {
    "badges.AchievementVersion": "what a badge recognises, published",
    "badges.Alignment": "a code of a public list",
    "badges.Proposal": "a badge that a body asks for",
    "badges.Issuer": "a body, or who endorses: published in what they sign",
    "badges.IssuerKey": "a body's keys; private halves are sealed",
    "badges.StatusList": "published bits, that name nobody",
    "allauth_idp_oidc.Client": "an application, that registered itself",
    "allauth_idp_oidc.Token": "accounts: the scope is computed from them; hashes only",
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
    "support": (b.Endorsement, lambda one: [one.rows.backing]),  # of an issuer
    "support to give": (b.Endorsement, lambda one: [one.rows.asked_support]),  # of a badge
    "proposal": (b.Proposal, lambda one: [one.rows.proposal]),  # of nobody's house
    "proposal of a house": (b.Proposal, lambda one: [one.rows.own_proposal]),
    "wallet": (b.ConnectedWallet, lambda one: [one.rows.wallet]),
}
OF_NOBODY = {"support", "proposal", "proposal of a house"}
OF_PERSON = set(KINDS) - OF_NOBODY
# Nobody of a team knows where somebody keeps their badges; proposals are for the steward.
NOT_THEIRS = {"wallet": "", "proposal": ""}
CAEN, PROGRAMME = "mine near aside", "mine near aside orne"
PROPOSED, GIVE = "proposal of a house", "support to give"
# By the house where one works (Le Dôme, Le WIP, Le Comptoir), whatever one does there
DOME, WIP, COMPTOIR = ({PROPOSED: keys} for keys in ("mine near orne", "aside", "far"))
IN_WIP = WIP | {GIVE: "aside"}
# Supports of models and issuers say nothing of a person: it is the role that gives them, there
# where it is held, to who is in a team, was, or was closed out of it.
ASKING = DOME | {"support": CAEN, GIVE: "mine near"}
REFERENTS = (
    "referent former_member future_member reader_of_notes reader_until_yesterday former_reader"
    " author_who_left referent_for_an_activity"
)
OF_WIP = "animator animator_of_a_team activity_referent member_until_tomorrow former_of_activity"
# Coordinators and managers know of every kind there where they are, unless said otherwise here:
# role: {kind: keys of the people whose rows are known}, roles being those of test_model_matrix.
ORACLE: dict[str, dict[str, str]] = {
    "participant": dict.fromkeys(OF_PERSON, "mine"),
    **dict.fromkeys(REFERENTS.split(), ASKING),
    **dict.fromkeys(["objected_referent", "objected_who_left"], ASKING | {GIVE: "near"}),
    "moved_referent": DOME | {"support": "orne", GIVE: "orne"},
    "volunteer": DOME,
    **dict.fromkeys(OF_WIP.split(), IN_WIP),
    "badge_steward": dict.fromkeys(KINDS, CAEN)
    | {"wallet": "", "proposal": PROGRAMME, PROPOSED: PROGRAMME},
    "manager": {"wallet": ""},
    "coordinator": NOT_THEIRS | DOME,
    "author": NOT_THEIRS | DOME,
    "objected_coordinator": NOT_THEIRS | DOME | {"support": PROGRAMME},
    "coordinator_until_tomorrow": NOT_THEIRS | WIP,
    "coordinator_of_marseille": NOT_THEIRS | COMPTOIR,
    # A house in one territory, another in the other one
    "two_hats": dict.fromkeys(OF_PERSON, "orne")
    | DOME
    | {"wallet": "", "support": PROGRAMME, GIVE: "mine near orne"},
    "two_houses": {"support": PROGRAMME, PROPOSED: PROGRAMME, GIVE: "mine near"},
}
# (queryset class, name of its method, the kind whose rows tell when it is weakened)
FUNCTIONS: list[tuple] = [
    (HeldQuerySet, "visible_to", "badge"),
    (HeldQuerySet, "open_to", "badge"),
    (ConnectedWalletQuerySet, "visible_to", "wallet"),
    (EndorsementQuerySet, "visible_to", GIVE),
    (ProposalQuerySet, "visible_to", PROPOSED),
]


def rows(found, author) -> None:
    """Somebody who holds a badge of ours and one of others, and shows them."""
    rows, now = found.rows, timezone.now()
    of = {"territory": rows.home}
    b.Recipient.objects.create(**of)  # of nobody: a key to one that nothing holds may be tried
    rows.recipient = b.Recipient.objects.create(**of, user=found.participant.user)
    held = of | {"recipient": rows.recipient}
    rows.badge = _badge(found, held, author)
    rows.collection = b.Collection.objects.create(
        **held, name=found.word("own", "Portefeuille"), words="…"
    )
    rows.collected = b.CollectionItem.objects.create(
        **of, collection=rows.collection, credential=rows.badge
    )
    agreed = found.word("own", "Accord")
    how = {"until": now + datetime.timedelta(days=30), "words": agreed}
    named = how | {"shows_name": True, "name_shown": found.word("own", "Montre")}
    rows.shared_badge = b.ShareLink.objects.create(**held, credential=rows.badge, **named)
    rows.shared_wallet = b.ShareLink.objects.create(**held, collection=rows.collection, **how)
    rows.foreign = b.ForeignBadge.objects.create(
        **held,
        kind="ob2",
        raw="{}",
        sha256=found.key.ljust(64, "0"),
        name=found.word("own", "Apporte"),
    )
    rows.wallet = b.ConnectedWallet.objects.create(
        **held,
        client_key=found.key,
        name=found.word("own", "Classeur"),
        host="classeur.example",
        scopes=[],
    )
    rows.endorsement = b.Endorsement.objects.create(
        **of, credential=rows.badge, agreed_on=now, invited_name=found.word("own", "Soutien")
    )
    rows.asked_support = b.Endorsement.objects.create(
        **of,
        credential=rows.badge,
        agreed_on=now,
        organisation=found.participant.organisation,
        until=now + datetime.timedelta(days=30),
    )
    rows.version, rows.network = rows.badge.version, rows.badge.issuer
    rows.badge_model = rows.version.achievement
    house, _made = Organisation.objects.get_or_create(
        slug="ailleurs", defaults={"name": "Une maison d’ailleurs", "kind": "association"}
    )
    rows.proposal = _proposal(found, author, house)
    rows.own_proposal = _proposal(found, author, found.participant.organisation)
    rows.issuer = b.Issuer.objects.create(
        kind="organisation",
        organisation=rows.house,
        slug=f"maison-{found.key}",
        name=rows.house.name,
    )
    rows.key = b.IssuerKey.objects.create(
        issuer=rows.issuer, algorithm="ed25519", kid=f"z{found.key}", private_sealed="…"
    )
    rows.backing = b.Endorsement.objects.create(
        **of, issuer=rows.network, until=now + datetime.timedelta(days=30)
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


def _proposal(found, author, house) -> b.Proposal:
    return b.Proposal.objects.create(
        programme=found.rows.home.programme,
        organisation=house,
        name="Greffer un arbre",
        what="Sait greffer.",
        seen="A greffé trois arbres.",
        asked_by=author,
    )
