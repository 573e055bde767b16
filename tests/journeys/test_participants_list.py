"""The list of people: who is on it, narrowed how, and what each row says."""

import re

import pytest
from django.urls import reverse

from journeys.models import EntrySituation, Journey, Outcome, Participant, PhaseChange
from territories.accounts.enums import Role
from territories.models import Membership
from tests.journeys.crowd import crowd
from tests.journeys.factories import ago, join
from tests.journeys.lists import absent, nicknames


@pytest.fixture(autouse=True)
def inside(everywhere):
    """Tests read everywhere; each request has its own scope."""


# -- Who is on it --------------------------------------------------------------------------------


def test_a_coordinator_sees_everyone_of_their_territories_by_name(
    shown, coordinator, person, vallees, fatou_in_marseille
):
    person("Zaza")
    person("Élan")
    person("Bibou", territory=vallees)

    assert shown(coordinator) == ["Élan", "Zaza", "Bibou"]


def test_a_coordinator_of_marseille_sees_none_of_caen(
    shown, signed_in, coordinator_of_marseille, kiwi, fatou_in_marseille
):
    assert shown(coordinator_of_marseille) == ["Fatou"]
    assert shown(coordinator_of_marseille, territory=kiwi.territory_id) == ["Fatou"]
    assert shown(coordinator_of_marseille, q="Kiwi") == []


def test_a_referent_opens_their_own_journeys_and_only_names_the_others_of_their_structure(
    shown, signed_in, referent, person, le_wip
):
    join(person("Kiwi"), referent)
    person("Pixel")
    person("Ailleurs", participant={"organisation": le_wip})

    assert shown(referent) == ["Kiwi"]
    others = signed_in(referent).get(reverse("participants"), {"group": "others"})
    assert "Pixel" in others.content.decode()
    assert nicknames(others) == []
    assert "Ailleurs" not in others.content.decode()
    assert "Butinage" not in others.content.decode().split('id="gens"')[1]


def test_an_activity_referent_has_no_such_list(shown, signed_in, activity_referent, person):
    join(person("Kiwi"), activity_referent, "activity_referent")
    person("Pixel")

    assert shown(activity_referent, group="others") == ["Kiwi"]


def test_someone_the_person_objected_to_no_longer_sees_them(shown, coordinator, kiwi):
    join(kiwi, coordinator, "coordinator", suspended_on=ago(1))

    assert shown(coordinator) == []


def test_the_territory_of_the_top_bar_narrows_the_list(signed_in, coordinator, person, vallees):
    person("Kiwi")
    person("Bibou", territory=vallees)
    client = signed_in(coordinator)
    client.get(reverse("switch_place"), {"place": vallees.pk})

    assert nicknames(client.get(reverse("participants"))) == ["Bibou"]


@pytest.mark.parametrize("role", ["animator", "evaluator"])
def test_who_accompanies_nobody_has_no_list(signed_in, request, role):
    user = request.getfixturevalue(role)

    assert signed_in(user).get(reverse("participants")).status_code == 403


def test_names_are_read_by_the_coordination_alone(signed_in, coordinator, referent, person):
    join(person("Kiwi", contracted=True), referent)

    of_coordinator = signed_in(coordinator).get(reverse("participants")).content.decode()
    of_referent = signed_in(referent).get(reverse("participants")).content.decode()

    assert "Camille Martin" in of_coordinator
    assert "Martin" not in of_referent


# -- Words ---------------------------------------------------------------------------------------


@pytest.fixture
def camille(person):
    journey = person("Éloïse", contracted=True)
    Participant.objects.filter(pk=journey.participant_id).update(phone="+33639981234")
    return journey


@pytest.mark.parametrize(
    "text",
    [
        "éloïse",
        "ELOISE",
        "elo",
        "camille",
        "mart cam",
        "06 39 98 12 34",
        "+33 6 39 98 12 34",
        "1234",
    ],
)
def test_a_person_is_found_by_the_start_of_each_word_accents_and_case_apart(
    shown, coordinator, camille, person, text
):
    person("Zaza")

    assert shown(coordinator, q=text) == ["Éloïse"]


def test_a_person_is_found_by_their_code(shown, coordinator, camille):
    assert shown(coordinator, q=camille.participant.code) == ["Éloïse"]


def test_a_referent_finds_their_own_people_by_name_and_the_others_by_nickname_alone(
    shown, signed_in, referent, camille, person
):
    join(camille, referent)
    person("Pixel", contracted=True)

    assert shown(referent, q="Martin") == ["Éloïse"]
    client = signed_in(referent)
    by_name = client.get(reverse("participants"), {"group": "others", "q": "Martin"})
    by_nickname = client.get(reverse("participants"), {"group": "others", "q": "pix"})
    assert "Pixel" not in by_name.content.decode()
    assert "Pixel" in by_nickname.content.decode()


def test_an_activity_referent_does_not_find_people_by_their_name(shown, activity_referent, camille):
    join(camille, activity_referent, "activity_referent")

    assert shown(activity_referent, q="Martin") == []
    assert shown(activity_referent, q="éloïse") == ["Éloïse"]


# -- Filters -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("butinage", ["Butine"]),
        ("active", ["Actif"]),
        ("paused", ["Pause"]),
        ("overdue", ["Tard"]),
        ("left", ["Sorti"]),
        ("here", ["Actif", "Butine", "Pause", "Tard"]),
    ],
)
def test_status(shown, coordinator, person, status, expected):
    person("Butine")
    person("Actif", contracted=True)
    absent(person("Pause"), "pause")
    absent(person("Sorti", contracted=True), "exit")
    person("Tard", contracted=True, first_contact_on=ago(600), entry_on=ago(500), limit_on=ago(44))

    assert shown(coordinator, status=status) == expected


def test_the_filter_and_the_row_say_what_the_status_says(signed_in, coordinator, person):
    absent(person("Pause", contracted=True), "pause")
    absent(person("Sorti"), "exit")
    person("Tard", contracted=True, limit_on=ago(1))
    person("Actif", contracted=True)
    person("Butine")
    seen = Journey.objects.visible_to(coordinator)
    (group,) = signed_in(coordinator).get(reverse("participants")).context["groups"]

    statuses = dict(seen.with_status().values_list("pk", "status"))
    assert {row.it.journey_id: row.it.status for row in group.rows} == statuses
    assert len(set(statuses.values())) == 5
    for pk, status in statuses.items():
        assert list(seen.in_status(status).values_list("pk", flat=True)) == [pk]


def test_phase_is_the_last_one(shown, coordinator, person, caen):
    journey = person("Explore", contracted=True)
    PhaseChange.objects.create(
        territory=caen, journey=journey, rank=2, phase="mobilisation", on=ago(10)
    )
    person("Découvre")

    assert shown(coordinator, phase="mobilisation") == ["Explore"]
    assert shown(coordinator, phase="reperage") == ["Découvre"]


def test_territory(shown, coordinator, person, vallees):
    person("Kiwi")
    person("Bibou", territory=vallees)

    assert shown(coordinator, territory=vallees.pk) == ["Bibou"]


def test_referent_and_its_absence(shown, coordinator, referent, person):
    join(person("Kiwi"), referent)
    join(person("Ancien"), referent, until_on=ago(1))
    absent(person("Sorti"), "exit")

    assert shown(coordinator, referent=referent.pk) == ["Kiwi"]
    assert shown(coordinator, no_referent="on") == ["Ancien"]


def test_organisation_and_channel(shown, coordinator, activity_referent, person, le_wip):
    person("Kiwi")
    person("Wip", participant={"organisation": le_wip, "channel": "mission_locale"})

    assert shown(coordinator, organisation=le_wip.pk) == ["Wip"]
    assert shown(coordinator, channel="mission_locale") == ["Wip"]


def test_days_of_welcome(shown, coordinator, person):
    person("Ancien", participant={"welcomed_on": ago(100)})
    person("Récent", participant={"welcomed_on": ago(10)})

    assert shown(coordinator, welcomed_after=ago(10).isoformat()) == ["Récent"]
    assert shown(coordinator, welcomed_before=ago(11).isoformat()) == ["Ancien"]


def test_without_contact_since_a_number_of_days_of_the_programme(shown, coordinator, caen, le_dome):
    crowd(1, caen, le_dome, first=30, met=60)
    crowd(1, caen, le_dome, first=29, met=58)
    absent(crowd(1, caen, le_dome, first=99, met=200)[0], "pause")

    assert shown(coordinator, no_contact=30) == ["Talent 0030"]


def test_publics_are_asked_of_the_coordination_alone(
    shown, signed_in, coordinator, manager, person, caen
):
    journey = person("Kiwi", contracted=True)
    EntrySituation.objects.create(territory=caen, journey=journey, resources="rsa")
    person("Zaza", contracted=True)

    assert shown(coordinator, public="rsa") == ["Kiwi"]
    assert shown(manager, public="rsa") == ["Kiwi", "Zaza"]
    assert shown(coordinator, public="boeth") == ["Kiwi", "Zaza"]
    form = signed_in(manager).get(reverse("participants")).context["filters"].form
    assert "public" not in form.fields


def test_filters_are_chips_that_leave_one_by_one(signed_in, coordinator, kiwi):
    page = signed_in(coordinator).get(
        reverse("participants"), {"status": "butinage", "phase": "reperage", "q": "kiwi"}
    )

    chips = {chip.label: chip.url for chip in page.context["chips"]}
    assert list(chips) == ["Phase : Repérage", "Statut : Butinage"]
    assert chips["Phase : Repérage"] == "?status=butinage&q=kiwi"
    assert "Une personne correspond" in page.content.decode()


def test_a_filter_that_means_nothing_is_said_and_changes_nothing(signed_in, coordinator, kiwi):
    page = signed_in(coordinator).get(
        reverse("participants"), {"phase": "envol", "welcomed_after": "hier"}
    )

    assert nicknames(page) == ["Kiwi"]
    assert page.context["chips"] == []
    assert set(page.context["filters"].form.errors) == {"phase", "welcomed_after"}


def test_fields_left_empty_go_from_the_address(signed_in, coordinator, kiwi):
    page = signed_in(coordinator).get(reverse("participants"), {"phase": "", "q": "kiwi"})

    assert page.url == f"{reverse('participants')}?q=kiwi"


def test_a_manager_of_two_programmes_chooses_a_territory_under_its_programme(
    signed_in, shown, manager, caen, vallees, marseille, comptoir, kiwi, fatou_in_marseille
):
    second = Membership.objects.create(
        user=manager, programme=marseille.programme, organisation=comptoir, role=Role.MANAGER
    )
    second.territories.set([marseille])

    form = signed_in(manager).get(reverse("participants")).context["filters"].form

    assert shown(manager) == ["Kiwi", "Fatou"]
    assert [name for name, _places in form.fields["territory"].choices[1:]] == [
        "Réalise tes Rêves",
        "Territoires Partagés",
    ]
    assert shown(manager, territory=marseille.pk) == ["Fatou"]


# -- Rows ----------------------------------------------------------------------------------------


def test_a_row_reads_as_a_sentence(signed_in, coordinator, referent, person, caen):
    journey = person("Kiwi", contracted=True, first_contact_on=ago(50))
    PhaseChange.objects.create(
        territory=caen, journey=journey, rank=2, phase="mobilisation", on=ago(15)
    )
    join(journey, referent)
    Outcome.objects.create(territory=caen, journey=journey, kind="cdi", started_on=ago(0))

    row = signed_in(coordinator).get(reverse("participants")).context["groups"][0].rows[0]

    text = re.sub(r"<[^>]+>", "", row.sentence).replace("\u00a0", " ")
    assert text.startswith("Explore avec Karim depuis 15 jours, au travail depuis le ")
    assert text.endswith(", dernier contact il y a 3 jours.")
    assert (row.pill.word, row.step[1]) == ("Actif", "limite du parcours")


def test_a_pause_says_its_return_which_is_the_next_step(signed_in, coordinator, person):
    absent(person("Maya"), "pause", expected_return_on=ago(-8))

    row = signed_in(coordinator).get(reverse("participants")).context["groups"][0].rows[0]

    assert row.sentence.startswith("En pause depuis le ")
    assert row.step == (ago(-8), "reprise prévue")


def test_an_empty_list_offers_to_welcome_somebody(signed_in, coordinator, activity_referent):
    page = signed_in(coordinator).get(reverse("participants")).content.decode()
    assert reverse("welcome") in page.split('class="empty"')[1]

    page = signed_in(activity_referent).get(reverse("participants")).content.decode()
    assert "Aucun parcours ne vous est confié" in page


def test_no_match_says_what_to_remove(signed_in, coordinator, kiwi):
    page = signed_in(coordinator).get(reverse("participants"), {"q": "zzz", "phase": "reperage"})

    assert "Personne ne correspond" in page.content.decode()
    assert page.context["empty"].url == "?phase=reperage"


def test_htmx_receives_the_rows_alone_and_the_whole_page_when_going_back(
    signed_in, coordinator, kiwi
):
    client, url = signed_in(coordinator), reverse("participants")

    rows = client.get(url, {"q": "ki"}, headers={"HX-Request": "true"}).content.decode()
    back = client.get(
        url, headers={"HX-Request": "true", "HX-History-Restore-Request": "true"}
    ).content.decode()

    assert "Kiwi" in rows
    assert "<html" not in rows
    assert "<html" in back
