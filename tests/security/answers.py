"""How the answers expected from an address are written, and who knows of which rows.

The tables are in oracle.py, and those of each later chapter in parts/.
"""

from dataclasses import dataclass

ROLES = (
    "anonymous participant volunteer animator activity_referent referent badge_steward"
    " coordinator manager evaluator prescriber"
).split()
# Short names, so that a line holds a rule.
PART, ANIM, ACT, REF = "participant", "animator", "activity_referent", "referent"
COORD, MAN, EVA, PRE = "coordinator", "manager", "evaluator", "prescriber"

# -- Whose rows each role knows of; anything else does not exist for them (404) -----------------

KNOWN = {
    "journey": {"mine": {ACT, REF, COORD, MAN}, "near": {COORD, MAN}, "far": set()},
    "participant": {"mine": {ACT, REF, COORD, MAN}, "near": {REF, COORD, MAN}, "far": set()},
    "document": {"mine": {REF, COORD, MAN}, "near": {COORD, MAN}, "far": set()},
    "outreach": {"mine": {REF, COORD, MAN}, "near": {REF, COORD, MAN}, "far": set()},
    "referral": {"mine": {COORD, MAN}, "near": {COORD, MAN}, "far": set()},
    "territory": {"mine": {ANIM, ACT, REF, COORD, MAN}, "orne": {COORD, MAN}, "far": set()},
    "programme": {"mine": {MAN}, "far": set()},
    # A body is known in the whole programme, a place in its territory
    "organisation": {key: {ANIM, ACT, REF, COORD, MAN} for key in ("mine", "orne")}
    | {"far": set()},
    "place": {"mine": {ANIM, ACT, REF, COORD, MAN}, "orne": {COORD, MAN}, "far": set()},
    "account": {"mine": {MAN}, "orne": {MAN}, "far": set()},  # whoever has a role there
    "session": {"mine": set()},  # somebody else's
    "merge": {"mine": {COORD}, "near": {COORD}, "far": set()},
    "kept apart": {"mine": {COORD}, "near": {COORD}, "far": set()},
    "transfer": {"mine": {COORD}, "near": {COORD}, "far": set()},
    "message": {"mine": {COORD, MAN}, "near": {COORD, MAN}, "far": set()},
    "own": {"mine": {PART}, "near": set(), "far": set()},
    "": {"-": set(ROLES)},
}


@dataclass(frozen=True)
class Address:
    """What an address answers.

    `open_to` may use it; `door` passes its door but may not use it on a row they know (403); all
    others stay at the door: sent to sign in (302) or refused (403). `on`: what row it is about.
    `ids`: which rows of a person make its arguments. `get` and `post` are what those who may use
    it get from an empty request.
    """

    open_to: frozenset[str]
    on: str = ""
    ids: tuple[str, ...] = ()
    get: int = 200
    post: int = 200
    door: frozenset[str] = frozenset()
    also_tells: str = ""  # kinds of words of « mine » that only this page of theirs holds

    def answers(self, role: str, target: str, method: str) -> int:
        if role not in self.open_to | self.door:
            return 302 if role == "anonymous" else 403
        if method == "GET" and self.get == 405:
            return 405
        if role not in KNOWN[self.on][target]:
            return 404
        if role not in self.open_to:
            return 403
        return self.get if method == "GET" else self.post

    @property
    def targets(self) -> list[str]:
        return list(KNOWN[self.on])


@dataclass(frozen=True)
class Public:
    """An address open to anybody: (GET, POST) for a stranger, and for who is signed in."""

    stranger: tuple[int, int]
    signed_in: tuple[int, int]
    of_participant: tuple[int, int] | None = None
    targets = ("-",)
    ids = ()

    def answers(self, role: str, target: str, method: str) -> int:
        found = self.stranger if role == "anonymous" else self.signed_in
        if role == PART and self.of_participant:
            found = self.of_participant
        return found[method == "POST"]


EVERYONE = frozenset(ROLES) - {"anonymous"}
STAFF = EVERYONE - {PART}
TEAM = frozenset({REF, COORD})
READERS = frozenset({ACT, REF, COORD, MAN})
LEADERS = frozenset({COORD, MAN})
READ_ANSWERS = frozenset({REF, COORD, MAN})  # a reference of activity reads the path alone
WELCOME = frozenset({REF, COORD, MAN})
PRESENCES = frozenset({ANIM, REF, COORD, MAN})
FIGURES = frozenset({COORD, MAN, EVA})
ONLY_PART = frozenset({PART})
ONLY_COORD = frozenset({COORD})
ONLY_MAN = frozenset({MAN})
NETWORK = frozenset({ANIM, ACT, REF, COORD, MAN})  # who is part of it, where, with what


def page(open_to=READERS, *ids, **more) -> Address:
    """A page of somebody's file; reading changes nothing, whatever the method."""
    return Address(open_to, "journey", ("journey", *ids), **more)


def act(open_to=TEAM, *ids, post=422, **more) -> Address:
    """An act on somebody's journey: asked by GET, refused empty."""
    return Address(open_to, "journey", ("journey", *ids), post=post, **more)


def only_post(open_to, on, *ids, **more) -> Address:
    return Address(open_to, on, ids, get=405, post=302, **more)
