"""What the database refuses reaches the form in French, even when every earlier check was passed.

Two people act in the same second: the checks of both pass, the constraint stops the second.
"""

import pytest
from django.db import IntegrityError, transaction

from journeys.models import (
    Absence,
    Barrier,
    Contract,
    Extension,
    FollowUp,
    Objective,
    OtherSupport,
    Outcome,
    PhaseChange,
    Referral,
    TeamMember,
)
from journeys.pathway.actions import people, phases, spans
from rtr import scope
from rtr.lib.refusals import words_of
from tests.journeys.acts import Actor, errors
from tests.journeys.factories import JourneyFactory, ago, join


@pytest.fixture(autouse=True)
def inside(caen):
    with scope.over([caen.pk]):
        yield


@pytest.fixture
def contracted(caen, le_dome, inside):
    return JourneyFactory(territory=caen, contracted=True, participant__organisation=le_dome)


@pytest.fixture
def nadia(signed_in, coordinator):
    return Actor(signed_in(coordinator))


@pytest.fixture
def blind(monkeypatch):
    """The actions no longer check: only the database does."""
    for module in (spans, phases, people):
        if hasattr(module, "save_new"):
            monkeypatch.setattr(module, "save_new", lambda row: row.save(force_insert=True))
        for check in ("refuse_before", "refuse_future", "_refuse_member"):
            if hasattr(module, check):
                monkeypatch.setattr(module, check, lambda *args: None)


# -- Through the forms ---------------------------------------------------------------------------


def test_two_pauses_at_once(nadia, contracted, coordinator, blind):
    spans.pause(journey=contracted, by=coordinator, seen=None, from_on=ago(9), reason="work")

    response = nadia.does("pause", contracted, from_on=ago(3), reason="choice")

    assert errors(response)["__all__"] == [
        "Une pause ou une sortie couvre déjà ces jours : choisissez d’autres dates."
    ]
    assert contracted.absences.count() == 1


def test_two_exits_at_once(nadia, contracted, coordinator, blind):
    spans.leave(journey=contracted, by=coordinator, seen=None, on=ago(9), kind="cdi")

    response = nadia.does("leave", contracted, on=ago(3), kind="cdi", agreed="yes")

    assert "couvre déjà ces jours" in errors(response)["__all__"][0]
    assert contracted.absences.count() == 1


def test_a_return_before_the_departure(nadia, contracted, coordinator, blind):
    spans.pause(journey=contracted, by=coordinator, seen=None, from_on=ago(3), reason="work")

    response = nadia.does("resume", contracted, on=ago(5))

    assert errors(response)["__all__"] == ["Le retour vient après le départ, d’un jour au moins."]


def test_an_outcome_that_ends_before_it_starts(nadia, contracted, coordinator, blind):
    outcome = spans.record_outcome(
        journey=contracted, by=coordinator, seen=None, kind="cdi", started_on=ago(3)
    )

    response = nadia.does("outcome_end", contracted, outcome.pk, on=ago(5))

    assert errors(response)["__all__"] == ["La fin vient avant le début."]


def test_the_same_member_twice(nadia, kiwi, referent, blind):
    join(kiwi, referent)

    response = nadia.does(
        "member_add",
        kiwi,
        member=referent.memberships.get().pk,
        role="referent",
        reason="x",
    )

    assert errors(response)["__all__"] == ["Cette personne est déjà dans l’équipe."]


@pytest.mark.parametrize(
    ("to", "on", "sentence"),
    [
        ("mobilisation|", ago(90), "Une phase ne commence pas avant la précédente."),
        (
            "insertion|",
            ago(30),
            "L'insertion vient après l'entrée, donc après la signature du contrat.",
        ),
    ],
)
def test_the_trigger_of_the_phases_speaks_french(to, on, sentence, nadia, contracted, blind):
    response = nadia.does("phase_change", contracted, to=to, on=on)

    assert errors(response)["__all__"] == [sentence]
    assert contracted.phase_changes.count() == 1


def test_a_support_that_ends_before_it_began(nadia, kiwi):
    support = OtherSupport.objects.create(
        territory=kiwi.territory, participant=kiwi.participant, kind="ccas", since_on=ago(2)
    )

    response = nadia.does("support_end", kiwi, support.pk, on=ago(5))

    assert errors(response)["__all__"] == ["La fin vient avant le début."]


def test_a_refused_act_leaves_no_trace(nadia, contracted, coordinator, blind):
    spans.pause(journey=contracted, by=coordinator, seen=None, from_on=ago(9), reason="work")
    contracted.refresh_from_db()

    nadia.does("pause", contracted, from_on=ago(3), reason="choice")

    version = contracted.version
    contracted.refresh_from_db()
    assert contracted.version == version


# -- Every constraint and trigger, one by one ----------------------------------------------------


def refused(write) -> str:
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        write()
    return words_of(error.value)


CONSTRAINTS = [
    (
        lambda of: Absence.objects.create(**of, kind="pause", from_on=ago(2)),
        "Une pause dit sa raison, une sortie sa nature.",
    ),
    (
        lambda of: Absence.objects.create(
            **of, kind="exit", exit_kind="cdi", from_on=ago(2), until_on=ago(2)
        ),
        "Le retour vient après le départ, d’un jour au moins.",
    ),
    (
        lambda of: Outcome.objects.create(**of, kind="cdi", started_on=ago(1), ended_on=ago(2)),
        "La fin vient avant le début.",
    ),
    (
        lambda of: Extension.objects.create(**of, until_on=ago(-600), reason=""),
        "Une prolongation dit sa raison.",
    ),
    (
        lambda of: [Barrier.objects.create(**of, theme="logement", level="much") for _ in "ab"],
        "Ce thème est déjà noté.",
    ),
    (
        lambda of: Barrier.objects.create(**of, theme="sante", level="much"),
        "La santé se note sans degré ni détail.",
    ),
    (
        lambda of: Objective.objects.create(**of, wording="Chanter", reached_on=ago(1)),
        "Une décision dit sa raison.",
    ),
    (
        lambda of: Objective.objects.create(
            **of,
            wording="Chanter",
            reached_on=ago(1),
            set_aside_on=ago(1),
            decision_reason="les deux",
        ),
        "Un objectif est atteint ou mis de côté, pas les deux.",
    ),
    (
        lambda of: PhaseChange.objects.create(**of, rank=3, phase="mobilisation", on=ago(1)),
        "La phase a changé entre-temps : relisez le parcours.",
    ),
    (
        lambda of: PhaseChange.objects.create(**of, rank=2, phase="reperage", on=ago(1)),
        "Le parcours est déjà dans cette phase.",
    ),
    (
        lambda of: PhaseChange.objects.create(**of, rank=2, phase="insertion", on=ago(90)),
        "Une phase ne commence pas avant la précédente.",
    ),
    (
        lambda of: PhaseChange.objects.filter(journey=of["journey"]).delete(),
        "Les lignes de journeys_phasechange ne se modifient pas et ne s'effacent pas.",
    ),
    (
        lambda of: Contract.objects.filter(journey=of["journey"]).update(weekly_hours=35),
        "Un contrat figé ne se modifie pas : préparez un avenant.",
    ),
    (
        lambda of: Contract.objects.filter(journey=of["journey"]).update(signed_on=ago(1)),
        "La date de signature ne change pas.",
    ),
    (
        lambda of: type(of["journey"]).objects.update(entry_on=ago(200)),
        "L’entrée vient avant la première rencontre.",
    ),
    (
        lambda of: type(of["journey"]).objects.update(limit_on=None),
        "La limite de durée part de la date d’entrée.",
    ),
    (
        lambda of: type(of["journey"].participant).objects.update(identified_on=None),
        "Aucune identité n’est notée avant la préparation d’un contrat.",
    ),
    (
        lambda of: Referral.objects.create(
            territory=of["territory"],
            channel="ccas",
            prescriber="CCAS",
            agreed_on=ago(2),
            answer="declined",
            answered_on=ago(1),
        ),
        "Dites pourquoi l’orientation est déclinée.",
    ),
]


@pytest.mark.parametrize(("write", "sentence"), CONSTRAINTS, ids=[s for _w, s in CONSTRAINTS])
def test_each_constraint_says_why(write, sentence, contracted):
    of = {"territory": contracted.territory, "journey": contracted}
    assert contracted.participant.pk

    assert refused(lambda: write(of)) == sentence


def test_going_back_without_a_reason_is_refused_by_the_trigger(contracted, coordinator):
    phases.change_phase(journey=contracted, by=coordinator, seen=None, to="mobilisation", on=ago(1))
    of = {"territory": contracted.territory, "journey": contracted}

    said = refused(lambda: PhaseChange.objects.create(**of, rank=3, phase="reperage", on=ago(0)))

    assert said == "Revenir en arrière demande une raison."


def test_an_answer_without_a_situation_is_refused(contracted, coordinator):
    spans.leave(
        journey=contracted,
        by=coordinator,
        seen=None,
        on=ago(2),
        kind="cdi",
        agreed_to_contact=True,
    )

    said = refused(lambda: FollowUp.objects.update(status="answered"))

    assert said == "Une réponse dit la situation de la personne."


def test_two_places_for_one_person_in_a_team_are_refused(kiwi, referent):
    join(kiwi, referent)

    assert refused(lambda: join(kiwi, referent)) == "Cette personne est déjà dans l’équipe."
    assert TeamMember.objects.count() == 1


def test_a_row_about_somebody_of_another_territory_gets_a_plain_sentence(
    kiwi, fatou_in_marseille, marseille
):
    """The key of the second wall: a foreign journey cannot hold a row of Caen."""
    said = refused(
        lambda: Absence.objects.create(
            territory_id=kiwi.territory_id,
            journey_id=fatou_in_marseille.pk,
            kind="pause",
            pause_reason="work",
            from_on=ago(1),
        )
    )

    assert said == ("Cet enregistrement n’a pas pu se faire : rechargez la page et recommencez.")
