"""The team's pages of badges: a file's, the requests to answer, a session's."""

import pytest
from django.urls import reverse
from django.utils import timezone

from badges.models import Credential
from journeys.models import Enrolment, Recognition, SessionAward
from rtr import scope
from territories.accounts.enums import Role
from tests.badges.factories import signed
from tests.cast import member
from tests.journeys.experiences import account_of, activity_of, attend, session_of, told
from tests.journeys.factories import JourneyFactory, join
from tests.journeys.recognition import a_badge, asked, given, given_at, lived


@pytest.fixture
def journey(caen, le_dome, referent):
    with scope.over([caen.pk]):
        found = JourneyFactory(territory=caen, participant__organisation=le_dome, contracted=True)
        account_of(found)
        join(found, referent)
    return found


@pytest.fixture
def badge(caen, le_dome):
    with scope.over([caen.pk]):
        return a_badge(caen, le_dome)


@pytest.fixture
def request_of(caen, journey, badge, le_dome):
    with scope.over([caen.pk]):
        return asked(journey, badge, experience=lived(journey, le_dome), words="J’ai tout découpé.")


@pytest.fixture
def steward(caen, comptoir):
    return member("Rosa", Role.BADGE_STEWARD, comptoir, caen)


@pytest.fixture
def as_referent(client, referent):
    client.force_login(referent)
    return client


def text(response) -> str:
    return response.content.decode()


# -- A file ----------------------------------------------------------------------------------------


def test_the_file_shows_badges_and_requests(as_referent, caen, journey, badge, referent, le_dome):
    with scope.over([caen.pk]):
        given(journey, referent, badge)
        asked(journey, asked_for="Tenir un stand")
    page = text(as_referent.get(reverse("journey_badges", args=[journey.pk])))
    assert "Découper au laser" in page
    assert "A découpé une enseigne." in page
    assert "Signé" in page
    assert "Tenir un stand" in page
    assert "Annuler" not in page  # for the coordination and the steward


def test_as_many_queries_for_many(
    as_referent, caen, journey, badge, referent, django_assert_max_num_queries
):
    with scope.over([caen.pk]):
        given(journey, referent, badge)
        asked(journey, asked_for="Tenir un stand")
    url = reverse("journey_badges", args=[journey.pk])
    as_referent.get(url)
    with django_assert_max_num_queries(15):
        as_referent.get(url)
    with scope.over([caen.pk]):
        for number in range(6):
            asked(journey, asked_for=f"Autre {number}")
    with django_assert_max_num_queries(15):
        as_referent.get(url)


def test_the_path_draws_badges(as_referent, caen, journey, badge, referent):
    with scope.over([caen.pk]):
        given(journey, referent, badge)
    as_referent.get(reverse("journey", args=[journey.pk]))
    page = text(as_referent.get(reverse("journey", args=[journey.pk])))
    assert "un badge" in page
    assert "Découper au laser" in page


def test_a_badge_is_proposed(as_referent, journey, badge):
    url = reverse("badge_propose", args=[journey.pk])
    page = as_referent.get(url)
    assert "Découper au laser" in text(page)
    sent = {
        "achievement": badge.pk,
        "reason": "A découpé une enseigne.",
        "client_uuid": "11111111-1111-4111-8111-111111111111",
        "seen": page.context["seen"],
    }
    answer = as_referent.post(url, sent)
    assert answer.url == reverse("journey_badges", args=[journey.pk])
    with scope.everything("test"):
        assert Recognition.objects.get().is_proposed


# -- To answer -------------------------------------------------------------------------------------


def test_requests_to_answer(as_referent, request_of):
    page = text(as_referent.get(reverse("recognitions")))
    assert "Découper au laser" in page
    assert "J’ai tout découpé." in page
    today = text(as_referent.get(reverse("today")))
    assert "Demandes de badges" in today
    assert reverse("recognition", args=[request_of.pk]) in today


def test_an_answer_without_a_reason_says_so(as_referent, request_of, badge):
    url = reverse("recognition", args=[request_of.pk])
    assert as_referent.get(url).status_code == 200
    answer = as_referent.post(url, {"achievement": badge.pk, "reason": ""})
    assert answer.status_code == 422
    answer = as_referent.post(url, {"achievement": badge.pk, "reason": "Vu à l’atelier."})
    assert answer.url == reverse("recognitions")
    with scope.everything("test"):
        assert Credential.objects.count() == 1
    again = as_referent.post(url, {"achievement": badge.pk, "reason": "Encore."})
    assert again.status_code == 422
    assert "Cette demande a déjà sa réponse" in text(again)


@pytest.mark.parametrize(
    ("name", "state"), [("recognition_more", "more"), ("recognition_decline", "declined")]
)
def test_the_two_other_answers(as_referent, request_of, name, state):
    url = reverse(name, args=[request_of.pk])
    assert as_referent.get(url).status_code == 200
    assert as_referent.post(url, {"answer": ""}).status_code == 422
    assert as_referent.post(url, {"answer": "Montrez la finition."}).status_code == 302
    with scope.everything("test"):
        assert Recognition.objects.get().state == state
    if state == "declined":
        assert as_referent.get(url).url == reverse("recognition", args=[request_of.pk])
        assert "Montrez la finition." in text(as_referent.get(as_referent.get(url).url))


def test_what_was_told_is_shown_to_whom_it_was_told(
    as_referent, client, caen, steward, journey, badge, le_dome
):
    with scope.over([caen.pk]):
        row = asked(journey, badge, reflection=told(lived(journey, le_dome), did="Une lampe."))
    url = reverse("recognition", args=[row.pk])
    assert "Une lampe." in text(as_referent.get(url))
    client.force_login(steward)
    page = text(client.get(url))
    assert "Une lampe." not in page
    assert "d’autres lecteurs que vous" in page
    assert reverse("journey_badges", args=[journey.pk]) not in page
    assert journey.participant.code not in page


def test_as_many_queries_for_many_requests(
    as_referent, caen, journey, badge, django_assert_max_num_queries
):
    with scope.over([caen.pk]):
        for number in range(8):
            asked(journey, asked_for=f"Autre {number}")
    as_referent.get(reverse("recognitions"))
    with django_assert_max_num_queries(10):
        as_referent.get(reverse("recognitions"))


# -- Taken back ------------------------------------------------------------------------------------


def test_a_badge_is_taken_back_by_the_steward(client, caen, steward, journey, badge, referent):
    with scope.over([caen.pk]):
        held = given(journey, referent, badge)
    client.force_login(steward)
    url = reverse("badge_revoke", args=[held.pk])
    assert "Ce qui va se passer" in text(client.get(url))
    assert client.post(url, {"reason": ""}).status_code == 422
    assert client.post(url, {"reason": "other", "words": ""}).status_code == 422
    assert client.post(url, {"reason": "mistake"}).url == reverse("recognitions")
    assert client.post(url, {"reason": "mistake"}).status_code == 422
    with scope.everything("test"):
        assert Credential.objects.get().is_revoked


# -- At a session ----------------------------------------------------------------------------------


@pytest.fixture
def session(caen, le_dome):
    with scope.over([caen.pk]):
        return session_of(activity_of(caen, le_dome, "Découpe laser"), days=1)


@pytest.fixture
def room(caen, session, journey):
    """One who has a file, one who gave a nickname."""
    with scope.over([caen.pk]):
        attend(session, journey.participant, number=1)
        return Enrolment.objects.create(
            territory=caen,
            session=session,
            nickname="Zaza",
            number=2,
            attendance="present",
            recorded_at=timezone.now(),
        )


def sent(badge, numbers, **more) -> dict:
    word = "22222222-2222-4222-8222-222222222222"
    return {
        "achievement": badge.pk,
        "reason": "Vu.",
        "numbers": numbers,
        "client_uuid": word,
    } | more


def test_all_present_are_ticked_and_receive_it_in_one_gesture(as_referent, session, room, badge):
    url = reverse("session_give", args=[session.pk])
    page = as_referent.get(url)
    assert page.context["form"]["numbers"].initial == [1, 2]
    assert "A participé à « Découpe laser »" in text(page)
    for _twice in range(2):
        answer = as_referent.post(url, sent(badge, [1, 2]))
        assert answer.status_code == 302
    with scope.everything("test"):
        assert Credential.objects.count() == 1
        assert SessionAward.objects.count() == 1


def test_refused_it_says_why(as_referent, session, room, badge):
    url = reverse("session_give", args=[session.pk])
    assert "Cochez une personne" in text(as_referent.post(url, sent(badge, [])))
    assert as_referent.post(url, sent(badge, [1, 7])).status_code == 422


def test_nobody_in_the_room_learns_who_receives_it(
    client, caen, le_dome, session, room, badge, coordinator
):
    """The pages are the same for a number with a file and for one without."""
    animator = member("Zoé", Role.ANIMATOR, le_dome, caen)
    pages = []
    for number in (1, 2):
        with scope.over([caen.pk]):
            award = given_at(session, animator, badge, [number])
        client.force_login(animator)
        page = text(client.get(reverse("session_award", args=[session.pk, award.pk])))
        assert "signés dans la minute" in page
        assert "sur 1" not in page
        pages.append(page[page.index("<main") :].replace(f" {number}.", " N."))
    one, other = (page.split("Numéros du registre")[1] for page in pages)
    assert one.split("</section>")[0].replace("1", "N") == other.split("</section>")[0].replace(
        "2", "N"
    )
    client.force_login(coordinator)
    assert "badge" in text(client.get(reverse("session_award", args=[session.pk, award.pk])))


def test_the_coordination_sees_how_far_it_is_signed(
    client, caen, session, room, badge, coordinator
):
    with scope.over([caen.pk]):
        award = given_at(session, coordinator, badge, [1, 2])
    client.force_login(coordinator)
    url = reverse("session_award", args=[session.pk, award.pk])
    assert "0 badge signé sur 1" in text(client.get(url))
    with scope.over([caen.pk]):
        signed(Credential.objects.get())
    assert "1 badge signé sur 1" in text(client.get(url))
    assert "<html" not in text(client.get(url, headers={"HX-Request": "true"}))


def test_an_empty_register_says_what_to_do(as_referent, session, badge):
    page = text(as_referent.get(reverse("session_give", args=[session.pk])))
    assert "Prenez d’abord le registre" in page
    assert reverse("register", args=[session.pk]) not in page  # not theirs to take


def test_who_takes_the_register_goes_to_it_from_there(client, caen, le_dome, session, badge):
    client.force_login(member("Zoé", Role.COORDINATOR, le_dome, caen))
    page = text(client.get(reverse("session_give", args=[session.pk])))
    assert reverse("register", args=[session.pk]) in page


def test_it_is_said_before_that_it_is_not_taken_back_here(as_referent, session, room, badge):
    page = text(as_referent.get(reverse("session_give", args=[session.pk])))
    assert "la coordination peut l’annuler" in page


def test_another_house_gives_nothing_here(client, caen, le_wip, session, room):
    client.force_login(member("Ida", Role.REFERENT, le_wip, caen))
    assert client.get(reverse("session_give", args=[session.pk])).status_code == 403


def test_the_code_of_a_session_is_drawn(as_referent, session, badge):
    url = reverse("session_scan", args=[session.pk])
    assert "Montrer le code" in text(as_referent.get(url))
    page = text(as_referent.get(url, {"achievement": badge.pk}))
    assert '<svg role="img"' in page
    assert "Lisez ce code" in page
