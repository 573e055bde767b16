"""In a register nobody can be told from anybody: anonymous, under contract, or from outside.

Twelve people of the three kinds are noted alike; once numbers, nicknames and the form's token are
masked, every row of the page, of its data, of the paper and of the file is the same.
"""

import json
import re

import pytest
from django.utils import timezone

from journeys.models import AttendanceMark, Enrolment, OutboundMessage
from journeys.registers.actions.linking import link, unlinked
from journeys.registers.actions.marking import Gesture, mark, mark_everybody
from journeys.registers.actions.walking_in import walk_in
from rtr import scope
from rtr.lib import here as who_is_here
from tests.journeys.registers import NAMES, address, twelve


@pytest.fixture
def room(caen, le_wip, animator, coordinator):
    """The session, its people, and every trace of them that must not be in the room."""
    with scope.over([caen.pk]):
        session, journeys = twelve(caen)
        mark_everybody(session=session, by=animator)
        walk_in(session=session, gesture=Gesture(by=animator), who="Jojo", beyond=True)
        first = journeys[0]
        walk_in(
            session=session, gesture=Gesture(by=animator), who=first.participant.code, beyond=True
        )
        Enrolment.objects.filter(session=session).update(recorded_at=timezone.now())
        yield session, journeys


def traces(journeys) -> set[str]:
    """Words about those who have a file: code, name, keys, the words of the programme."""
    words = {"Camille", "Martin", "Territoires Partagés", "butinage", "contrat", "parcours"}
    for journey in journeys:
        words |= {journey.participant.code, f"/{journey.pk}/", f"dossier {journey.pk}"}
    return words


def masked(text: str) -> str:
    """Without the number, the nickname, the token of the form."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)
    for name in sorted(NAMES, key=len, reverse=True):
        text = text.replace(name, "X")
    text = re.sub(r'(data-n="|name="number" value="|data-number>)\d+', r"\1N", text)
    return re.sub(r"\s+", " ", text)


def rows_in(page: str) -> list[str]:
    page = page.split("<template", 1)[0]
    return re.findall(r'<li class="sheet-row".*?</li>', page, re.S)


def test_the_rows_of_the_page_differ_by_number_and_nickname_alone(signed_in, animator, room):
    session, journeys = room
    page = signed_in(animator).get(address("register", session)).content.decode()

    rows = rows_in(page)
    assert len(rows) == 13
    assert len({masked(row) for row in rows}) == 1
    assert [w for w in traces(journeys) if w.lower() in page.lower()] == []
    numbers = [int(n) for n in re.findall(r'<li class="sheet-row" data-n="(\d+)"', page)]
    assert numbers == sorted(numbers) == list(range(1, 14))


def test_the_data_of_the_page_and_of_a_sync_hold_nothing_else(signed_in, animator, room):
    session, journeys = room
    client = signed_in(animator)
    page = client.get(address("register", session)).content.decode()
    body = {"who": who_is_here.word_of(animator), "gestures": []}
    synced = client.post(
        address("register_sync", session), json.dumps(body), content_type="application/json"
    )

    embedded = json.loads(re.search(r'<script id="feuille"[^>]*>(.*?)</script>', page, re.S)[1])
    for sheet in (embedded, synced.json()["sheet"]):
        assert {tuple(row) for row in sheet["rows"]} == {("n", "name", "a", "m", "s", "w")}
        alike = {(r["a"], r["m"], r["s"], r["w"]) for r in sheet["rows"]}
        assert len(alike) == 1
    assert [w for w in traces(journeys) if w.lower() in synced.content.decode().lower()] == []


def test_the_answers_to_gestures_are_the_same_for_everybody(signed_in, animator, room):
    """A correction after a month was signed included: the sheet never says whose it is."""
    session, _journeys = room
    client = signed_in(animator)
    seen = set()
    for number in range(1, 14):
        row = session.enrolments.get(number=number)
        gesture = {
            "id": f"00000000-0000-4000-8000-{number:012}",
            "kind": "mark",
            "n": number,
            "a": "absent",
            "seen": row.recorded_at.isoformat(),
            "at": timezone.now().isoformat(),
        }
        body = {"who": who_is_here.word_of(animator), "gestures": [gesture]}
        answer = client.post(
            address("register_sync", session), json.dumps(body), content_type="application/json"
        )
        [result] = answer.json()["results"]
        seen.add(json.dumps({k: v for k, v in result.items() if k != "id"}))
    assert len(seen) == 1


def test_paper_and_file_hold_numbers_and_nicknames(signed_in, animator, room):
    session, journeys = room
    client = signed_in(animator)
    paper = client.get(address("register_print", session)).content.decode()
    file = b"".join(client.get(address("register_csv", session)).streaming_content).decode()

    lines = file.splitlines()[1:]
    assert len(lines) == 13
    assert {line.split(",", 2)[2] for line in lines} == {"présent,120"}
    cells = re.findall(r"<tr>.*?</tr>", paper.split("<tbody>")[1], re.S)[:13]
    assert len({re.sub(r"\d+", "N", masked(cell)) for cell in cells}) == 1
    for text in (paper, file):
        assert [w for w in traces(journeys) if w.lower() in text.lower()] == []


def test_a_presence_taken_up_leaves_the_register_as_it_was(signed_in, animator, coordinator, room):
    session, journeys = room
    client = signed_in(animator)
    url = address("register", session)
    before = [masked(row) for row in rows_in(client.get(url).content.decode())]
    outside = session.enrolments.filter(participant=None).first()
    other = next(j for j in journeys if not session.enrolments.filter(pk=0).exists())
    other.participant.enrolments.update(status="cancelled")
    rows = len(before) - 1

    link(journey=other, by=coordinator, seen=None, rows=[outside.pk])
    page = client.get(url).content.decode()

    assert [masked(row) for row in rows_in(page)] == before[:rows]
    assert "reprise" not in page
    assert unlinked(other) == []


def test_corrections_are_told_alike(signed_in, animator, coordinator, room):
    session, journeys = room
    for number in (1, 2, 3):  # anonymous, under contract, from outside
        mark(session=session, number=number, gesture=Gesture(by=coordinator, attendance="absent"))

    page = signed_in(animator).get(address("register", session)).content.decode()

    told = re.findall(r"n°\s+\d+, (\w+) : (.*?)</span>", page)
    assert len({after for _name, after in told}) == 1
    assert [w for w in traces(journeys) if w.lower() in page.lower()] == []


def test_nothing_is_sent_to_anybody_by_a_register(animator, room):
    assert AttendanceMark.objects.exists()
    assert not OutboundMessage.objects.exists()


def test_a_row_that_told_would_be_seen(signed_in, animator, room, monkeypatch):
    """The control: one word more for those who have a file, and the proof fails."""
    session, _journeys = room
    from journeys.registers.coordination import registers

    told = registers.sheet_of

    def telling(session):
        sheet = told(session)
        files = set(
            session.enrolments.filter(participant__isnull=False).values_list("number", flat=True)
        )
        for row in sheet["rows"]:
            row["name"] += " •" if row["n"] in files else ""
        return sheet

    monkeypatch.setattr(registers, "sheet_of", telling)
    page = signed_in(animator).get(address("register", session)).content.decode()

    assert len({masked(row) for row in rows_in(page)}) == 2
