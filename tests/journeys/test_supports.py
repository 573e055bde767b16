"""Supports of a person's badge: asked by them or by their team, taken off by them."""

import pytest
from django.urls import reverse

from badges.endorsements.actions import give
from badges.models import Endorsement
from rtr import scope
from territories.accounts.mails import AccountMail
from tests.badges.factories import signed
from tests.journeys.experiences import account_of
from tests.journeys.factories import JourneyFactory, join
from tests.journeys.recognition import a_badge, given


@pytest.fixture
def journey(caen, le_dome, referent):
    with scope.over([caen.pk]):
        found = JourneyFactory(
            territory=caen,
            participant__organisation=le_dome,
            participant__contact="kiwi@exemple.example",
            contracted=True,
        )
        account_of(found)
        join(found, referent)
    return found


@pytest.fixture
def badge(caen, le_dome, journey, referent):
    with scope.over([caen.pk]):
        held = given(journey, referent, a_badge(caen, le_dome))
        return signed(getattr(held, "credential", held))


@pytest.fixture
def person(client, journey):
    client.force_login(journey.participant.user)
    return client


def words(response) -> str:
    return response.content.decode()


def supports():
    with scope.everything("test"):
        return list(Endorsement.objects.order_by("pk"))


def test_a_person_asks_by_mail(person, badge):
    path = reverse("portal_badge_support", args=[badge.pk])
    assert person.get(path).status_code == 200
    assert (
        person.post(path, {"email": "lea@ailleurs.example", "name_shown": "Kiwi"}).status_code
        == 302
    )

    assert "Une demande attend déjà" in words(person.get(reverse("portal_badge", args=[badge.pk])))
    [row] = supports()
    assert row.agreed_on and row.name_shown == "Kiwi"
    assert AccountMail.objects.get().to == "lea@ailleurs.example"


def test_a_person_shows_a_drawing_once(person, badge):
    path = reverse("portal_badge_support", args=[badge.pk])
    page = person.post(path, {"email": "", "name_shown": ""})

    assert "/soutenir/" in words(page) and "<svg" in words(page)
    assert "/soutenir/" not in words(person.get(path))


def test_one_s_own_address_is_refused(person, badge):
    path = reverse("portal_badge_support", args=[badge.pk])
    page = person.post(path, {"email": "Kiwi@exemple.example"})

    assert page.status_code == 422 and "son propre badge" in words(page)


def test_a_person_takes_a_request_back(person, badge):
    person.post(reverse("portal_badge_support", args=[badge.pk]), {"email": "lea@ailleur.example"})
    [row] = supports()
    page = reverse("portal_badge", args=[badge.pk])
    remove = reverse("portal_support_remove", args=[row.pk])
    assert remove in words(person.get(page)) and "lea@ailleur.example" in words(person.get(page))
    assert "Le lien ne marchera plus." in words(person.get(remove))
    assert supports() == [row]

    assert "La demande est retirée." in words(person.post(remove, follow=True))
    assert supports() == [] and remove not in words(person.get(page))
    assert person.post(remove).status_code == 404


def test_a_person_takes_a_support_off(person, badge, caen):
    person.post(reverse("portal_badge_support", args=[badge.pk]), {"email": "lea@ailleurs.example"})
    [row] = supports()
    with scope.over([caen.pk]):
        give(endorsement=row, comment="Je confirme.", name="Léa")
    assert "Je confirme." in words(person.get(reverse("portal_badge", args=[badge.pk])))
    remove = reverse("portal_support_remove", args=[row.pk])
    person.get(remove)
    assert supports()[0].state == "given"
    person.post(remove)

    assert supports()[0].state == "withdrawn"
    assert "Je confirme." not in words(person.get(reverse("portal_badge", args=[badge.pk])))


def test_another_person_s_badge_is_unknown(client, badge, caen, le_dome):
    with scope.over([caen.pk]):
        other = JourneyFactory(territory=caen, participant__organisation=le_dome, contracted=True)
        account_of(other)
    client.force_login(other.participant.user)
    path = reverse("portal_badge_support", args=[badge.pk])
    assert client.post(path, {"email": "a@ailleurs.example"}).status_code == 404
    assert supports() == []


def test_the_team_asks_with_the_person_s_agreement(client, referent, journey, badge):
    client.force_login(referent)
    path = reverse("badge_support", args=[journey.pk, badge.pk])
    assert path in words(client.get(reverse("journey_badges", args=[journey.pk])))
    refused = client.post(path, {"email": "lea@ailleurs.example"})
    assert refused.status_code == 422 and supports() == []

    done = client.post(path, {"email": "lea@ailleurs.example", "is_agreed": "on"})
    assert done.status_code == 302
    shown = client.post(path, {"email": "", "is_agreed": "on"})
    assert "/soutenir/" in words(shown)
    assert len(supports()) == 2


def test_an_animator_asks_nothing_about_somebody(client, animator, journey, badge):
    client.force_login(animator)
    path = reverse("badge_support", args=[journey.pk, badge.pk])
    assert client.post(path, {"is_agreed": "on"}).status_code == 403
    assert supports() == []
