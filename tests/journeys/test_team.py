"""The team and what each may read: the person decides, an objection closes the file at once."""

import pytest
from django.urls import reverse

from journeys.models import Participant, Share, TeamMember
from journeys.pathway.actions import people
from journeys.pathway.enums import Category
from journeys.pathway.reading import read_categories
from journeys.pathway.team import team_of
from rtr import scope
from territories.accounts.enums import Role
from territories.journal.models import JournalEntry
from tests.cast import member as user_with_role
from tests.journeys.acts import Actor, errors, told
from tests.journeys.factories import JourneyFactory, ago, join


@pytest.fixture
def nadia(signed_in, coordinator):
    return Actor(signed_in(coordinator))


@pytest.fixture(autouse=True)
def inside(caen):
    with scope.over([caen.pk]):
        yield


@pytest.fixture
def contracted(caen, le_dome, inside):
    return JourneyFactory(territory=caen, contracted=True, participant__organisation=le_dome)


def membership_of(user):
    return user.memberships.get().pk


def journey_page(journey):
    return reverse("journey", args=[journey.pk])


# -- Who is in it --------------------------------------------------------------------------------


def test_a_member_joins_with_a_reason_that_the_person_reads(nadia, kiwi, referent):
    nadia.does(
        "member_add",
        kiwi,
        member=membership_of(referent),
        role="referent",
        reason="a choisi Karim",
    )

    place = kiwi.team.get()
    assert (place.user, place.role, place.from_on) == (referent, "referent", ago(0))
    assert "A choisi Karim." in nadia.opens("journey_team", kiwi).content.decode()


@pytest.mark.parametrize(
    ("who", "role", "field", "sentence"),
    [
        ("activity_referent", "referent", "role", "ne permet pas cette place"),
        ("referent", "coordinator", "role", "ne permet pas cette place"),
        ("coordinator_of_marseille", "referent", "member", "Sélectionnez un choix valide"),
        ("evaluator", "referent", "member", "Sélectionnez un choix valide"),
        ("animator", "activity_referent", "member", "Sélectionnez un choix valide"),
    ],
)
def test_a_stranger_or_a_role_that_does_not_fit_is_refused(
    who, role, field, sentence, nadia, kiwi, request
):
    user = request.getfixturevalue(who)

    response = nadia.does("member_add", kiwi, member=membership_of(user), role=role, reason="x")

    assert sentence in errors(response)[field][0]
    assert not kiwi.team.exists()


def test_nobody_is_in_a_team_twice(nadia, kiwi, referent):
    join(kiwi, referent)

    response = nadia.does(
        "member_add", kiwi, member=membership_of(referent), role="referent", reason="x"
    )

    assert errors(response)["member"] == ["Cette personne est déjà dans l’équipe."]


def test_one_coordinator_at_a_time(nadia, kiwi, coordinator, caen, le_wip):
    other = user_with_role("Amina", Role.COORDINATOR, le_wip, caen)
    join(kiwi, coordinator, "coordinator")

    nadia.does(
        "member_add", kiwi, member=membership_of(other), role="coordinator", reason="reprend"
    )

    present = kiwi.team.all().active().filter(role="coordinator")
    assert [place.user for place in present] == [other]


def test_a_member_leaves_and_stays_in_the_history(nadia, kiwi, referent):
    place = join(kiwi, referent)

    asked = nadia.opens("member_end", kiwi, place.pk).content.decode()
    nadia.does("member_end", kiwi, place.pk)
    twice = nadia.does("member_end", kiwi, place.pk)

    place.refresh_from_db()
    assert "Ce qui va se passer" in asked
    assert place.until_on == ago(0)
    assert errors(twice)["__all__"] == ["Cette personne a déjà quitté l’équipe."]
    assert "A fait partie de l’équipe" in nadia.opens("journey_team", kiwi).content.decode()


def test_who_leaves_the_team_opens_the_file_no_more(nadia, kiwi, referent, client):
    place = join(kiwi, referent)
    client.force_login(referent)
    assert client.get(journey_page(kiwi)).status_code == 200

    people.end_member(member=place, by=referent, seen=None)

    assert client.get(journey_page(kiwi)).status_code == 404


# -- Objection -----------------------------------------------------------------------------------


def test_an_objection_closes_the_file_at_once(kiwi, referent, coordinator, signed_in):
    place = join(kiwi, referent)
    client = signed_in(referent)
    assert client.get(journey_page(kiwi)).status_code == 200

    people.object_to(member=place, by=coordinator)

    assert client.get(journey_page(kiwi)).status_code == 404
    assert read_categories(referent, kiwi) == set()


def test_the_team_notes_an_objection_for_the_person(nadia, kiwi, referent, client):
    place = join(kiwi, referent)

    asked = nadia.opens("member_object", kiwi, place.pk).content.decode()
    response = nadia.does("member_object", kiwi, place.pk)

    assert "Aucune raison n’est à donner." in asked
    assert "L’accès de Karim est suspendu." in told(nadia.client.get(response.url))
    text = nadia.opens("journey_team", kiwi).content.decode()
    assert "à la demande de Kiwi" in text
    client.force_login(referent)
    assert client.get(journey_page(kiwi)).status_code == 404


def test_noting_the_same_objection_twice_never_gives_the_access_back(nadia, kiwi, referent):
    place = join(kiwi, referent)

    nadia.does("member_object", kiwi, place.pk)
    nadia.does("member_object", kiwi, place.pk)

    place.refresh_from_db()
    assert place.suspended_on == ago(0)


def test_the_access_comes_back_at_the_person_s_demand(nadia, kiwi, referent, client):
    place = join(kiwi, referent, suspended_on=ago(3))

    asked = nadia.opens("member_object", kiwi, place.pk).content.decode()
    nadia.does("member_object", kiwi, place.pk, standing="True")

    assert "À la demande de Kiwi seulement." in asked
    client.force_login(referent)
    assert client.get(journey_page(kiwi)).status_code == 200


def test_the_coordinator_can_be_objected_to_as_well(nadia, kiwi, coordinator):
    place = join(kiwi, coordinator, "coordinator")

    response = nadia.does("member_object", kiwi, place.pk)

    assert response.url == reverse("participants")
    assert nadia.client.get(journey_page(kiwi)).status_code == 404


def test_leaving_the_team_does_not_lift_the_objection(nadia, kiwi, coordinator, manager):
    place = join(kiwi, coordinator, "coordinator", suspended_on=ago(2))

    people.end_member(member=place, by=manager, seen=None)

    assert nadia.client.get(journey_page(kiwi)).status_code == 404


def test_nobody_objected_to_comes_back_by_another_door(nadia, kiwi, referent):
    join(kiwi, referent, suspended_on=ago(5), until_on=ago(2))

    response = nadia.does(
        "member_add", kiwi, member=membership_of(referent), role="referent", reason="x"
    )

    assert "L’opposition de Kiwi tient toujours" in errors(response)["member"][0]


# -- Reading, category by category ---------------------------------------------------------------


def test_the_coordination_reads_all_and_a_referent_what_was_agreed(kiwi, coordinator, referent):
    place = join(kiwi, referent)
    assert read_categories(coordinator, kiwi) == set(Category)
    assert read_categories(referent, kiwi) == set()

    people.share(member=place, by=coordinator, seen=None, categories=["notes", "resources"])

    assert read_categories(referent, kiwi) == {"notes", "resources"}


def test_what_is_read_is_ticked_with_the_person(nadia, kiwi, referent):
    place = join(kiwi, referent)

    asked = nadia.opens("member_share", kiwi, place.pk).content.decode()
    nadia.does("member_share", kiwi, place.pk, categories=["situation", "notes"])
    nadia.does("member_share", kiwi, place.pk, categories=["notes"])

    assert "Avec l’accord de Kiwi, Karim peut lire" in asked
    kept = Share.objects.filter(member=place).order_by("pk")
    assert {(share.category, share.ended_on) for share in kept} == {
        ("situation", ago(0)),
        ("notes", None),
    }


def test_a_name_is_elided_where_french_wants_it(nadia, kiwi, referent):
    place = join(kiwi, referent)
    Participant.objects.update(nickname="Inès")

    shared = nadia.opens("member_share", kiwi, place.pk).content.decode()
    refused = nadia.opens("member_object", kiwi, place.pk).content.decode()

    assert "Avec l’accord d’Inès, Karim peut lire" in shared
    assert "Noter qu’Inès s’oppose à l’accès de Karim ?" in refused


def test_an_unknown_category_is_refused(nadia, kiwi, referent):
    place = join(kiwi, referent)

    response = nadia.does("member_share", kiwi, place.pk, categories=["identité"])

    assert "Sélectionnez un choix valide" in errors(response)["categories"][0]


def test_nobody_opens_a_reading_for_themselves(kiwi, referent, signed_in):
    place = join(kiwi, referent)

    response = Actor(signed_in(referent)).does("member_share", kiwi, place.pk, categories=["notes"])

    assert errors(response)["__all__"] == [
        "On n’ouvre pas une lecture pour soi : demandez à la coordination."
    ]
    assert read_categories(referent, kiwi) == set()
    page = signed_in(referent).get(reverse("journey_team", args=[kiwi.pk])).content.decode()
    assert reverse("member_share", args=[kiwi.pk, place.pk]) not in page


def test_a_reference_of_activity_reads_no_category(nadia, kiwi, activity_referent, coordinator):
    place = join(kiwi, activity_referent, "activity_referent")

    assert nadia.opens("member_share", kiwi, place.pk).status_code == 403
    Share.objects.create(territory=kiwi.territory, journey=kiwi, member=place, category="notes")
    assert read_categories(activity_referent, kiwi) == set()


def test_a_false_place_gives_a_reference_of_activity_nothing_more(contracted, activity_referent):
    place = join(contracted, activity_referent, "referent")
    Share.objects.create(
        territory=contracted.territory, journey=contracted, member=place, category="notes"
    )

    assert read_categories(activity_referent, contracted) == set()


def test_the_list_says_truly_what_each_reads(contracted, coordinator, referent, activity_referent):
    join(contracted, coordinator, "coordinator")
    place = join(contracted, referent)
    join(contracted, activity_referent, "activity_referent")
    people.share(member=place, by=coordinator, seen=None, categories=["resources"])

    reads = {
        member.row.user.first_name: member.open_labels for member in team_of(contracted).present
    }

    assert reads == {
        "Nadia": ["parcours", "identité", "ressources", "situation", "handicap", "notes"],
        "Karim": ["parcours", "identité", "ressources"],
        "Lucie": ["parcours"],
    }


def test_the_list_costs_one_query(contracted, referent, django_assert_num_queries):
    place = join(contracted, referent)
    for category in Category:
        Share.objects.create(
            territory=contracted.territory, journey=contracted, member=place, category=category
        )

    with django_assert_num_queries(1):
        team = team_of(contracted)

    assert len(team.present) == 1


def test_whoever_opened_the_file_is_told(nadia, kiwi, referent, signed_in, coordinator):
    join(kiwi, referent)
    signed_in(referent).get(journey_page(kiwi))
    nadia.client.force_login(coordinator)

    response = nadia.opens("journey_team", kiwi)

    opened = [str(entry.actor) for entry in response.context["openings"]]
    assert opened == ["Nadia Exemple", "Karim Exemple"]
    assert "Karim Exemple a ouvert le dossier" in response.content.decode()


def test_only_the_last_thirty_openings_are_listed(nadia, kiwi, coordinator):
    JournalEntry.objects.bulk_create(
        JournalEntry(
            territory_id=kiwi.territory_id,
            participant_id=kiwi.participant_id,
            actor=coordinator,
            act="opened",
        )
        for _ in range(40)
    )

    assert len(nadia.opens("journey_team", kiwi).context["openings"]) == 30


def test_several_journeys_get_a_referent_but_not_against_the_person(
    kiwi, contracted, coordinator, referent
):
    join(kiwi, referent, suspended_on=ago(2), until_on=ago(1))

    done = people.assign_referent(
        journeys=type(kiwi).objects.filter(pk__in=[kiwi.pk, contracted.pk]),
        by=coordinator,
        user=referent,
        organisation=referent.memberships.get().organisation,
    )

    assert done == (1, 1)
    assert TeamMember.objects.filter(user=referent).standing().get().journey == contracted


def test_an_objection_is_no_news_for_a_reference_of_activity(
    contracted, referent, activity_referent, signed_in
):
    join(contracted, referent, suspended_on=ago(2))
    join(contracted, activity_referent, "activity_referent")
    lucie = Actor(signed_in(activity_referent))

    for page in ("journey", "journey_team", "journey_history"):
        text = lucie.opens(page, contracted).content.decode()
        assert "suspendu" not in text and "Qui a ouvert" not in text
