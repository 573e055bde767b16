"""Two files side by side: what each holds, what stays, what is in the way; then one, and back."""

import pytest
from django.urls import reverse

from evaluation.dashboards import counts
from journeys import models as m
from rtr import scope
from territories.accounts.enums import Role
from territories.models import Membership
from tests.journeys.acts import Actor, errors, told
from tests.journeys.factories import ago


@pytest.fixture
def kiwi(kiwi, caen):
    """With the person at hand, outside any scope."""
    with scope.over([caen.pk]):
        return m.Journey.objects.select_related("participant").get(pk=kiwi.pk)


@pytest.fixture
def actor(client, coordinator):
    client.force_login(coordinator)
    return Actor(client)


def test_the_other_file_is_named_by_its_code(kiwi, known, actor, caen):
    with scope.over([caen.pk]):
        zaza = known("Zaza", "Camille, Martin")

    assert "Code de l’autre dossier" in actor.opens("merge", kiwi).content.decode()
    assert "code" in errors(actor.does("merge", kiwi, code="RIEN-0000"))
    assert "code" in errors(actor.does("merge", kiwi, code=kiwi.participant.code))
    answer = actor.does("merge", kiwi, code=zaza.participant.code.lower())
    assert answer.url.endswith(f"?avec={zaza.participant.code}")


def test_from_the_comparison_to_one_file_and_back(kiwi, known, actor, caen, client):
    with scope.over([caen.pk]):
        zaza = known("Zaza", "Camille, Martin", first_contact_on=ago(90))
    url = f"{reverse('merge', args=[kiwi.pk])}?avec={zaza.participant.code}"
    page = client.get(url)
    form = page.context["form"]
    assert form["keeps"].initial == "other"  # the older file
    assert {"take_nickname", "take_first_name", "take_birth_date"} <= form.fields.keys()
    said = {
        name: form.initial.get(name, field.initial)
        for name, field in form.fields.items()
        if name != "sure"
    }
    assert client.post(url, said | {"seen": 0}).status_code == 422

    answer = client.post(url, said | {"seen": 0, "sure": "on"}, follow=True)

    assert "n’en font plus qu’un" in told(answer)
    assert answer.redirect_chain[-1][0] == reverse("journey", args=[zaza.pk])
    assert client.get(reverse("journey", args=[kiwi.pk])).status_code == 404
    page = client.get(reverse("participants"), {"q": kiwi.participant.code})
    assert f"{kiwi.participant.code} est maintenant" in page.content.decode()
    with scope.over([caen.pk]):
        row = m.Merge.objects.get()
    undo = reverse("merge_undo", args=[row.pk])
    assert "redevient un dossier à part" in client.get(undo).content.decode()
    assert "de nouveau séparés" in told(client.post(undo, follow=True))
    assert client.get(reverse("journey", args=[kiwi.pk])).status_code == 200
    assert client.post(undo).status_code == 422


def test_somebody_who_acted_while_one_compared_is_told_and_may_go_on(
    kiwi, known, client, coordinator, caen
):  # noqa: E501
    with scope.over([caen.pk]):
        zaza = known("Zaza", "Camille, Martin")
        m.Journey.objects.filter(pk=zaza.pk).update(version=4)
    client.force_login(coordinator)
    url = f"{reverse('merge', args=[kiwi.pk])}?avec={zaza.participant.code}"
    said = {"keeps": "one", "sure": "on", "seen": 0, "seen_other": 0}
    said |= {"take_nickname": "one", "take_first_name": "other", "take_last_name": "other"}
    said |= {"take_birth_date": "other"}

    answer = client.post(url, said)

    assert answer.status_code == 409
    body = answer.content.decode()
    assert 'name="seen_other" value="4"' in body and 'name="seen" value="0"' in body
    assert client.post(url, said | {"seen_other": 4}).status_code == 302


def test_another_territory_leads_to_a_transfer_and_another_programme_to_a_link(
    kiwi, known, client, coordinator, vallees, marseille, comptoir
):
    with scope.over([vallees.pk, marseille.pk]):
        orne = known("Orne", "Camille, Martin", territory=vallees)
        far = known("Fatou", "Camille, Martin", territory=marseille)
    row = Membership.objects.create(
        user=coordinator,
        programme=marseille.programme,
        organisation=comptoir,
        role=Role.COORDINATOR,
    )
    row.territories.set([marseille])
    client.force_login(coordinator)
    merge = reverse("merge", args=[kiwi.pk])

    page = client.get(f"{merge}?avec={orne.participant.code}").content.decode()
    assert "transférez d’abord" in page and "Réunir ces deux dossiers" not in page
    assert client.post(f"{merge}?avec={orne.participant.code}").status_code == 422
    assert "se relient" in client.get(f"{merge}?avec={far.participant.code}").content.decode()

    link = f"{reverse('person_link', args=[kiwi.pk])}?avec={far.participant.code}"
    assert set(errors(client.post(link, {"seen": 0, "agreed_on": ago(-1)}))) == {"agreed"}
    said = {"seen": 0, "agreed_on": ago(1).isoformat(), "agreed": "on"}
    assert client.post(link, said).status_code == 302
    with scope.everything("test"):
        links = m.PersonLink.objects.filter(participant__in=[kiwi.participant, far.participant])
        assert len(set(links.values_list("person", flat=True))) == 1
        assert set(links.values_list("agreed_on", flat=True)) == {ago(1)}


def test_what_is_in_the_way_is_said_before_one_confirms(known, client, coordinator, caen):
    with scope.over([caen.pk]):
        kiwi = known("Kiwi", "Camille, Martin", contracted=True)
        zaza = known("Zaza", "Camille, Martin", contracted=True)
    client.force_login(coordinator)

    page = client.get(f"{reverse('merge', args=[kiwi.pk])}?avec={zaza.participant.code}")

    assert "Ce qui est à régler d’abord" in page.content.decode()
    assert "Deux contrats signés sont en vigueur" in page.content.decode()


def test_the_comparison_costs_the_same_whatever_the_files_hold(
    known, client, coordinator, caen, django_assert_max_num_queries
):
    with scope.over([caen.pk]):
        kiwi = known("Kiwi", "Camille, Martin")
        zaza = known("Zaza", "Camille, Martin", contracted=True)
    client.force_login(coordinator)

    with django_assert_max_num_queries(30):
        client.get(f"{reverse('merge', args=[kiwi.pk])}?avec={zaza.participant.code}")


def test_nobody_sees_a_file_that_was_merged(world_after_merge, client):
    """Its nickname and its code are on no page, in no list, in no file, in no count."""
    kept, gone, user = world_after_merge
    client.force_login(user)
    pages = ["today", "participants", "participants_csv", "duplicates", "transfers", "referrals"]
    pages = [reverse(page) for page in pages]
    pages += [f"{reverse('participants')}?q=Fantome", reverse("journey", args=[kept.pk])]
    pages += [reverse("journey_history", args=[kept.pk]), reverse("contract", args=[kept.pk])]

    for page in pages:
        answer = client.get(page, follow=True)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert b"Fantome" not in content.replace(b'value="Fantome"', b""), page
    with scope.over([kept.territory_id]):
        counted = counts.journeys(kept.territory.programme, [kept.territory_id], ago(0))
    assert sum(counted.values()) == 1
    assert client.get(reverse("journey", args=[gone.pk])).status_code == 404
    assert client.get(reverse("card", args=[gone.participant_id])).status_code == 404


@pytest.fixture
def world_after_merge(caen, person, coordinator, merged):
    with scope.over([caen.pk]):
        kept = person("Kiwi", first_contact_on=ago(95))
        gone = person("Fantome", first_contact_on=ago(95))
        assert m.Journey.objects.count() == 2
        merged(kept, gone)
        assert m.Journey.objects.count() == m.Participant.objects.count() == 1
    return kept, gone, coordinator
