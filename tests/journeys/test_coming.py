"""What comes next: dated things ahead, what is late, and the next step in one sentence."""

import pytest

from journeys.models import Journey, Outcome
from journeys.pathway.actions import phases, spans
from journeys.pathway.coming import coming, next_step
from journeys.pathway.story import story_of
from rtr import scope
from tests.journeys.factories import JourneyFactory, ago


@pytest.fixture(autouse=True)
def inside(caen):
    with scope.over([caen.pk]):
        yield


@pytest.fixture
def contracted(caen, le_dome, inside):
    return JourneyFactory(territory=caen, contracted=True, participant__organisation=le_dome)


def seen(journey, **fields):
    """The journey as pages read it, after some days were moved."""
    if fields:
        Journey.objects.filter(pk=journey.pk).update(**fields)
    rows = Journey.objects.with_status().select_related(
        "participant", "territory__programme", "situation"
    )
    return rows.get(pk=journey.pk)


def said(journey) -> str:
    return next_step(journey, story_of(journey))


def titles(journey) -> list[tuple]:
    return [(one.title, one.on) for one in coming(journey, story_of(journey))]


def test_a_young_butinage_has_time(kiwi):
    journey = seen(kiwi, first_contact_on=ago(10))

    assert said(journey).startswith("faire connaissance")
    assert titles(journey) == [
        ("Un contrat peut se proposer", ago(-20)),
        ("Fin habituelle du butinage", ago(-80)),
        ("Effacement de la fiche", ago(-87)),
    ]


def test_a_ripe_butinage_calls_for_a_contract(kiwi):
    assert said(seen(kiwi)) == "proposer un contrat, le butinage dure depuis 40\xa0jours"


def test_a_contract_prepared_is_to_be_signed_before_the_identity_goes(kiwi):
    kiwi.participant.identified_on = ago(10)
    kiwi.participant.save()

    journey = seen(kiwi)

    assert said(journey).startswith("faire signer le contrat avant le")
    assert ("Contrat à signer", ago(-20)) in titles(journey)


def test_after_the_signature_comes_mobilisation_then_the_questions(contracted, coordinator):
    first = said(seen(contracted))
    phases.change_phase(journey=contracted, by=coordinator, seen=None, to="mobilisation", on=ago(1))

    assert first == "passer en mobilisation, le contrat est signé"
    assert said(seen(contracted)).startswith("finir les questions d’entrée")


def test_the_limit_is_announced_three_months_and_one_month_before(contracted):
    found = titles(seen(contracted))

    assert [title for title, _on in found] == [
        "Questions d’entrée à finir",
        "Faire le point ensemble",
        "Faire le point ensemble",
        found[-1][0],
    ]
    assert found[-1][1] == contracted.limit_on


def test_past_the_limit_one_decides(contracted):
    journey = seen(contracted, limit_on=ago(3))

    assert said(journey).startswith("prolonger ou enregistrer la sortie")
    assert [one.is_late for one in coming(journey, story_of(journey)) if one.on == ago(3)] == [True]


def test_a_pause_tells_its_return(contracted, coordinator):
    spans.pause(
        journey=contracted,
        by=coordinator,
        seen=None,
        from_on=ago(5),
        reason="work",
        expected_return_on=ago(-5),
    )

    journey = seen(contracted)

    assert said(journey).startswith("reprise prévue le")
    assert ("Reprise prévue", ago(-5)) in titles(journey)


def test_a_return_that_did_not_come_calls_for_news(contracted, coordinator):
    spans.pause(
        journey=contracted,
        by=coordinator,
        seen=None,
        from_on=ago(9),
        reason="work",
        expected_return_on=ago(2),
    )

    journey = seen(contracted)

    assert said(journey).startswith("reprendre contact, la reprise était prévue le")
    assert [one.title for one in coming(journey, story_of(journey)) if one.is_late] == [
        "Reprise prévue"
    ]


def test_after_an_exit_only_news_are_ahead(contracted, coordinator):
    spans.leave(
        journey=contracted,
        by=coordinator,
        seen=None,
        on=ago(40),
        kind="cdi",
        agreed_to_contact=True,
    )

    journey = seen(contracted)
    found = coming(journey, story_of(journey))

    assert said(journey).startswith("prendre des nouvelles avant le")
    assert {one.title for one in found} == {"Prendre des nouvelles"}
    assert [one.is_late for one in found] == [True, False, False]


def test_without_agreement_nothing_is_ahead(contracted, coordinator):
    spans.leave(journey=contracted, by=coordinator, seen=None, on=ago(1), kind="choix_personne")

    journey = seen(contracted)

    assert said(journey).startswith("aucune, la personne ne souhaite pas être recontactée")
    assert titles(journey) == []


def test_an_outcome_to_come_is_dated(contracted):
    Outcome.objects.create(
        territory=contracted.territory,
        journey=contracted,
        kind="cdd_interim",
        started_on=ago(-6),
        ended_on=ago(-90),
    )

    found = titles(seen(contracted))

    assert ("CDD ou intérim", ago(-6)) in found and ("CDD ou intérim", ago(-90)) in found


def test_the_whole_path_is_read_in_one_query(contracted, django_assert_num_queries):
    with django_assert_num_queries(1):
        story_of(contracted)
