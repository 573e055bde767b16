"""AFEST: four elements, each done or said to be missing; without one of them it is none."""

import itertools

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from journeys.frames.actions import afest as acts
from journeys.frames.afest import Afest
from rtr import scope
from tests.journeys.acts import Actor, errors
from tests.journeys.factories import ago
from tests.journeys.immersions import talent

ELEMENTS = ("analysis", "trainer", "reflection", "assessment")


@pytest.fixture(autouse=True)
def inside(caen):
    with scope.over([caen.pk]):
        yield


@pytest.fixture
def pixel(caen, le_dome, coordinator):
    return talent(caen, le_dome)


def made(journey, by, having=ELEMENTS) -> Afest:
    """With these elements and no other; a sequence in any case."""
    said = {"host_name": "Vélo Cité", "aim": "Régler un dérailleur", "from_on": ago(20)}
    said |= {"analysis": "Un poste, trois gestes", "analysed_on": ago(19)}
    if "trainer" in having:
        said["trainer"] = "Marc Bellet"
    row = acts.begin_afest(journey=journey, by=by, seen=None, said=said)
    act = {"by": by, "seen": None}
    sequence = acts.add_sequence(afest=row, on=ago(10), what="Régler", **act)
    if "reflection" in having:
        acts.reflect(sequence=sequence, on=ago(9), reflection="Comprendre la butée", **act)
    if "assessment" in having:
        acts.assess_afest(afest=row, on=ago(8), assessment="Règle seule", **act)
    if "analysis" not in having:
        Afest.objects.filter(pk=row.pk).update(analysed_on=None, analysis="")
    return Afest.objects.get(pk=row.pk)


@pytest.mark.parametrize(
    "having", [c for n in range(5) for c in itertools.combinations(ELEMENTS, n)], ids=str
)
def test_it_closes_as_an_afest_with_the_four_only(pixel, coordinator, having):
    row = made(pixel, coordinator, having)
    act = {"afest": row, "by": coordinator, "seen": None}

    assert [one.is_done for one in row.elements] == [name in having for name in ELEMENTS]
    assert all(one.remains for one in row.elements if not one.is_done)
    if len(having) == 4:
        assert acts.close_afest(**act, is_afest=True).closed_on
        return
    with pytest.raises(ValidationError, match="Ce n’est pas encore une AFEST. Il manque"):
        acts.close_afest(**act, is_afest=True)
    assert acts.close_afest(**act, is_afest=False).stopped_on


def test_the_database_refuses_it_as_well(pixel, coordinator):
    row = made(pixel, coordinator, ("analysis", "reflection", "assessment"))

    with pytest.raises(IntegrityError), transaction.atomic():
        Afest.objects.filter(pk=row.pk).update(closed_on=ago(0))


def test_each_sequence_wants_its_reflection(pixel, coordinator):
    row = made(pixel, coordinator)
    acts.add_sequence(afest=row, by=coordinator, seen=None, on=ago(8), what="Encore")

    remains = Afest.objects.get().elements[2].remains
    assert remains == ("Il manque 1 séance réflexive : une après chaque séquence de travail.")


def test_a_sequence_after_the_assessment_asks_for_another(pixel, coordinator):
    row = made(pixel, coordinator)
    acts.add_sequence(afest=row, by=coordinator, seen=None, on=ago(3), what="Encore")

    assert "évaluez de nouveau" in str(Afest.objects.get().elements[3].remains)


def test_work_is_analysed_before_the_first_sequence(pixel, coordinator):
    said = {"host_name": "Vélo Cité", "aim": "Régler", "from_on": ago(20)}
    row = acts.begin_afest(journey=pixel, by=coordinator, seen=None, said=said)
    act = {"afest": row, "by": coordinator, "seen": None}

    with pytest.raises(ValidationError, match="avant la première séquence"):
        acts.add_sequence(**act, on=ago(5), what="Régler")
    acts.change_afest(**act, said={"analysis": "Trois gestes", "analysed_on": ago(4)})
    with pytest.raises(ValidationError):
        acts.add_sequence(**act, on=ago(5), what="Régler")
    assert acts.add_sequence(**act, on=ago(4), what="Régler").pk


def test_a_reflection_comes_after_its_sequence(pixel, coordinator):
    row = made(pixel, coordinator)
    act = {"sequence": row.sequences.get(), "by": coordinator, "seen": None}

    with pytest.raises(ValidationError):
        acts.reflect(**act, on=ago(11), reflection="Trop tôt")


def test_not_for_somebody_without_a_name(kiwi, coordinator):
    with pytest.raises(ValidationError, match="préparez d’abord le contrat"):
        made(kiwi, coordinator)


def test_nothing_changes_once_closed(pixel, coordinator):
    row = made(pixel, coordinator)
    acts.close_afest(afest=row, by=coordinator, seen=None, is_afest=True)

    with pytest.raises(ValidationError, match="close"):
        acts.add_sequence(afest=row, by=coordinator, seen=None, on=ago(0), what="Encore")


def test_from_the_file(signed_in, pixel, coordinator):
    actor = Actor(signed_in(coordinator))
    began = {"aim": "Régler un frein de vélo", "host_name": "Vélo Cité", "from_on": ago(9)}
    actor.does("afest_begin", pixel, **began)
    row = Afest.objects.get()
    more = {"analysis": "Trois gestes", "analysed_on": ago(9), "trainer": "Marc Bellet"}
    actor.does("afest_change", pixel, row.pk, **began, **more)
    actor.does("afest_sequence", pixel, row.pk, on=ago(5), what="Régler")
    page = actor.opens("afest", pixel, row.pk).content.decode()
    assert "Il manque 1 séance réflexive" in page.replace("\u00a0", " ")

    sequence = row.sequences.get()
    actor.does("afest_reflect", pixel, row.pk, sequence.pk, on=ago(4), reflection="La butée")
    found = errors(actor.does("afest_close", pixel, row.pk, kind="afest"))
    assert "l’évaluation à la fin" in found["__all__"][0]
    actor.does("afest_assess", pixel, row.pk, on=ago(1), assessment="Règle seule")
    answer = actor.does("afest_close", pixel, row.pk, kind="afest")

    assert answer.status_code == 302
    assert Afest.objects.get().closed_on
