"""Activities: whose rows are known to whom, what each address answers, a row of each person.

See tests/security/answers.py for how an answer is written; `found` is a Person of world.py: keep
rows in `found.rows` (their names make the arguments of addresses) and words in `found.word(…)`.
"""

import datetime

from django.utils import timezone

from journeys import models as m
from journeys.activities.models import (
    ActivityQuerySet,
    CalendarFeedQuerySet,
    EnrolmentQuerySet,
    SessionQuerySet,
)
from territories.models import User
from tests.security.answers import (
    ACT,
    ANIM,
    COORD,
    LEADERS,
    MAN,
    NETWORK,
    ONLY_PART,
    PART,
    REF,
    STAFF,
    Address,
    Public,
    act,
    only_post,
)

IN_CAEN = {ANIM, ACT, REF, COORD, MAN}
KNOWN: dict[str, dict[str, set[str]]] = {
    "activity": {"mine": IN_CAEN, "orne": {COORD, MAN}, "far": set()},
    # Of Le Dôme, where the animator is not: they know of it, its register is not theirs
    "enrolment": {"mine": {ACT, REF, COORD, MAN}, "near": {COORD, MAN}, "far": set()},
    # What is published in one's territory
    "offered": {"mine": {PART}, "near": {PART}, "orne": set(), "far": set()},
}
WRITERS = frozenset({ANIM, COORD, MAN})
ENROLLERS = frozenset({ACT, REF, COORD})


def _write(*ids, **more) -> Address:
    """By those who lead; an animator of another house may not."""
    return Address(LEADERS, "activity", ids, door=frozenset({ANIM}), **{"post": 422} | more)


def _on_row() -> Address:
    return Address(
        ENROLLERS, "enrolment", ("enrolment",), get=405, post=302, door=STAFF - ENROLLERS
    )


ADDRESSES: dict[str, Address | Public] = {
    "agenda": Address(NETWORK),
    "calendar_feed": Address(NETWORK),
    "calendar_feed_revoke": only_post(NETWORK, ""),
    "calendar": Public((404, 405), (404, 405)),
    "activities": Address(NETWORK),
    "activity": Address(NETWORK, "activity", ("activity",)),
    "activity_add": Address(WRITERS, post=422),
    "activity_edit": _write("activity"),
    "activity_publish": _write("activity", get=405, post=302),
    "activity_close": _write("offered_activity"),  # people are expected in it
    "activity_reopen": _write("activity", get=405, post=302),
    "session_add": _write("activity"),
    "series_add": _write("activity"),
    "session": Address(NETWORK, "activity", ("meeting",)),
    "session_edit": _write("meeting"),
    "session_cancel": _write("meeting"),
    "session_restore": _write("meeting", get=405, post=302),
    "session_staff": _write("meeting"),
    "session_staff_remove": _write("meeting", "meeting_staff", get=405, post=302),
    "enrol_person": Address(ENROLLERS, "activity", ("meeting",), post=404),  # nobody is named
    "enrol_guest": Address(
        frozenset({COORD}),
        "activity",
        ("meeting",),
        post=422,
        door=frozenset({"volunteer", ANIM}),
    ),
    "enrolment_withdraw": _on_row(),
    "enrolment_restore": _on_row(),
    "journey_enrol": act(ENROLLERS),
    "activity_photo": Public((404, 405), (404, 405)),
    "catalogue": Public((200, 405), (200, 405)),
    "catalogue_activity": Public((404, 405), (404, 405)),
    "portal_activities": Address(ONLY_PART),
    "portal_enrol": only_post(ONLY_PART, "offered", "meeting"),
    "portal_withdraw": only_post(ONLY_PART, "own", "enrolment"),
    "portal_enrol_again": only_post(ONLY_PART, "own", "enrolment"),
    "portal_calendar": Address(ONLY_PART),
    "portal_calendar_revoke": only_post(ONLY_PART, ""),
}

# Models whose rows are about somebody: inside the second wall; those about nobody, and why.
INSIDE = "Enrolment"
OUTSIDE: dict[str, str] = {
    "journeys.Activity": "what is offered, about nobody: who comes is inside",
    "journeys.Series": "a rule of dates",
    "journeys.Session": "a date with places: who is in it is inside",
    "journeys.SessionStaff": "colleagues, and what they animate",
    "journeys.CalendarFeed": "one's own address, by its hash: read before anybody is known",
}
# Names of models whose scope is that of their journey, and of those that have their own.
OF_JOURNEY = ""
OTHERS = "Activity Session Enrolment CalendarFeed"
# kind of row: (model, its rows of a Person of the world)
KINDS: dict[str, tuple] = {
    "draft": (m.Activity, lambda one: [one.rows.activity]),
    "stopped": (m.Activity, lambda one: [one.rows.stopped]),
    "offered": (m.Activity, lambda one: [one.rows.offered_activity]),
    "meeting": (m.Session, lambda one: [one.rows.meeting]),
    "today": (m.Session, lambda one: [one.rows.today]),
    "enrolment": (m.Enrolment, lambda one: [one.rows.enrolment]),
    "row of today": (m.Enrolment, lambda one: [one.rows.row_of_today]),
    "guest": (m.Enrolment, lambda one: [one.rows.guest]),  # a nickname alone: of a register only
    "feed": (m.CalendarFeed, lambda one: [one.rows.feed]),
}
CAEN, PROGRAMME = "mine near aside", "mine near aside orne"
OFFER = ("draft", "stopped", "offered", "meeting", "today")
ROWS = ("enrolment", "row of today")


def _knows(offer: str, rows: str = "", guest: str = "") -> dict[str, str]:
    found = dict.fromkeys(OFFER, offer) | dict.fromkeys(ROWS, rows)
    return found | {"feed": "", "guest": guest}


# Coordinators and managers know of every kind there where they are, unless said otherwise here:
# role: {kind: keys of the people whose rows are known}, roles being those of test_model_matrix.
ORACLE: dict[str, dict[str, str]] = {
    "participant": dict.fromkeys(["offered", "meeting"], CAEN)
    | dict.fromkeys([*ROWS, "feed"], "mine"),
    # Brice helps today in the session called mine; tomorrow and elsewhere are closed to him
    "volunteer": dict.fromkeys(["today", "row of today"], "mine"),
    "animator": _knows(CAEN, "aside", "aside"),
    "activity_referent": _knows(CAEN, "mine"),
    "referent": _knows(CAEN, "mine"),
    "coordinator": {"feed": ""},
    "manager": {"feed": ""},
    "coordinator_of_marseille": {"feed": ""},
    "author": {"feed": ""},
    "objected_referent": _knows(CAEN),
    "objected_who_left": _knows(CAEN),
    # A register says a nickname and a number of everyone alike: an objection closes the file.
    "objected_coordinator": _knows(PROGRAMME, PROGRAMME, PROGRAMME),
    "former_member": _knows(CAEN),
    "future_member": _knows(CAEN),
    "former_of_activity": _knows(CAEN),
    "member_until_tomorrow": _knows(CAEN, "mine"),
    "coordinator_until_tomorrow": {"feed": ""},
    "moved_referent": _knows("orne"),
    "animator_of_a_team": _knows(CAEN, "aside", "aside"),
    "referent_for_an_activity": _knows(CAEN, "mine"),
    "two_hats": _knows(PROGRAMME, "mine orne", "orne"),
    "two_houses": _knows(PROGRAMME),
    "reader_of_notes": _knows(CAEN, "mine"),
    "reader_until_yesterday": _knows(CAEN, "mine"),
    "former_reader": _knows(CAEN, "mine"),
    "author_who_left": _knows(CAEN),
}
# (queryset class, name of its method, the kind whose rows tell when it is weakened)
FUNCTIONS: list[tuple] = [
    (ActivityQuerySet, "visible_to", "draft"),
    (ActivityQuerySet, "published", "stopped"),
    (SessionQuerySet, "visible_to", "meeting"),
    (SessionQuerySet, "helped_by", "row of today"),
    (SessionQuerySet, "registered_by", "guest"),
    (EnrolmentQuerySet, "visible_to", "enrolment"),
    (CalendarFeedQuerySet, "visible_to", "feed"),
]


def rows(found, author) -> None:
    """One row of each table about `found`, written by hand."""
    rows, on = found.rows, timezone.localdate()
    rows.activity = _activity(found, "Brouillon")
    rows.stopped = _activity(found, "Arrêtée", published_on=on, closed_on=on)
    rows.offered_activity = _activity(found, "Atelier", published_on=on)
    rows.meeting = _session(found, rows.offered_activity, on + datetime.timedelta(days=1))
    rows.today = _session(found, rows.activity, on)
    rows.meeting_staff = m.SessionStaff.objects.create(session=rows.meeting, user=author)
    brice = User.objects.filter(first_name="Brice").first()
    helped = {"mine": [rows.today, rows.meeting], "orne": [rows.today]}
    for session in helped.get(found.key, []) if brice else []:
        m.SessionStaff.objects.create(session=session, user=brice, part="volunteer")
    rows.enrolment = _enrolment(found, rows.meeting)
    rows.row_of_today = _enrolment(found, rows.today)
    rows.guest = m.Enrolment.objects.create(
        territory=rows.home, session=rows.meeting, nickname="Momo", number=2
    )
    rows.feed = m.CalendarFeed.objects.create(
        user=found.participant.user, token_sha256=found.key.ljust(64, "0")
    )


def _activity(found, title: str, **dates) -> m.Activity:
    return m.Activity.objects.create(
        territory=found.rows.home,
        organisation=found.participant.organisation,
        title=title,
        pitch="On fait ensemble.",
        kind="workshop",
        languages=["fr"],
        **dates,
    )


def _session(found, activity, on) -> m.Session:
    noon = timezone.make_aware(datetime.datetime.combine(on, datetime.time(12)))
    return m.Session.objects.create(
        territory=found.rows.home,
        activity=activity,
        starts_at=noon,
        ends_at=noon + datetime.timedelta(hours=2),
        places=12,
        taken=1,
        last_number=2,
    )


def _enrolment(found, session) -> m.Enrolment:
    return m.Enrolment.objects.create(
        territory=found.rows.home,
        session=session,
        participant=found.participant,
        nickname=found.participant.nickname,
        number=1,
    )
