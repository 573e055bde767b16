"""A file changes territory: proposed there, accepted here, and nothing is left behind."""

import datetime
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from journeys import models as m
from journeys.contracts.actions import preparing
from journeys.duplicates.actions.merging import merge
from journeys.duplicates.actions.undoing import undo_merge
from journeys.pathway.actions.acting import Stale, begin
from journeys.pathway.actions.arrivals import record_contact
from journeys.transfers import actions
from rtr import scope
from territories.accounts.enums import Role
from territories.models import JournalEntry, Membership, User
from tests.cast import member
from tests.journeys.acts import Actor, errors, told
from tests.journeys.contracts import fill, frozen
from tests.journeys.crowd import crowd
from tests.journeys.factories import ago, join
from tests.journeys.rows import rows_of


@pytest.fixture
def nadia(caen, le_dome):
    """The coordinator of Caen alone."""
    return member("Nadège", Role.COORDINATOR, le_dome, caen)


@pytest.fixture
def paul(vallees, le_wip):
    """The coordinator of the valleys alone."""
    return member("Paul", Role.COORDINATOR, le_wip, vallees)


@pytest.fixture
def rural_referent(vallees, le_wip):
    return member("Rose", Role.REFERENT, le_wip, vallees).memberships.get()


@pytest.fixture
def proposed(nadia, vallees):
    def act(journey, **said):
        with scope.over([journey.territory_id]):
            options = {"by": nadia, "seen": None, "to": vallees, "reason": "moved"}
            return actions.propose(journey=journey, **options | {"agreed_on": ago(1)} | said)

    return act


@pytest.fixture
def accepted(paul, vallees, rural_referent):
    def act(transfer, **said):
        with scope.over([vallees.pk]):
            return actions.accept(
                transfer=transfer, **{"by": paul, "referent": rural_referent} | said
            )

    return act


def refused(act, *given, **said) -> str:
    with pytest.raises(ValidationError) as refusal:
        act(*given, **said)
    return " ".join(refusal.value.messages)


# -- Who sees what, before and after ---------------------------------------------------------------


def test_the_former_coordination_gets_404_at_once(kiwi, nadia, paul, proposed, accepted, client):
    client.force_login(nadia)
    url = reverse("journey", args=[kiwi.pk])
    assert client.get(url).status_code == 200

    accepted(proposed(kiwi))

    assert client.get(url).status_code == 404
    assert "Kiwi" not in client.get(reverse("participants")).content.decode()
    client.force_login(paul)
    assert client.get(url).status_code == 200


def test_the_former_team_leaves_with_the_reason_and_its_readings_end(
    kiwi, proposed, accepted, referent, rural_referent, paul
):
    with scope.over([kiwi.territory_id]):
        place = join(kiwi, referent, reason="a accueilli la personne")
        m.Share.objects.create(
            territory=kiwi.territory, journey=kiwi, member=place, category="notes"
        )

    accepted(proposed(kiwi))

    with scope.everything("test"):
        place.refresh_from_db()
        assert place.until_on == timezone.localdate()
        assert place.reason == "a accueilli la personne ; dossier transféré vers " + str(
            rural_referent.territories.get()
        )
        assert not m.Share.objects.active().exists()
        standing = kiwi.team.all().active()
        assert set(standing.values_list("user", "role")) == {
            (rural_referent.user_id, "referent"),
            (paul.pk, "coordinator"),
        }
        organisation = m.Participant.objects.get(pk=kiwi.participant_id).organisation
        assert organisation == rural_referent.organisation


def test_the_persons_session_goes_on_in_the_new_territory(kiwi, proposed, accepted, client):
    with scope.over([kiwi.territory_id]):
        account = User.objects.create_user(territory=kiwi.territory)
        m.Participant.objects.filter(pk=kiwi.participant_id).update(user=account)
    client.force_login(account)
    assert "Kiwi" in client.get(reverse("portal")).content.decode()

    accepted(proposed(kiwi))

    page = client.get(reverse("portal"))
    assert page.status_code == 200
    assert "Kiwi" in page.content.decode()


def test_a_number_that_wants_no_messages_is_left_in_peace_there_too(
    kiwi, caen, vallees, proposed, accepted
):
    with scope.over([caen.pk]):
        m.Participant.objects.filter(pk=kiwi.participant_id).update(contact="06 39 98 00 01")
        m.OptOut.objects.create(territory=caen, phone="+33639980001")

    accepted(proposed(kiwi))

    with scope.over([vallees.pk]):
        assert m.OptOut.objects.get().phone == "+33639980001"


def test_open_signing_links_die(kiwi, caen, vallees, proposed, accepted, nadia):
    of = {"territory": caen, "journey": kiwi}
    with scope.over([caen.pk]):
        objective = m.Objective.objects.create(**of, wording="Conduire")
        link = m.SigningLink.objects.create(
            **of, objective=objective, signer="participant", channel="sms", to="+33639980001",
            token_sha256=uuid.uuid4().hex * 2, given_by=nadia,
            expires_at=timezone.now() + datetime.timedelta(days=1),
        )  # fmt: skip

    accepted(proposed(kiwi))

    with scope.over([vallees.pk]):
        assert not m.SigningLink.objects.live().filter(pk=link.pk).exists()


# -- Answers ---------------------------------------------------------------------------------------


def test_a_refusal_changes_nothing_of_the_file(kiwi, proposed, paul, vallees):
    transfer = proposed(kiwi)
    with scope.everything("test"):
        before = _held(kiwi)
    with scope.over([vallees.pk]):
        actions.refuse(transfer=transfer, by=paul, word="Équipe complète")

    with scope.everything("test"):
        assert _held(kiwi) == before
        transfer.refresh_from_db()
        assert (transfer.answer, transfer.refusal_word) == ("refused", "Équipe complète")
        line = JournalEntry.objects.latest("pk")
        assert (line.act, line.participant_id) == ("transfer_refused", kiwi.participant_id)


def _held(journey) -> dict:
    found = rows_of(journey.participant_id)
    named = found.keys() - {"Transfer", "JournalEntry"}
    return {name: list(found[name].order_by("pk").values()) for name in named}


def test_a_refusal_wants_a_word(kiwi, proposed, paul, vallees):
    transfer = proposed(kiwi)
    with scope.over([vallees.pk]):
        assert refused(actions.refuse, transfer=transfer, by=paul, word=" ") == (
            "Dites en un mot pourquoi."
        )


def test_it_is_answered_once(kiwi, proposed, accepted, paul, vallees):
    transfer = proposed(kiwi)
    accepted(transfer)

    assert "déjà accepté" in refused(accepted, transfer)
    with scope.over([vallees.pk]):
        assert "déjà accepté" in refused(actions.refuse, transfer=transfer, by=paul, word="non")
        assert "déjà accepté" in refused(actions.withdraw, transfer=transfer, by=paul)


def test_a_proposal_is_withdrawn_by_its_side(kiwi, proposed, accepted, nadia, caen):
    transfer = proposed(kiwi)
    with scope.over([caen.pk]):
        actions.withdraw(transfer=transfer, by=nadia)

    assert "déjà retiré" in refused(accepted, transfer)


def test_unanswered_it_expires_after_thirty_days_then_is_forgotten(
    kiwi, proposed, everywhere, time_machine
):
    transfer, today = proposed(kiwi), timezone.localdate()
    days = datetime.timedelta(days=actions.ANSWER_DAYS)
    assert actions.expire_transfers(on=today + days) == 0

    time_machine.move_to(timezone.now() + days + datetime.timedelta(days=1))
    assert actions.expire_transfers(on=timezone.localdate()) == 1
    assert actions.expire_transfers(on=timezone.localdate()) == 0
    transfer.refresh_from_db()
    assert transfer.answer == "expired"

    actions.expire_transfers(on=today + 3 * days)
    assert not m.Transfer.objects.exists()


# -- What is in the way ----------------------------------------------------------------------------


def test_one_proposal_at_a_time(kiwi, proposed):
    proposed(kiwi)

    assert "déjà proposé" in refused(proposed, kiwi)


def test_another_programme_or_the_same_territory_is_refused(kiwi, proposed, marseille, caen):
    for to in (marseille, caen):
        assert "autre territoire du programme" in refused(proposed, kiwi, to=to)


def test_the_agreement_has_a_day_that_has_come(kiwi, proposed):
    assert "aujourd’hui ou avant" in refused(proposed, kiwi, agreed_on=ago(-1))


def test_a_contract_being_signed_keeps_the_file(kiwi, proposed, accepted, nadia, caen):
    """Begun before or after the proposal."""
    with scope.over([caen.pk]):
        fill(kiwi, nadia)
    transfer = proposed(kiwi)
    with scope.over([caen.pk]):
        draft = m.Contract.objects.get()
        preparing.freeze(contract=draft, by=nadia, seen=None)

    assert "attend d’être signé" in refused(accepted, transfer)
    with scope.over([caen.pk]):
        assert m.Journey.objects.get(pk=kiwi.pk).territory == caen


def test_a_frozen_contract_is_signed_before_one_proposes(kiwi, proposed, nadia, caen):
    with scope.over([caen.pk]):
        frozen(kiwi, nadia)

    assert "attend d’être signé" in refused(proposed, kiwi)


def test_somebody_acted_while_one_was_proposing(kiwi, proposed, caen):
    with scope.over([caen.pk]):
        begin(kiwi, seen=None)

    with pytest.raises(Stale):
        proposed(kiwi, seen=0)


def test_a_file_merged_meanwhile_is_not_transferred(kiwi, person, proposed, accepted, nadia, caen):
    with scope.over([caen.pk]):
        other = person("Zaza")
        transfer = proposed(other)
        act = {"by": nadia, "seen": None, "seen_absorbed": None, "taken": {}}
        assert "retirez-le" in refused(merge, kept=kiwi, absorbed=other, **act)
        actions.withdraw(transfer=transfer, by=nadia)
        merge(kept=kiwi, absorbed=other, **act)

    assert "cherchez son code" in refused(proposed, other)


def test_a_merge_can_still_be_undone_after_the_transfer(
    kiwi, person, proposed, accepted, nadia, paul, caen, vallees
):
    with scope.over([caen.pk]):
        other = person("Zaza")
        act = {"by": nadia, "seen": None, "seen_absorbed": None, "taken": {}}
        merge(kept=kiwi, absorbed=other, **act)
    accepted(proposed(kiwi))

    with scope.over([vallees.pk]):
        undo_merge(merge=m.Merge.objects.get(), by=paul)
        assert m.Journey.objects.filter(pk__in=[kiwi.pk, other.pk]).count() == 2


def test_whom_the_person_objected_to_neither_accepts_nor_follows(
    kiwi, proposed, accepted, paul, rural_referent, caen
):
    transfer = proposed(kiwi)
    with scope.over([caen.pk]):
        place = join(kiwi, rural_referent.user, suspended_on=ago(1))
    assert "s’est opposée" in refused(accepted, transfer)
    with scope.over([caen.pk]):
        place.user = paul
        place.save()

    assert "s’est opposée" in refused(accepted, transfer)


def test_the_referent_is_of_the_new_territory(kiwi, proposed, accepted, referent):
    transfer = proposed(kiwi)
    stranger = Membership.objects.get(user=referent)

    assert "personne de ce territoire" in refused(accepted, transfer, referent=stranger)


def test_acts_go_on_in_the_old_territory_until_the_answer(kiwi, proposed, accepted, nadia, caen):
    transfer = proposed(kiwi)
    with scope.over([caen.pk]):
        record_contact(journey=kiwi, by=nadia, seen=None, kind="call", on=ago(0))

    accepted(transfer)

    with scope.everything("test"):
        assert kiwi.contacts.count() == 2


# -- Pages -----------------------------------------------------------------------------------------


def test_from_one_page_to_the_other(kiwi, nadia, paul, rural_referent, vallees, client, needs):
    client.force_login(nadia)
    actor = Actor(client)
    page = actor.opens("transfer_propose", kiwi)
    assert "Vallées" in page.content.decode()
    said = {"to": vallees.pk, "reason": "moved", "agreed_on": ago(1).isoformat(), "agreed": "on"}
    assert set(errors(actor.does("transfer_propose", kiwi))) == {
        "to",
        "reason",
        "agreed_on",
        "agreed",
    }
    answer = actor.does("transfer_propose", kiwi, **said)
    assert answer.status_code == 302
    with scope.everything("test"):
        transfer = m.Transfer.objects.get()

    waiting = needs(paul)["transfer"]
    assert [line.nickname for line in waiting] == ["Kiwi"]
    client.force_login(paul)
    url = reverse("transfer_answer", args=[transfer.pk])
    assert client.post(url, {"answer": "refused"}).status_code == 422
    answer = client.post(url, {"answer": "accepted", "referent": rural_referent.pk}, follow=True)
    assert "Kiwi est maintenant dans vos participants" in told(answer)
    assert client.get(url).status_code == 200  # its answer is said

    assert [line.nickname for line in needs(nadia)["transferred"]] == ["Kiwi"]
    client.force_login(nadia)
    assert "Accepté" in client.get(reverse("transfers")).content.decode()


def test_a_refusal_is_told_to_who_proposed(kiwi, nadia, paul, proposed, client, needs):
    transfer = proposed(kiwi)
    client.force_login(paul)
    url = reverse("transfer_answer", args=[transfer.pk])
    answer = client.post(url, {"answer": "refused", "word": "Équipe complète"}, follow=True)
    assert "Rien n’a bougé" in told(answer)

    client.force_login(nadia)
    assert "Équipe complète" in client.get(reverse("transfers")).content.decode()
    assert [line.nickname for line in needs(nadia)["transferred"]] == ["Kiwi"]


def test_each_side_does_what_is_its_own(kiwi, nadia, paul, proposed, client):
    transfer = proposed(kiwi)
    client.force_login(nadia)
    assert client.get(reverse("transfer_answer", args=[transfer.pk])).status_code == 403
    client.force_login(paul)
    assert client.post(reverse("transfer_withdraw", args=[transfer.pk])).status_code == 403
    client.force_login(nadia)
    assert client.post(reverse("transfer_withdraw", args=[transfer.pk])).status_code == 302
    with scope.everything("test"):
        assert m.Transfer.objects.get().answer == "withdrawn"


def test_a_list_costs_the_same_for_one_and_for_many(
    nadia, caen, vallees, le_dome, client, proposed, django_assert_max_num_queries
):
    with scope.over([caen.pk]):
        for journey in crowd(15, caen, le_dome):
            proposed(journey)
    client.force_login(nadia)
    with django_assert_max_num_queries(12):
        client.get(reverse("transfers"))
