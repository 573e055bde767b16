"""Registers: whose rows are known to whom, what each address answers, a row of each person.

See tests/security/answers.py for how an answer is written; `found` is a Person of world.py: keep
rows in `found.rows` (their names make the arguments of addresses) and words in `found.word(…)`.
"""

from django.utils import timezone

from journeys import models as m
from journeys.registers.models import StatementQuerySet
from tests.journeys.factories import ago
from tests.security.answers import (
    ACT,
    ANIM,
    COORD,
    MAN,
    ONLY_PART,
    REF,
    TEAM,
    Address,
    Public,
    act,
    only_post,
)

VOLUNTEER = "volunteer"
TAKERS = frozenset({VOLUNTEER, ANIM, COORD})
ENROLLERS = frozenset({ACT, REF, COORD})
KNOWN: dict[str, dict[str, set[str]]] = {
    # Today's session of each, at Le Dôme, where the animator is not; Brice helps in mine
    "register": {"mine": {VOLUNTEER, COORD}, "near": {COORD}, "orne": {COORD}, "far": set()},
    "statement": {"mine": {REF, COORD, MAN}, "near": {COORD, MAN}, "far": set()},
}

ADDRESSES: dict[str, Address | Public] = {
    "registers": Address(TAKERS),
    # Nothing about anybody: the empty sheet, and the script that keeps it
    "register_shell": Public((200, 200), (200, 200)),
    "register_worker": Public((200, 200), (200, 200)),
    "register": Address(TAKERS, "register", ("today",), post=302),
    "register_all": only_post(TAKERS, "register", "today"),
    "register_undo": only_post(TAKERS, "register", "today"),
    "register_walk_in": Address(TAKERS, "register", ("today",), get=405, post=422),
    "register_sync": Address(TAKERS, "register", ("today",), get=405, post=400),
    "register_print": Address(TAKERS, "register", ("today",)),
    "register_csv": Address(TAKERS, "register", ("today",)),
    "presence_link": act(ENROLLERS),
    "presence_unlink": only_post(ENROLLERS, "journey", "journey"),
    "statements": Address(TEAM),
    "statements_of": Address(TEAM),
    "statements_prepare": only_post(TEAM, ""),
    "statement": Address(TEAM, "statement", ("statement",), post=422),
    "statement_pdf": Address(TEAM, "statement", ("statement",)),
    "portal_statements": Address(ONLY_PART),
    "portal_statement": Address(ONLY_PART, "own", ("statement",), post=422),
    "portal_statement_pdf": Address(ONLY_PART, "own", ("statement",)),
}

# Models whose rows are about somebody: inside the second wall; those about nobody, and why.
INSIDE = "AttendanceMark AttendanceStatement"
OUTSIDE: dict[str, str] = {}
# Names of models whose scope is that of their journey, and of those that have their own.
OF_JOURNEY = ""
OTHERS = "AttendanceStatement"
# kind of row: (model, its rows of a Person of the world)
KINDS: dict[str, tuple] = {
    "statement": (m.AttendanceStatement, lambda one: [one.rows.statement]),
}
# Coordinators and managers know of every kind there where they are, unless said otherwise here:
# role: {kind: keys of the people whose rows are known}, roles being those of test_model_matrix.
ORACLE: dict[str, dict[str, str]] = {
    "participant": {"statement": "mine"},
    "referent": {"statement": "mine"},
    "two_hats": {"statement": "mine orne"},
    "reader_of_notes": {"statement": "mine"},
    "reader_until_yesterday": {"statement": "mine"},
    "former_reader": {"statement": "mine"},
}
# (queryset class, name of its method, the kind whose rows tell when it is weakened)
FUNCTIONS: list[tuple] = [(StatementQuerySet, "visible_to", "statement")]


def rows(found, author) -> None:
    """One row of each table about `found`, written by hand."""
    rows, of = found.rows, {"territory": found.rows.home}
    rows.mark = m.AttendanceMark.objects.create(
        **of,
        enrolment=rows.row_of_today,
        was_attendance="registered",
        attendance="absent",
        by=author,
        at=timezone.now(),
    )
    rows.statement = m.AttendanceStatement.objects.create(
        **of,
        journey=found.journey,
        month=ago(60).replace(day=1),
        code=found.participant.code,
        name=found.participant.full_name,
        rows=[{"on": ago(60).isoformat(), "title": "Atelier", "minutes": 120}],
        minutes=120,
        sha256="a" * 64,
    )
