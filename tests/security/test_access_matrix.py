"""Every address × role × person × method: the answer expected, nobody's words in the wrong hands,
and the headers that protect the reader. The answers expected are in oracle.py, by hand."""

import pytest

from journeys.documents.models import DocumentQuerySet
from journeys.participants.models import OutreachQuerySet, ParticipantQuerySet, ReferralQuerySet
from journeys.pathway import pages
from journeys.pathway.models import NoteQuerySet
from journeys.pathway.querysets import JourneyQuerySet
from rtr import middleware, scope
from tests.figures import figure
from tests.security.answers import ROLES
from tests.security.oracle import ADDRESSES, MAY_READ
from tests.security.test_headers import exceptions, lacking
from tests.security.visits import Visitor, patterns, visits

TOTALS = {"cells": 0, "leaks": 0}


@pytest.fixture(scope="session", autouse=True)
def figures():
    yield
    if TOTALS["cells"]:
        figure("cells", TOTALS["cells"], "adresse × rôle × personne × méthode")
        figure("leaks", TOTALS["leaks"], "textes lus par qui ne le doit pas")


def visitor(role, world, cast) -> Visitor:
    if role == "anonymous":
        return Visitor()
    return Visitor(world.mine.participant.user if role == "participant" else cast[role])


def forbidden(role, world) -> dict[str, str]:
    """Every text that this role must never read: the text, and what it is about whom."""
    allowed = MAY_READ[role]
    return {
        text: f"{kind} of {key}"
        for key, person in world.people.items()
        for kind, texts in person.canaries.items()
        if kind not in allowed.get(key, "").split()
        for text in texts
    }


def leaks(body: str, texts: dict[str, str]) -> list[str]:
    low = body.lower()
    return [about for text, about in texts.items() if text.lower() in low]


def test_every_address_is_in_the_table():
    names = [pattern.name for pattern in patterns()]

    assert None not in names
    assert sorted(names) == sorted(ADDRESSES)


@pytest.mark.parametrize("role", ROLES)
def test_each_address_answers_as_the_table_says_and_tells_nothing_more(role, world, cast):
    guest, texts, wrong = visitor(role, world, cast), forbidden(role, world), []
    for visit in visits(world):
        for method in ("GET", "POST"):
            found = guest.answer(method, visit.url)
            expected = visit.address.answers(role, visit.target, method)
            where = f"{method} {visit.name} {visit.target}"
            if found.status != expected:
                wrong.append(f"{where}: {found.status}, {expected} expected")
            told = leaks(found.body, texts)
            also = getattr(visit.address, "also_tells", "").split()
            told = [one for one in told if one not in {f"{kind} of mine" for kind in also}]
            wrong += [f"{where}: tells {about}" for about in told]
            wrong += [f"{where}: {what}" for what in (*lacking(found, role), *exceptions(found))]
            TOTALS["cells"] += 1
            TOTALS["leaks"] += len(told)

    assert not wrong, "\n".join(wrong)


QUERIES = [
    "/coordination/participants/?q={nickname}",
    "/coordination/participants/?q={first_name}",
    "/coordination/participants/?q={phone}",
    "/coordination/participants/?group=others&q={first_name}",
    "/coordination/participants/?group=others&q={nickname}",
    "/coordination/participants/liste.csv?q={first_name}",
    "/coordination/participants/liste.csv?q={nickname}",
    "/coordination/accueillir/?nickname={nickname}",
    "/coordination/participants/affecter/?journey={journey}",
]


@pytest.mark.parametrize("role", ["activity_referent", "referent", "coordinator", "manager"])
def test_a_search_finds_only_those_whose_words_were_readable(role, world, cast):
    """What was typed comes back in the page: it is the rest that must not."""
    guest, texts, wrong = visitor(role, world, cast), forbidden(role, world), []
    for person in world.people.values():
        asked = {
            "nickname": person.participant.nickname,
            "first_name": person.participant.first_name,
            "phone": f"063998000{list(world.people).index(person.key)}",
            "journey": person.journey.pk,
        }
        for query in QUERIES:
            url = query.format(**asked)
            others = {t: about for t, about in texts.items() if t.lower() not in url.lower()}
            wrong += [
                f"{url}: tells {about}" for about in leaks(guest.answer("GET", url).body, others)
            ]
            TOTALS["cells"] += 1

    assert not wrong, "\n".join(wrong)


def test_a_name_does_not_find_whom_one_knows_by_nickname_alone(world, cast):
    """Near's nickname is the referent's to read; that it goes with this name is not."""
    guest = visitor("referent", world, cast)

    found = guest.answer("GET", "/coordination/participants/?group=others&q=Prenomnearxq")
    control = guest.answer("GET", "/coordination/participants/?group=others&q=Surnomnearxq")

    assert "CODE-nearxq" in control.body
    assert "CODE-nearxq" not in found.body


def test_rows_of_another_person_are_not_reached_through_ones_own(world, cast):
    """/parcours/<mine>/…/<a row of far>: the two must go together."""
    wrong = []
    for role in ("referent", "coordinator"):
        guest = visitor(role, world, cast)
        for other in (world.near, world.far):
            for visit in visits(world, mixed=other):
                for method in ("GET", "POST"):
                    found = guest.answer(method, visit.url)
                    if found.status not in (403, 404, 405):
                        wrong.append(f"{role} {method} {visit.name}: {found.status}")

    assert not wrong, "\n".join(wrong)


# -- The control: a scope made weaker is seen ----------------------------------------------------

QUERYSETS = [
    JourneyQuerySet,
    ParticipantQuerySet,
    DocumentQuerySet,
    NoteQuerySet,
    OutreachQuerySet,
    ReferralQuerySet,
]


@pytest.fixture
def without_walls(monkeypatch):
    """The walls down: every row is visible to all, every territory in scope, every right given."""
    for queryset in QUERYSETS:
        monkeypatch.setattr(queryset, "visible_to", lambda rows, user: rows.all())
    monkeypatch.setattr(pages, "require", lambda user, permission, territory_id: None)
    monkeypatch.setattr(
        middleware.scope, "over", lambda ids: scope.everything("test: no second wall")
    )


@pytest.mark.parametrize("role", ["referent", "coordinator"])
def test_without_walls_the_same_visits_find_leaks(role, world, cast, without_walls):
    guest, texts = visitor(role, world, cast), forbidden(role, world)

    told = [
        about
        for visit in visits(world)
        if visit.target == "far" and visit.name.startswith("journey")
        for about in leaks(guest.answer("GET", visit.url).body, texts)
    ]

    assert "nickname of far" in told
    assert len(told) > 5
    figure(f"fuites sans les murs, {role}", len(told), "bras témoin")


def test_the_second_wall_alone_still_holds(world, cast, monkeypatch):
    """The first one down, Marseille stays out of sight of Caen."""
    for queryset in QUERYSETS:
        monkeypatch.setattr(queryset, "visible_to", lambda rows, user: rows.all())
    guest = visitor("coordinator", world, cast)
    far = [text for texts in world.far.canaries.values() for text in texts]

    for visit in visits(world):
        if visit.target == "far":
            body = guest.answer("GET", visit.url).body
            assert not leaks(body, dict.fromkeys(far, visit.name)), visit.name
