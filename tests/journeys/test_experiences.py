"""What was lived becomes an experience, whatever the way its row was found to be somebody's."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from journeys.coordination import needs
from journeys.coordination.needs import Looking
from journeys.coordination.reflections import LIVED
from journeys.duplicates.actions.merging import merge
from journeys.experiences.actions import living
from journeys.experiences.actions.discussing import discuss
from journeys.models import Experience, Immersion, Reflection
from journeys.recognition.actions.asking import wish
from rtr import scope
from tests.journeys.acts import errors
from tests.journeys.experiences import account_of, activity_of, attend, elsewhere, session_of, told
from tests.journeys.factories import JourneyFactory, ago, join


@pytest.fixture(autouse=True)
def inside(caen, vallees):
    with scope.over([caen.pk, vallees.pk]):
        yield


@pytest.fixture
def repair(caen, le_wip):
    return activity_of(caen, le_wip)


# -- From an attendance ----------------------------------------------------------------------------


def test_the_first_attendance_makes_one_experience_and_others_lengthen_it(kiwi, repair):
    attend(session_of(repair, 20), kiwi.participant)
    attend(session_of(repair, 6), kiwi.participant)

    lived = Experience.objects.get()
    assert (lived.journey, lived.title, lived.frame) == (kiwi, "Repair café", "open")
    assert (lived.from_on, lived.until_on) == (ago(20), ago(6))


def test_a_walk_in_with_a_nickname_alone_is_lived_the_day_it_is_found_to_be_somebody(kiwi, repair):
    row = attend(session_of(repair, 100), None)
    assert not Experience.objects.exists()

    row.participant = kiwi.participant
    row.save()
    living.nightly()
    living.nightly()

    assert Experience.objects.get().from_on == ago(100)


def test_an_absence_is_no_experience_and_a_correction_takes_it_back(kiwi, repair):
    session = session_of(repair, 2)
    attend(session, kiwi.participant, "absent")
    assert not Experience.objects.exists()

    attend(session, kiwi.participant, "present")
    assert Experience.objects.exists()

    attend(session, kiwi.participant, "absent")
    assert not Experience.objects.exists()


def test_what_was_told_stays_when_the_register_is_corrected(kiwi, repair):
    session = session_of(repair, 2)
    attend(session, kiwi.participant)
    told(Experience.objects.get())

    attend(session, kiwi.participant, "absent")

    assert Experience.objects.exists()


def test_an_immersion_that_ended_is_lived_once(kiwi):
    fields = dict.fromkeys(
        "host_siret host_activity host_address tutor tutor_role tutor_contact prescriber"
        " insurer policy objectives tasks place schedule".split(),
        "x",
    )
    Immersion.objects.create(
        territory=kiwi.territory,
        journey=kiwi,
        host_name="Cuisine Dupont",
        weekly_hours=30,
        from_on=ago(20),
        until_on=ago(6),
        signed_on=ago(21),
        signed_seen_by=kiwi.territory.memberships.first().user,
        ended_on=ago(6),
        **fields,
    )

    living.nightly()
    living.nightly()

    lived = Experience.objects.get()
    assert (lived.title, lived.frame) == ("Immersion chez Cuisine Dupont", "immersion")
    assert (lived.from_on, lived.until_on) == (ago(20), ago(6))


def test_two_files_reunited_keep_what_was_told_in_each(caen, le_dome, coordinator, kiwi, repair):
    other = JourneyFactory(territory=caen, participant__organisation=le_dome)
    for number, journey in enumerate((kiwi, other), 1):
        attend(session_of(repair, 10), journey.participant, number=number)
        told(journey.experiences.get())

    merge(kept=kiwi, absorbed=other, by=coordinator, seen=None, seen_absorbed=None, taken={})

    assert {one.experience.journey for one in Reflection.objects.all()} == {kiwi}


# -- Elsewhere -------------------------------------------------------------------------------------


def test_the_person_adds_what_they_did_elsewhere_once(own_phone, camille):
    sent = {"title": "Marché de Noël", "where": "Bayeux", "frame": "job", "from_on": "2025-12-01"}
    for _tap in range(2):
        own_phone.post(reverse("portal_lived_add"), sent)

    lived = Experience.objects.get()
    assert (lived.journey, lived.is_elsewhere, lived.where) == (camille, True, "Bayeux")


@pytest.mark.parametrize(
    ("days", "field"),
    [({"from_on": "2999-01-01"}, "from_on"), ({"until_on": "2020-01-01"}, "until_on")],
)
def test_days_that_cannot_be_are_said_beside_their_field(own_phone, days, field):
    sent = {"title": "Marché", "frame": "job", "from_on": "2025-12-01"} | days

    page = own_phone.post(reverse("portal_lived_add"), sent)

    assert list(errors(page)) == [field]


def test_the_team_adds_and_corrects_what_was_done_elsewhere(nadia, camille):
    sent = {"title": "Marché", "where": "", "frame": "job", "from_on": "2025-12-01"}
    nadia.does("experience_add", camille, **sent)
    lived = Experience.objects.get()

    nadia.does("experience_change", camille, lived.pk, **sent | {"title": "Marché de Noël"})

    lived.refresh_from_db()
    assert lived.title == "Marché de Noël"


def test_what_was_lived_here_is_not_corrected_by_the_team(nadia, camille, repair):
    attend(session_of(repair, 2), camille.participant)

    page = nadia.opens("experience_change", camille, Experience.objects.get().pk)

    assert page.status_code == 404


def test_what_was_lived_here_is_not_erased_by_the_person(own_phone, camille, repair):
    attend(session_of(repair, 2), camille.participant)
    url = reverse("portal_lived_remove", args=[Experience.objects.get().pk])

    assert own_phone.post(url).status_code == 404


def test_what_was_done_elsewhere_is_erased_with_what_was_said_of_it(own_phone, camille):
    lived = elsewhere(camille)
    told(lived)

    own_phone.post(reverse("portal_lived_remove", args=[lived.pk]))

    assert not Experience.objects.exists() and not Reflection.objects.exists()


# -- On the file -----------------------------------------------------------------------------------


def test_the_first_page_shows_what_was_lived_by_its_shape_and_its_words(
    nadia, coordinator, camille, repair
):
    join(camille, coordinator, "coordinator")
    attend(session_of(repair, 12), camille.participant)
    told(elsewhere(camille, days=2))

    page = nadia.opens("journey", camille)

    assert [(code, count) for code, _words, count in page.context["states"]] == [
        ("not_yet", 1),
        ("told", 1),
    ]
    assert (
        "À raconter (1)" in page.content.decode()
        and "Racontée, à en parler (1)" in page.content.decode()
    )
    text = page.content.decode()
    assert "lived-mark is-not_yet" in text and "lived-mark is-told" in text


def test_pages_cost_the_same_with_many_experiences(
    nadia, coordinator, camille, django_assert_max_num_queries
):
    join(camille, coordinator, "coordinator")
    told(elsewhere(camille))
    cost = {}
    for name in ("journey", "journey_experiences"):
        nadia.opens(name, camille)
        with django_assert_max_num_queries(20) as few:
            nadia.opens(name, camille)
        cost[name] = len(few)
    for number in range(12):
        lived = elsewhere(camille, title=f"Marché {number}", days=10 + number)
        told(lived, skills=["cuisiner"], did="Voilà.")

    for name in cost:
        with django_assert_max_num_queries(cost[name]):
            page = nadia.opens(name, camille)
        assert "Je sais cuisiner pour plusieurs personnes" in page.content.decode()
    assert cost["journey_experiences"] <= 15


def test_the_list_is_narrowed_by_state_and_frame(nadia, coordinator, camille):
    join(camille, coordinator, "coordinator")
    told(elsewhere(camille, "Caisse", frame="job"))
    elsewhere(camille, "Jardin", frame="volunteering")
    url = reverse("journey_experiences", args=[camille.pk])

    def titles(**query):
        return [one.row.title for one in nadia.client.get(url, query).context["lived"]]

    assert sorted(titles()) == ["Caisse", "Jardin"]
    assert titles(told="not_yet") == ["Jardin"]
    assert titles(frame="job") == ["Caisse"]
    assert titles(frame="afest") == []


# -- The day's work --------------------------------------------------------------------------------


def lines_of(user) -> dict[str, list[str]]:
    looking = Looking.of(user, user.territory_ids)
    return {
        group.group.slug: [str(line.sentence) for line in group.lines]
        for group in needs.found_today(LIVED, looking)
    }


def test_those_who_follow_see_what_to_talk_about_to_ask_and_badges(
    referent, coordinator, kiwi, repair
):
    join(kiwi, referent)
    attend(session_of(repair, 9), kiwi.participant)
    reflection = told(elsewhere(kiwi))
    wish(reflection=reflection, by=account_of(kiwi), wished=True)

    found = lines_of(referent)
    assert set(found) == {"recits", "badges-souhaites", "a-raconter"}
    assert "a raconté « Marché de Noël »" in found["recits"][0]
    assert "« Repair café »" in found["a-raconter"][0]
    assert lines_of(coordinator) == {}  # not in the team

    discuss(reflection=reflection, by=referent, seen=None, next_step="")
    assert "recits" not in lines_of(referent)


def test_what_is_kept_for_oneself_is_told_to_nobody(referent, kiwi, repair):
    join(kiwi, referent)
    attend(session_of(repair, 9), kiwi.participant)
    told(Experience.objects.get(), reader="me")

    assert list(lines_of(referent)) == ["a-raconter"]  # as if nothing had been said


def test_refusals_are_raised_by_the_action_too(kiwi, coordinator):
    with pytest.raises(ValidationError):
        living.add_elsewhere(
            journey=kiwi,
            by=coordinator,
            seen=None,
            title="Demain",
            where="",
            frame="job",
            from_on=ago(-1),
        )
