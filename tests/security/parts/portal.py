"""Portal: whose rows are known to whom, what each address answers, a row of each person.

See tests/security/answers.py for how an answer is written; `found` is a Person of world.py: keep
rows in `found.rows` (their names make the arguments of addresses) and words in `found.word(…)`.
"""

from hashlib import sha256

from journeys.models import CardAccess
from tests.security.answers import ONLY_PART, TEAM, Address, Public, act, only_post


def _own(row: str, **answers) -> Address:
    return Address(ONLY_PART, "own", (row,), **answers)


KNOWN: dict[str, dict[str, set[str]]] = {}

ADDRESSES: dict[str, Address | Public] = {
    # Ways in: somebody of the team is told that they are not theirs
    "portal_enter_help": Public((200, 422), (200, 403), of_participant=(200, 422)),
    "portal_language": Public((200, 200), (200, 200)),  # a language may be chosen by anybody
    "portal_code": Public((302, 302), (302, 403), of_participant=(302, 302)),
    "portal_choose": Public((302, 302), (302, 403), of_participant=(302, 302)),
    "portal_card": Public((404, 404), (403, 403), of_participant=(404, 404)),
    "portal_screen": Public((200, 422), (200, 403), of_participant=(200, 422)),
    "portal_close": Public((405, 302), (405, 403), of_participant=(405, 302)),
    "card_give": act(post=200),  # shown once, as the code
    "card_revoke": only_post(TEAM, "journey", "journey"),
    "screen_give": act(post=200),
    # One's badges: held, asked for, put together, shown, of others
    "portal_badges": Address(ONLY_PART),
    "portal_badge": _own("badge"),
    "portal_badge_words": _own("badge", post=302),
    "portal_badge_share": _own("badge", post=422),
    "portal_badge_file": _own("badge", get=404, post=404),  # of a kind that is none
    "portal_recognise": Address(ONLY_PART),
    "portal_recognise_lived": _own("experience", post=422),
    "portal_asked_complete": _own("recognition", get=302, post=302),  # nothing more is asked
    "portal_asked_withdraw": only_post(ONLY_PART, "own", "recognition"),
    "portal_scan": Public((302, 302), (403, 403), of_participant=(404, 404)),
    "portal_collection_add": Address(ONLY_PART, post=422),
    "portal_collection": _own("collection"),
    "portal_collection_edit": _own("collection", post=422),
    "portal_collection_share": _own("collection", post=422),
    "portal_collection_remove": _own("collection", post=302),
    "portal_shares": Address(ONLY_PART),
    "portal_share": _own("shared_badge"),
    "portal_share_stop": _own("shared_badge", post=302),
    "portal_foreign_add": Address(ONLY_PART, post=422),
    "portal_foreign": _own("foreign"),
    "portal_foreign_check": only_post(ONLY_PART, "own", "foreign"),
    "portal_foreign_image": _own("foreign", get=404, post=404),  # it has none
    "portal_foreign_remove": _own("foreign", post=302),
    # One's own devices
    "portal_phone": Address(ONLY_PART, post=422),
    "portal_devices": Address(ONLY_PART),
    "portal_device_close": Address(ONLY_PART, get=405, post=404),
    "portal_offline": Address(ONLY_PART, get=302, post=302),
    "portal_worker": Public((200, 200), (200, 200)),
    "portal_keep_next": Address(ONLY_PART, get=405, post=302),
    "portal_stay": Address(ONLY_PART, get=204, post=204),
}

# Models whose rows are about somebody: inside the second wall; those about nobody, and why.
INSIDE = "CardAccess"
OUTSIDE: dict[str, str] = {
    "journeys.EntryCode": "a hash of a number, for ten minutes, whoever has it",
    "journeys.WrongCode": "how often a network was wrong",
}
# Names of models whose scope is that of their journey, and of those that have their own.
OF_JOURNEY = ""
OTHERS = ""
# kind of row: (model, its rows of a Person of the world)
KINDS: dict[str, tuple] = {}
# Coordinators and managers know of every kind there where they are, unless said otherwise here:
# role: {kind: keys of the people whose rows are known}, roles being those of test_model_matrix.
ORACLE: dict[str, dict[str, str]] = {}
# (queryset class, name of its method, the kind whose rows tell when it is weakened)
FUNCTIONS: list[tuple] = []


def rows(found, author) -> None:
    """One row of each table about `found`, written by hand."""
    found.rows.card = CardAccess.objects.create(
        territory=found.journey.territory,
        participant=found.participant,
        token_sha256=sha256(found.key.encode()).hexdigest(),
        pin="0" * 64,
        given_by=author,
    )
