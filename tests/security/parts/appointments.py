"""Appointments: whose rows are known to whom, what each address answers, a row of each person.

See tests/security/answers.py for how an answer is written; `found` is a Person of world.py: keep
rows in `found.rows` (their names make the arguments of addresses) and words in `found.word(…)`.
"""

import datetime

from django.utils import timezone

from journeys.models import Appointment, Reminder
from tests.security.answers import (
    ACT,
    COORD,
    ONLY_PART,
    REF,
    Address,
    Public,
    act,
    only_post,
    page,
)

PATH = "path"  # as in world.py: read by the whole team
KEEP = frozenset({ACT, REF, COORD})
ONE = ("journey", "journey", "appointment")

KNOWN: dict[str, dict[str, set[str]]] = {}

ADDRESSES: dict[str, Address | Public] = {
    "my_appointments": Address(KEEP),
    "journey_appointments": page(),
    "appointment_propose": act(KEEP),
    "appointment_move": act(KEEP, "appointment"),
    "appointment_cancel": act(KEEP, "appointment"),
    "appointment_accept": only_post(KEEP, *ONE),
    "appointment_came": only_post(KEEP, *ONE),
    "appointment_missed": only_post(KEEP, *ONE),
    "appointment_again": only_post(KEEP, *ONE),
    "appointment_undo": only_post(KEEP, *ONE),
    # On the person's own phone
    "portal_appointments": Address(ONLY_PART),
    "portal_appointment_ask": Address(ONLY_PART, post=422),
    "portal_appointment_yes": only_post(ONLY_PART, "own", "appointment"),
    "portal_appointment_no": only_post(ONLY_PART, "own", "appointment"),
    "portal_appointment_move": Address(ONLY_PART, "own", ("appointment",), post=422),
    "portal_appointment_cancel": Address(ONLY_PART, "own", ("appointment",), post=422),
    "portal_appointment_undo": only_post(ONLY_PART, "own", "appointment"),
    "portal_call_me_when": Address(ONLY_PART, post=302),  # the number is known: nothing to type
}

# Models whose rows are about somebody: inside the second wall; those about nobody, and why.
INSIDE = "Appointment Reminder"
OUTSIDE: dict[str, str] = {}
# Names of models whose scope is that of their journey, and of those that have their own.
OF_JOURNEY = "Appointment Reminder"
OTHERS = ""
# kind of row: (model, its rows of a Person of the world)
KINDS: dict[str, tuple] = {}
# Coordinators and managers know of every kind there where they are, unless said otherwise here:
# role: {kind: keys of the people whose rows are known}, roles being those of test_model_matrix.
ORACLE: dict[str, dict[str, str]] = {}
# (queryset class, name of its method, the kind whose rows tell when it is weakened)
FUNCTIONS: list[tuple] = []


def rows(found, author) -> None:
    """An appointment of next week with the author, and its reminder."""
    of = {"territory": found.journey.territory, "journey": found.journey}
    moment = timezone.now() + datetime.timedelta(days=7)
    found.rows.appointment = Appointment.objects.create(
        **of,
        with_user=author,
        starts_at=moment,
        mode="meet",
        where=found.word(PATH, "Lieu convenu"),
        proposed_by="person",
        status="proposed",
        recorded_by=author,
    )
    Reminder.objects.create(**of, appointment=found.rows.appointment, days=3, for_at=moment)
