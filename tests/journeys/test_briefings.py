"""Safety consigns: a year long, by person or by session, and nobody told from another."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from journeys.frames.actions.briefings import brief_session, briefed, record_briefing
from journeys.models import Activity, Enrolment, GroupBriefing, SafetyBriefing, Session
from rtr import scope
from territories.models import Place
from tests.journeys.acts import Actor
from tests.journeys.factories import JourneyFactory, ago


@pytest.fixture(autouse=True)
def inside(caen):
    with scope.over([caen.pk]):
        yield


@pytest.fixture
def laser(caen, le_wip):
    place = Place.objects.create(territory=caen, name="Le fablab", organisation=le_wip)
    return place.equipment.create(name="Découpe laser", needs_briefing=True)


@pytest.fixture
def workshop(caen, le_wip, kiwi) -> Session:
    """Kiwi, a stranger, and another of ours, in this order."""
    activity = Activity.objects.create(
        territory=caen, organisation=le_wip, title="Découper", pitch="Du bois", kind="workshop"
    )
    start = timezone.now() - datetime.timedelta(hours=1)
    session = Session.objects.create(
        territory=caen,
        activity=activity,
        starts_at=start,
        ends_at=start + datetime.timedelta(hours=3),
        places=12,
    )
    other = JourneyFactory(
        territory=caen, participant__nickname="Lune", participant__organisation=le_wip
    )
    people = [("Kiwi", kiwi.participant), ("Olive", None), ("Lune", other.participant)]
    for number, (nickname, participant) in enumerate(people, start=1):
        Enrolment.objects.create(
            territory=caen,
            session=session,
            participant=participant,
            nickname=nickname,
            number=number,
        )
    return session


@pytest.mark.parametrize(
    ("given", "day", "holds"),
    [
        ("2026-03-10", "2026-03-10", True),
        ("2026-03-10", "2027-03-10", True),
        ("2026-03-10", "2027-03-11", False),
        ("2026-03-10", "2026-03-09", False),
        ("2028-02-29", "2029-02-28", True),
        ("2028-02-29", "2029-03-01", False),
    ],
)
def test_consigns_hold_a_year(kiwi, coordinator, laser, given, day, holds):
    person = kiwi.participant
    given, day = map(datetime.date.fromisoformat, (given, day))
    SafetyBriefing.objects.create(
        territory=kiwi.territory, participant=person, equipment=laser, on=given, by=coordinator
    )

    assert briefed([person.pk], laser, day) == ({person.pk} if holds else set())


def test_noted_twice_a_day_it_is_there_once(kiwi, coordinator, laser):
    act = {"participant": kiwi.participant, "equipment": laser, "by": coordinator}
    record_briefing(**act, on=ago(0))
    record_briefing(**act, on=ago(0))

    assert SafetyBriefing.objects.count() == 1
    with pytest.raises(ValidationError):
        record_briefing(**act, on=ago(-1))


def test_a_table_asks_for_no_consigns(kiwi, coordinator, laser):
    table = laser.place.equipment.create(name="Table")

    with pytest.raises(ValidationError, match="ne demande pas"):
        record_briefing(participant=kiwi.participant, equipment=table, by=coordinator, on=ago(0))


def test_a_session_is_briefed_by_number_whoever_they_are(workshop, laser, coordinator, kiwi):
    group = brief_session(session=workshop, equipment=laser, by=coordinator, numbers=[1, 2, 9])

    assert group.numbers == [1, 2]
    assert [one.participant for one in SafetyBriefing.objects.all()] == [kiwi.participant]
    brief_session(session=workshop, equipment=laser, by=coordinator, numbers=[2, 3])
    assert [one.participant.nickname for one in SafetyBriefing.objects.all()] == ["Lune"]
    assert GroupBriefing.objects.get().numbers == [2, 3]


def test_the_page_of_a_session_shows_everyone_alike(signed_in, animator, workshop, laser, kiwi):
    record_briefing(participant=kiwi.participant, equipment=laser, by=animator, on=ago(30))
    client, url = signed_in(animator), reverse("session_briefing", args=[workshop.pk])

    before = client.get(url).content.decode()
    answer = client.post(url, {"equipment": laser.pk, "numbers": ["1", "2"]}, follow=True)

    assert "2 sur 3" in answer.content.decode()
    for page in (before, answer.content.decode()):
        assert kiwi.participant.code not in page and "/parcours/" not in page
        choices = [
            page.partition(f"· {name}")[0].rpartition("<div")[2]
            for name in ("Kiwi", "Olive", "Lune")
        ]
        assert len({_plain(choice) for choice in choices}) == 1


def _plain(choice: str) -> str:
    return "".join(c for c in choice if not c.isdigit())


def test_another_house_s_session_is_not_there(signed_in, animator, workshop, comptoir):
    Activity.objects.update(organisation=comptoir)

    assert (
        signed_in(animator).get(reverse("session_briefing", args=[workshop.pk])).status_code == 404
    )


def test_from_the_file_with_its_end(signed_in, kiwi, coordinator, laser):
    actor = Actor(signed_in(coordinator))

    actor.does("briefing_add", kiwi, equipment=laser.pk, on=ago(0))

    page = actor.opens("frames", kiwi).content.decode()
    assert "Découpe laser" in page and "Valables jusqu’au" in page
