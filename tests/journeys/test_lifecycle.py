"""What retention erases goes whole, whatever a person's rows point at."""

from journeys.models import Contract, Objective, Participant, PurgedCount
from journeys.pathway.actions.lifecycle import purge_participant
from rtr import scope


def test_a_file_with_a_draft_and_its_objectives_goes_whole(caen, kiwi):
    """Objectives hang on the draft and on the journey: no order of deletion pleases both keys."""
    of = {"territory": caen, "journey": kiwi}
    with scope.over([caen.pk]):
        draft = Contract.objects.create(**of, weekly_hours=12)
        Objective.objects.create(**of, contract=draft, wording="Réparer un vélo")

        purge_participant(participant=kiwi.participant)

        assert not Participant.objects.exists()
        assert not Objective.objects.exists()
        assert PurgedCount.objects.get().people == 1
