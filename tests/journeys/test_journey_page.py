"""Somebody's file: understood at once, in few queries, by those who may open it."""

import re

import pytest
from django.urls import reverse

from journeys.models import Absence, Contact, FollowUp, Objective, Outcome, Share, Strength
from journeys.pathway.actions import phases, spans, telling
from rtr import scope
from territories.journal.models import JournalEntry
from tests.journeys.factories import JourneyFactory, ago, join

TABS = ["journey", "journey_team", "journey_situation", "journey_documents", "journey_history"]


def page_of(journey, name="journey"):
    return reverse(name, args=[journey.pk])


@pytest.fixture
def contracted(caen, le_dome):
    with scope.over([caen.pk]):
        journey = JourneyFactory(
            territory=caen,
            contracted=True,
            participant__nickname="Kiwi",
            participant__organisation=le_dome,
        )
        assert journey.participant.full_name == "Camille Martin"  # and kept for later
        return journey


def filled(journey, coordinator, referent, activity_referent):
    """A lived journey: phases, a pause, an exit and a return, outcomes, a team, strengths."""
    of = {"territory": journey.territory, "journey": journey}
    phases.change_phase(
        journey=journey, by=coordinator, seen=None, to="mobilisation", on=ago(19), reason="ok"
    )
    phases.change_phase(journey=journey, by=coordinator, seen=None, to="insertion", on=ago(10))
    Absence.objects.create(
        **of, kind="pause", from_on=ago(15), until_on=ago(13), pause_reason="family"
    )
    gone = Absence.objects.create(
        **of, kind="exit", from_on=ago(9), until_on=ago(8), exit_kind="cdi"
    )
    FollowUp.objects.create(
        **of, absence=gone, milestone="exit", opens_on=ago(9), late_on=ago(-19), status="due"
    )
    for day in (7, 6, 5):
        Outcome.objects.create(**of, kind="cdi", started_on=ago(day), host="Le Café des images")
    for day in range(4, 30):
        Contact.objects.create(**of, kind="visit", on=ago(day), by=coordinator)
    for kind in ("strength", "talent", "dream", "lived"):
        Strength.objects.create(**of, kind=kind, text=f"Répare {kind}", recorded_by=coordinator)
    for rank in range(6):
        Objective.objects.create(**of, rank=rank, wording=f"Objectif {rank}")
    member = join(journey, referent)
    join(journey, coordinator, "coordinator")
    join(journey, activity_referent, "activity_referent", suspended_on=ago(2))
    for category in ("notes", "situation"):
        Share.objects.create(**of, member=member, category=category)


def test_the_file_says_who_where_and_what_next(contracted, coordinator, signed_in):
    response = signed_in(coordinator).get(page_of(contracted))

    text = response.content.decode()
    assert response.status_code == 200
    assert "Kiwi" in text and contracted.participant.code in text
    assert "Prochaine étape :" in text
    assert "passer en mobilisation" in text
    assert "Le chemin de Kiwi" in text
    assert "Ce que Kiwi apporte et souhaite" in text


def test_a_full_file_costs_no_more_queries_than_a_bare_one(
    contracted,
    coordinator,
    referent,
    activity_referent,
    signed_in,
    django_assert_max_num_queries,
):
    client = signed_in(coordinator)
    client.get(page_of(contracted))  # the opening is noted once an hour
    with django_assert_max_num_queries(15) as bare:
        client.get(page_of(contracted))
    with scope.over([contracted.territory_id]):
        filled(contracted, coordinator, referent, activity_referent)

    with django_assert_max_num_queries(15) as full:
        response = client.get(page_of(contracted))

    assert len(full) == len(bare)
    text = response.content.decode()
    assert "Le Café des images" in text
    assert "Répare dream" in text
    assert "27 venues" in text
    assert "Accès suspendu" in text
    assert "Prendre des nouvelles" in text


def test_the_first_opening_of_the_hour_stays_within_fifteen_queries(
    contracted, coordinator, signed_in, django_assert_max_num_queries
):
    client = signed_in(coordinator)

    with django_assert_max_num_queries(15):
        client.get(page_of(contracted))


@pytest.mark.parametrize("name", TABS)
def test_each_tab_is_a_page_of_its_own(name, contracted, coordinator, signed_in):
    response = signed_in(coordinator).get(page_of(contracted, name))

    assert response.status_code == 200
    current = re.findall(r'<a href="([^"]+)" aria-current="page"', response.content.decode())
    assert page_of(contracted, name) in current


@pytest.mark.parametrize("name", TABS)
def test_another_territory_is_not_found(name, fatou_in_marseille, coordinator, signed_in):
    assert signed_in(coordinator).get(page_of(fatou_in_marseille, name)).status_code == 404


@pytest.mark.parametrize("name", TABS)
def test_a_referent_whose_team_does_not_hold_the_person_finds_nothing(
    name, contracted, referent, signed_in
):
    assert signed_in(referent).get(page_of(contracted, name)).status_code == 404


@pytest.mark.parametrize("name", TABS)
def test_animators_and_evaluators_open_no_file(name, contracted, animator, evaluator, signed_in):
    for user in (animator, evaluator):
        assert signed_in(user).get(page_of(contracted, name)).status_code == 403


def test_opening_is_noted_once_an_hour_whatever_the_pages(contracted, coordinator, signed_in):
    client = signed_in(coordinator)

    for name in TABS:
        client.get(page_of(contracted, name))

    with scope.over([contracted.territory_id]):
        entries = JournalEntry.objects.filter(
            participant_id=contracted.participant_id, act="opened"
        )
        assert [entry.actor for entry in entries] == [coordinator]


def test_what_is_refused_is_not_noted_as_an_opening(contracted, referent, signed_in):
    signed_in(referent).get(page_of(contracted))

    with scope.over([contracted.territory_id]):
        assert not JournalEntry.objects.filter(act="opened").exists()


def test_identity_shows_after_the_contract_but_not_to_a_reference_of_activity(
    contracted, kiwi, coordinator, referent, manager, activity_referent, signed_in
):
    with scope.over([contracted.territory_id]):
        join(contracted, referent)
        join(contracted, activity_referent, "activity_referent")

    def sees(user, journey):
        return "Camille Martin" in signed_in(user).get(page_of(journey)).content.decode()

    assert sees(coordinator, contracted)
    assert sees(referent, contracted)
    assert sees(manager, contracted)
    assert not sees(activity_referent, contracted)


def test_before_the_contract_no_identity_shows(kiwi, coordinator, signed_in):
    with scope.over([kiwi.territory_id]):
        kiwi.participant.identified_on = ago(1)
        kiwi.participant.first_name, kiwi.participant.last_name = "Camille", "Martin"
        kiwi.participant.save()

    text = signed_in(coordinator).get(page_of(kiwi)).content.decode()

    assert "Martin" not in text
    assert "Reprendre le contrat" in text


def test_the_phone_can_be_called(contracted, coordinator, signed_in):
    with scope.over([contracted.territory_id]):
        contracted.participant.phone = "+33639981234"
        contracted.participant.save()

    text = signed_in(coordinator).get(page_of(contracted)).content.decode()

    assert 'href="tel:+33639981234"' in text


def test_a_reference_of_activity_reads_the_path_and_the_contacts_alone(
    contracted, activity_referent, coordinator, signed_in
):
    with scope.over([contracted.territory_id]):
        spans.pause(journey=contracted, by=coordinator, seen=None, from_on=ago(2), reason="family")
        join(contracted, activity_referent, "activity_referent")
    client = signed_in(activity_referent)

    text = client.get(page_of(contracted)).content.decode()

    assert "Venue à une activité" in text and "Le chemin de Kiwi" in text
    assert "Raison de famille" not in text
    assert "Contrat et objectifs" not in text
    assert page_of(contracted, "journey_situation") not in text
    assert client.get(page_of(contracted, "journey_situation")).status_code == 403
    assert client.get(page_of(contracted, "journey_documents")).status_code == 403
    assert (
        "Raison de famille"
        not in client.get(page_of(contracted, "journey_history")).content.decode()
    )


def test_a_reference_of_activity_is_offered_no_act(contracted, activity_referent, signed_in):
    with scope.over([contracted.territory_id]):
        join(contracted, activity_referent, "activity_referent")

    text = signed_in(activity_referent).get(page_of(contracted)).content.decode()

    assert "Autres actes" not in text
    assert "/sortie/" not in text


@pytest.mark.parametrize(
    ("state", "first"),
    [
        ("young", "contact_today"),
        ("ripe", "contract_prepare"),
        ("signed", "phase_change"),
        ("moving", "situation_answer"),
        ("paused", "resume"),
        ("overdue", "extend"),
        ("left", "come_back"),
    ],
)
def test_the_first_button_is_what_likely_comes_next(
    state, first, kiwi, contracted, coordinator, signed_in
):
    journey = kiwi if state in ("young", "ripe") else contracted
    with scope.over([journey.territory_id]):
        acts = {"journey": journey, "by": coordinator, "seen": None}
        if state == "young":
            type(kiwi).objects.filter(pk=kiwi.pk).update(first_contact_on=ago(5))
        elif state == "moving":
            phases.change_phase(**acts, to="mobilisation", on=ago(1))
        elif state == "paused":
            spans.pause(**acts, from_on=ago(1), reason="choice")
        elif state == "overdue":
            type(kiwi).objects.filter(pk=journey.pk).update(limit_on=ago(1))
        elif state == "left":
            spans.leave(**acts, on=ago(1), kind="cdi")

    response = signed_in(coordinator).get(page_of(journey))

    assert response.context["menu"].first.url_name == first


def test_after_a_death_nothing_is_proposed_but_a_paper(contracted, coordinator, signed_in):
    with scope.over([contracted.territory_id]):
        spans.leave(journey=contracted, by=coordinator, seen=None, on=ago(1), kind="deces")

    response = signed_in(coordinator).get(page_of(contracted))

    menu = response.context["menu"]
    assert menu.first is None
    assert [act.url_name for group in menu.groups for act in group] == ["document_add"]
    assert "Venue aujourd’hui" not in response.content.decode()


def test_the_history_tells_acts_with_their_reasons(contracted, coordinator, signed_in):
    with scope.over([contracted.territory_id]):
        acts = {"journey": contracted, "by": coordinator, "seen": None}
        phases.change_phase(**acts, to="mobilisation", on=ago(2))
        phases.change_phase(**acts, to="reperage", on=ago(1), reason="Veut encore découvrir")
        telling.write_note(**acts, text="Aime le matin.", is_working=False)
        telling.write_note(**acts, text="Vient en bus.", is_working=False)

    text = signed_in(coordinator).get(page_of(contracted, "journey_history")).content.decode()

    assert "Nadia Exemple a changé la phase" in text
    assert "Raison : Veut encore découvrir" in text
    assert text.count("a écrit une note") == 1, "plusieurs fois de suite, une ligne"
    assert "Aime le matin" not in text


def test_the_history_is_turned_page_by_page(contracted, coordinator, signed_in):
    with scope.over([contracted.territory_id]):
        JournalEntry.objects.bulk_create(
            JournalEntry(
                territory_id=contracted.territory_id,
                participant_id=contracted.participant_id,
                actor=coordinator,
                act=["contact_recorded", "note_written"][n % 2],
            )
            for n in range(130)
        )
    client = signed_in(coordinator)

    first = client.get(page_of(contracted, "journey_history"))
    rest = client.get(page_of(contracted, "journey_history"), {"avant": first.context["older"]})

    lines = [line for _on, day in rest.context["days"] for line in day]
    assert len([line for line in lines if line.at]) == 30
    assert rest.context["older"] is None


def test_a_strange_page_key_changes_nothing(contracted, coordinator, signed_in):
    for key in ("abc", "9" * 40, "-1", "\x00"):
        response = signed_in(coordinator).get(
            page_of(contracted, "journey_history"), {"avant": key}
        )
        assert response.status_code == 200


def test_a_call_asked_for_is_noted_done_from_the_file(kiwi, coordinator, signed_in):
    with scope.over([kiwi.territory_id]):
        kiwi.participant.contact, kiwi.participant.call_back_asked_on = "06 39 98 12 34", ago(2)
        kiwi.participant.save()
    client = signed_in(coordinator)

    text = client.get(page_of(kiwi)).content.decode()

    assert 'href="tel:0639981234"' in text and "Rappel demandé" in text
    assert reverse("call_back", args=[kiwi.participant_id]) in text


def test_a_call_asked_for_without_a_contact_left_is_noted_done_too(kiwi, coordinator, signed_in):
    with scope.over([kiwi.territory_id]):
        kiwi.participant.call_back_asked_on = ago(2)
        kiwi.participant.save()

    text = signed_in(coordinator).get(page_of(kiwi)).content.decode()

    assert reverse("call_back", args=[kiwi.participant_id]) in text


def test_a_contact_that_is_no_number_is_not_dialled(kiwi, coordinator, signed_in):
    with scope.over([kiwi.territory_id]):
        kiwi.participant.contact = "chez sa sœur"
        kiwi.participant.save()

    text = signed_in(coordinator).get(page_of(kiwi)).content.decode()

    assert "chez sa sœur" in text and "tel:" not in text
