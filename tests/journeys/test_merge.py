"""Two files of one person become one: everything follows, nobody sees the other any more."""

import datetime
from collections import Counter

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils import timezone

from journeys import models as m
from journeys.duplicates.actions.merging import CHOSEN, merge
from journeys.duplicates.moving import OWN_RULE, STAY, keys_that_follow, keys_to, name_of
from journeys.pathway.actions.acting import Stale, begin
from territories.models import JournalEntry, LogEntry, User
from tests.figures import figure
from tests.journeys.factories import ago, join

pytestmark = pytest.mark.usefixtures("everywhere")


def refused(act, *files, **said) -> str:
    with pytest.raises(ValidationError) as refusal:
        act(*files, **said)
    return " ".join(refusal.value.messages)


# -- What follows --------------------------------------------------------------------------------


def test_every_key_to_a_person_or_a_journey_follows_or_is_named():
    keys = [*keys_to(m.Participant), *keys_to(m.Journey)]
    named = {name_of(key) for key in keys}

    follow = {name_of(key) for key in keys_that_follow()}

    assert follow | STAY.keys() | OWN_RULE == named
    assert len(named) == len(keys)
    figure("clés qui suivent une réunion", len(follow), f"{len(STAY) + len(OWN_RULE)} nommées")


def test_every_row_of_the_other_file_is_in_the_one_that_was_kept(kiwi_signed, zaza, merged):
    before = Counter(_held(kiwi_signed)) + Counter(_held(zaza))

    merged(kiwi_signed, zaza)

    own = {"participant.merged_into": 1, "merge.kept": 1}
    assert +Counter(_held(zaza)) == {}
    assert Counter(_held(kiwi_signed)) == before + Counter(own)
    assert kiwi_signed.team.count() == 2
    assert m.Share.objects.get().journey == kiwi_signed
    assert m.PersonLink.objects.get().participant == kiwi_signed.participant


def _held(journey) -> dict[str, int]:
    """How many rows point at this file, by each key that follows."""
    ends = {m.Participant: journey.participant_id, m.Journey: journey.pk}
    return {
        name_of(key): rows
        for key in keys_that_follow()
        if (rows := key.model._base_manager.filter(**{key.name: ends[key.related_model]}).count())
    }


def test_dates_contacts_and_numbers_tell_one_life(kiwi_signed, zaza, merged):
    m.Contact.objects.create(territory=zaza.territory, journey=zaza, kind="call", on=ago(0))
    merged(kiwi_signed, zaza)

    kiwi_signed.refresh_from_db()

    assert (kiwi_signed.first_contact_on, kiwi_signed.last_contact_on) == (ago(90), ago(0))
    numbers = list(kiwi_signed.contracts.order_by("number").values_list("number", "signed_on"))
    assert numbers == [(1, ago(20)), (2, None)]
    assert kiwi_signed.phase_changes.count() == 1


def test_what_differs_is_taken_from_the_file_that_was_chosen(kiwi_signed, zaza, merged):
    merged(kiwi_signed, zaza, taken={"nickname": True, "contact": True})

    kept = m.Participant.objects.get(pk=kiwi_signed.participant_id)

    assert (kept.nickname, kept.contact) == ("Zaza", "06 39 98 00 01")
    assert (kept.first_name, kept.code) == ("Camille", kiwi_signed.participant.code)
    assert {"nickname", "birth_date"} <= set(CHOSEN)
    assert m.Participant.objects.search("zaza", identity=False).get() == kept


def test_an_identity_noted_in_the_other_file_may_be_taken(person, merged):
    kept, other = person("Kiwi"), person("Zaza", first_contact_on=ago(10))
    names = {"first_name": "Camille", "last_name": "Martin", "phone": "+33639980001"}
    m.Participant.objects.filter(pk=other.participant_id).update(
        identified_on=ago(4), birth_date=datetime.date(1995, 5, 17), **names
    )

    merged(kept, other, taken=dict.fromkeys([*names, "birth_date"], True))

    found = m.Participant.objects.get(pk=kept.participant_id)
    assert (found.full_name, found.identified_on) == ("Camille Martin", ago(4))


def test_an_objection_made_in_either_file_holds(kiwi_signed, zaza, merged, activity_referent):
    join(kiwi_signed, activity_referent, "activity_referent")

    merged(kiwi_signed, zaza)

    assert kiwi_signed.team.get(user=activity_referent).suspended_on == ago(5)
    assert not m.Journey.objects.visible_to(User.objects.get(pk=activity_referent.pk)).exists()


def test_lines_of_the_journal_and_changes_follow_without_their_versions(kiwi_signed, zaza, merged):
    merged(kiwi_signed, zaza)

    lines = JournalEntry.objects.filter(participant_id=kiwi_signed.participant_id)
    assert [(line.act, line.version) for line in lines.order_by("pk")][0] == ("opened", None)
    assert not JournalEntry.objects.filter(participant_id=zaza.participant_id).exists()
    assert not LogEntry.objects.filter(participant_id=zaza.participant_id).exists()


def test_the_persons_own_account_comes_along(kiwi_signed, zaza, merged):
    account = User.objects.create_user(territory=zaza.territory)
    m.Participant.objects.filter(pk=zaza.participant_id).update(user=account)

    merged(kiwi_signed, zaza)

    assert m.Journey.objects.visible_to(account).get() == kiwi_signed


def test_of_two_accounts_that_of_the_kept_file_stays_open(kiwi_signed, zaza, merged, client):
    accounts = []
    for journey in (kiwi_signed, zaza):
        accounts.append(User.objects.create_user(territory=journey.territory))
        m.Participant.objects.filter(pk=journey.participant_id).update(user=accounts[-1])
    client.force_login(accounts[1])

    merged(kiwi_signed, zaza)

    assert [User.objects.get(pk=one.pk).is_active for one in accounts] == [True, False]
    assert client.get("/").status_code == 302  # the session of the closed one is over


def test_the_same_colleague_is_in_the_team_once(kiwi_signed, zaza, merged, referent):
    join(kiwi_signed, referent)

    merged(kiwi_signed, zaza)

    assert kiwi_signed.team.filter(user=referent).count() == 1


def test_rows_that_would_come_twice_stay_behind(kiwi_signed, zaza, merged):
    m.Barrier.objects.create(territory=kiwi_signed.territory, journey=kiwi_signed, theme="logement")
    for journey in (kiwi_signed, zaza):
        m.EntrySituation.objects.create(territory=journey.territory, journey=journey)

    merged(kiwi_signed, zaza)

    assert kiwi_signed.barriers.get(theme="logement").level == ""
    assert m.EntrySituation.objects.filter(journey=zaza.pk).exists()


# -- Spans ---------------------------------------------------------------------------------------


def test_an_exit_before_the_other_file_began_ends_when_it_began(person, merged):
    old = person("Kiwi", first_contact_on=ago(400))
    new = person("Zaza", first_contact_on=ago(30))
    exit_ = m.Absence.objects.create(
        territory=old.territory, journey=old, kind="exit", exit_kind="cdi", from_on=ago(200)
    )

    merged(new, old)

    exit_.refresh_from_db()
    assert (exit_.journey, exit_.until_on) == (new, ago(30))
    assert m.Journey.objects.with_status().get(pk=new.pk).status == "butinage"


def test_a_person_back_after_a_first_contract_keeps_both(person, merged):
    old = person("Kiwi", first_contact_on=ago(500), entry_on=ago(450), limit_on=ago(1))
    m.Contract.objects.filter(journey=old).update(prepared_on=ago(450))
    new = person("Zaza", contracted=True)
    m.Absence.objects.create(
        territory=old.territory, journey=old, kind="exit", exit_kind="cdi", from_on=ago(200)
    )

    merged(new, old)

    new.refresh_from_db()
    assert (new.first_contact_on, new.entry_on, new.limit_on) == (ago(500), ago(450), ago(20 - 456))
    signed = new.contracts.order_by("number").values_list("number", "signed_on")
    assert list(signed) == [(1, ago(450)), (2, ago(20))]


def test_absences_that_overlap_are_named(kiwi_signed, zaza, merged):
    m.Absence.objects.create(
        territory=kiwi_signed.territory,
        journey=kiwi_signed,
        kind="pause",
        pause_reason="care",
        from_on=ago(65),
        until_on=ago(62),
    )

    said = refused(merged, kiwi_signed, zaza)

    assert "La pause du" in said and "se recouvrent" in said
    assert kiwi_signed.participant.code in said and zaza.participant.code in said


def test_an_exit_after_which_the_person_was_seen_asks_for_the_return(person, merged):
    one, other = person("Kiwi"), person("Zaza")
    m.Absence.objects.create(
        territory=one.territory, journey=one, kind="exit", exit_kind="cdi", from_on=ago(10)
    )

    assert "notez d’abord le retour" in refused(merged, other, one)


# -- Refusals ------------------------------------------------------------------------------------


def test_a_file_is_not_merged_with_itself(kiwi_signed, merged):
    assert (
        refused(merged, kiwi_signed, kiwi_signed) == "C’est le même dossier : choisissez l’autre."
    )


def test_two_contracts_in_force_are_not_merged(kiwi_signed, person, merged):
    assert "Deux contrats signés" in refused(merged, kiwi_signed, person("Zaza", contracted=True))


def test_the_file_under_contract_is_the_one_to_keep(kiwi_signed, zaza, merged):
    assert f"Gardez plutôt {kiwi_signed.participant.code}" in refused(merged, zaza, kiwi_signed)


def test_a_contract_that_waits_to_be_signed_is_signed_or_cancelled_first(kiwi_signed, zaza, merged):
    of = {"territory": zaza.territory, "journey": zaza}
    frozen = {"text": "…", "sha256": "a" * 64, "frozen_at": timezone.now()}
    m.Contract.objects.create(**of, number=2, **frozen)

    assert "attend d’être signé" in refused(merged, kiwi_signed, zaza)


def test_two_drafts_are_one_too_many(kiwi_signed, zaza, merged):
    m.Contract.objects.create(territory=zaza.territory, journey=zaza, number=2)

    assert "annulez-le d’abord" in refused(merged, kiwi_signed, zaza)


def test_another_territory_asks_for_a_transfer_first(kiwi_signed, person, merged, vallees):
    assert "transférez d’abord" in refused(merged, kiwi_signed, person("Zaza", territory=vallees))


def test_another_programme_is_linked_not_merged(kiwi_signed, fatou_in_marseille, merged):
    assert "se relient" in refused(merged, kiwi_signed, fatou_in_marseille)


def test_whoever_the_person_objected_to_merges_nothing(kiwi_signed, zaza, merged, coordinator):
    join(zaza, coordinator, "coordinator", suspended_on=ago(1))

    assert "s’est opposée" in refused(merged, kiwi_signed, zaza)


def test_a_referent_merges_nothing(kiwi_signed, zaza, referent):
    act = {"seen": None, "seen_absorbed": None, "taken": {}}
    with pytest.raises(ValidationError, match="coordination"):
        merge(kept=kiwi_signed, absorbed=zaza, by=referent, **act)


def test_a_file_merged_already_is_said_so(kiwi_signed, zaza, person, merged):
    merged(kiwi_signed, zaza)

    assert "réuni avec un autre" in refused(merged, person("Lilou"), zaza)
    assert "réuni avec un autre" in refused(merged, kiwi_signed, zaza)


@pytest.mark.parametrize("changed", ["kept", "absorbed"])
def test_somebody_who_acted_meanwhile_is_told(kiwi_signed, zaza, merged, changed):
    begin(kiwi_signed if changed == "kept" else zaza, seen=None)

    with pytest.raises(Stale):
        merged(kiwi_signed, zaza, seen=0, seen_absorbed=0)
    assert m.Merge.objects.count() == 0


def test_an_act_on_a_file_merged_meanwhile_says_so(kiwi_signed, zaza, merged):
    merged(kiwi_signed, zaza)

    with pytest.raises(ValidationError, match="cherchez son code"):
        begin(zaza, seen=0)


def test_nothing_is_half_done(kiwi_signed, zaza, merged, monkeypatch):
    """An error in the middle leaves every row where it was."""
    held = {model: list(model._base_manager.order_by("pk").values()) for model in _tables()}
    monkeypatch.setattr(m.Merge.objects, "create", lambda **fields: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        merged(kiwi_signed, zaza)

    assert {model: list(model._base_manager.order_by("pk").values()) for model in _tables()} == held


def _tables():
    return list(apps.get_app_config("journeys").get_models())
