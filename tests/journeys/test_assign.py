"""Several people receive a referent at once, or none of them does."""

import pytest
from django.urls import reverse

from territories.accounts.enums import Role
from territories.models import Membership
from tests.cast import member
from tests.journeys.factories import join


@pytest.fixture(autouse=True)
def inside(everywhere):
    """Tests read everywhere; each request has its own scope."""


def test_ticked_people_receive_a_referent_together(signed_in, coordinator, referent, person):
    ticked = [person("Kiwi"), person("Zaza"), person("Pixel")]
    join(ticked[2], referent)
    client, url = signed_in(coordinator), reverse("assign_referent")
    query = {"journey": [journey.pk for journey in ticked]}

    asked = client.get(url, query).content.decode()
    membership = referent.memberships.get()
    done = client.post(url, query | {"membership": membership.pk}, follow=True).content.decode()

    assert "trois personnes" in asked
    assert "Karim Exemple suit maintenant deux personnes de plus." in done
    assert "Rien n’a changé pour une personne : déjà dans l’équipe" in done
    for journey in ticked:
        assert journey.team.filter(user=referent, role="referent").count() == 1


def test_a_reference_of_activity_becomes_the_referent(signed_in, coordinator, referent, kiwi):
    former = join(kiwi, referent, "activity_referent")
    posted = {"journey": [kiwi.pk], "membership": referent.memberships.get().pk}

    signed_in(coordinator).post(reverse("assign_referent"), posted)

    former.refresh_from_db()
    assert former.until_on is not None
    assert kiwi.team.active().get(user=referent).role == "referent"


def test_only_those_who_work_where_these_people_are_are_offered(
    signed_in, coordinator, referent, person, vallees, coordinator_of_marseille
):
    query = {"journey": [person("Kiwi").pk, person("Bibou", territory=vallees).pk]}

    form = signed_in(coordinator).get(reverse("assign_referent"), query).context["form"]

    assert [m.user for m in form.fields["membership"].queryset] == [coordinator]


def test_an_id_of_another_territory_is_unknown_and_nobody_is_assigned(
    signed_in, coordinator, referent, kiwi, fatou_in_marseille
):
    membership = referent.memberships.get()
    posted = {"journey": [kiwi.pk, fatou_in_marseille.pk], "membership": membership.pk}

    page = signed_in(coordinator).post(reverse("assign_referent"), posted)

    assert page.status_code == 404
    assert not kiwi.team.filter(user=referent).exists()


def test_a_referent_of_elsewhere_is_refused_with_words(
    signed_in, coordinator, coordinator_of_marseille, kiwi
):
    membership = coordinator_of_marseille.memberships.get()
    posted = {"journey": [kiwi.pk], "membership": membership.pk}

    page = signed_in(coordinator).post(reverse("assign_referent"), posted)

    assert page.status_code == 422
    assert "ne travaille pas là où sont celles cochées" in page.content.decode()
    assert not kiwi.team.exists()


def test_nobody_ticked_is_said(signed_in, coordinator, kiwi):
    page = signed_in(coordinator).get(reverse("assign_referent"), follow=True)

    assert "Cochez au moins une personne" in page.content.decode()


def test_a_referent_assigns_nobody(signed_in, referent, kiwi):
    join(kiwi, referent)
    url = reverse("assign_referent")

    assert signed_in(referent).get(url, {"journey": kiwi.pk}).status_code == 403
    assert (
        "checkbox"
        not in signed_in(referent)
        .get(reverse("participants"))
        .content.decode()
        .split("rows box")[1]
    )


def test_a_referent_here_and_coordinator_there_assigns_only_there(
    signed_in, caen, vallees, le_dome, kiwi, person
):
    mixed = member("Mia", Role.REFERENT, le_dome, caen)
    second = Membership.objects.create(
        user=mixed, programme=caen.programme, organisation=le_dome, role=Role.COORDINATOR
    )
    second.territories.set([vallees])
    join(kiwi, mixed)
    there = person("Bibou", territory=vallees)
    client, url = signed_in(mixed), reverse("assign_referent")

    assert client.get(url, {"journey": there.pk}).status_code == 200
    assert client.get(url, {"journey": [there.pk, kiwi.pk]}).status_code == 403
