"""A merge is put back, for thirty days, as if it had never been; then it is final."""

import datetime
import io
from itertools import combinations

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from journeys import models as m
from journeys.contracts.actions import preparing, signing
from journeys.contracts.enums import Signer
from journeys.demo.filling import fill
from journeys.duplicates.actions.merging import CHOSEN, merge
from journeys.duplicates.actions.undoing import UNDO_DAYS, settle_merges, undo_merge
from journeys.duplicates.checks import obstacles
from journeys.pathway.actions.arrivals import record_contact
from journeys.pathway.actions.people import share
from journeys.pathway.enums import ContactKind
from rtr import scope
from territories.accounts.enums import Role
from territories.models import JournalEntry, User
from tests.figures import count, figure
from tests.journeys.checksums import checksums
from tests.journeys.contracts import photo
from tests.journeys.factories import ago

EVERYTHING = dict.fromkeys(CHOSEN, True)


@pytest.fixture
def undone(coordinator):
    return lambda row: undo_merge(merge=row, by=coordinator)


def test_all_is_as_it_was(everywhere, kiwi_signed, zaza, merged, undone):
    for journey in (kiwi_signed, zaza):
        account = User.objects.create_user(territory=journey.territory)
        m.Participant.objects.filter(pk=journey.participant_id).update(user=account)
    before = checksums()

    row = merged(kiwi_signed, zaza, taken={"nickname": True, "contact": True})
    between = checksums()
    undone(row)

    assert checksums() == before
    changed = {name for name in before if between[name] != before[name]}
    assert {"Participant", "Contact", "Contract", "TeamMember", "Share", "Word", "User"} < changed


def test_all_is_as_it_was_among_invented_people(db):
    """Pairs of the demonstration data, merged then put back, both ways where it is allowed."""
    with scope.everything("test"):
        fill(participants=count(120, full=2000), report=io.StringIO().write)
        before, done, tried = checksums(), 0, 0
        for by, one, other in _pairs_of_demo(count(14, full=200)):
            tried += 1
            act = {"seen": None, "seen_absorbed": None}
            row = merge(kept=one, absorbed=other, by=by, taken=EVERYTHING, **act)
            assert row.record
            undo_merge(merge=row, by=by)
            done += 1
        after = checksums()

    assert done == tried > 10
    assert after == before
    figure("réunions défaites", done, f"{len(before)} tables égales par somme de contrôle")


def _pairs_of_demo(most: int):
    """Any two files of a territory that may be merged."""
    found = 0
    roles = {Role.COORDINATOR}
    for by in User.objects.filter(memberships__role__in=roles).distinct().order_by("pk")[:4]:
        here = m.Journey.objects.visible_to(by).order_by("-pk")[:30]
        for one, other in combinations(here, 2):
            if found < most and not obstacles(one, other, by):
                found += 1
                yield by, one, other


def test_the_checksums_see_a_letter_changed(everywhere, kiwi_signed):
    before = checksums()

    m.Participant.objects.filter(pk=kiwi_signed.participant_id).update(nickname="Kiwy")

    assert {name for name, it in checksums().items() if it != before[name]} == {
        "Participant",
        "Word",
    }


def test_what_was_noted_since_stays_and_is_told(
    everywhere, kiwi_signed, zaza, merged, undone, coordinator
):
    row = merged(kiwi_signed, zaza)
    kept = m.Journey.objects.get(pk=kiwi_signed.pk)
    record_contact(journey=kept, by=coordinator, seen=None, kind=ContactKind.CALL, on=ago(0))

    done = undone(row)

    assert kept.contacts.filter(kind=ContactKind.CALL).count() == 1
    assert done.acts == 1 and done.left == 0
    kept.refresh_from_db()
    assert kept.last_contact_on == ago(0)
    assert m.Journey.objects.get(pk=zaza.pk).last_contact_on == ago(3)


def test_what_was_corrected_since_is_left_as_it_is(everywhere, kiwi_signed, zaza, merged, undone):
    row = merged(kiwi_signed, zaza, taken={"nickname": True})
    m.Participant.objects.filter(pk=kiwi_signed.participant_id).update(nickname="Zazie")

    done = undone(row)

    assert m.Participant.objects.get(pk=kiwi_signed.participant_id).nickname == "Zazie"
    assert done.left == 1


def test_a_share_agreed_since_goes_with_its_member(
    everywhere, kiwi_signed, zaza, merged, undone, coordinator, referent
):
    row = merged(kiwi_signed, zaza)
    member = m.TeamMember.objects.select_related("journey").get(user=referent)
    share(member=member, by=coordinator, seen=None, categories=["notes", "situation"])

    undone(row)

    assert set(m.Share.objects.values_list("journey", flat=True)) == {zaza.pk}


def test_it_is_undone_once(everywhere, kiwi_signed, zaza, merged, undone):
    row = merged(kiwi_signed, zaza)
    undone(row)

    with pytest.raises(ValidationError, match="déjà défaite"):
        undone(row)
    assert merged(kiwi_signed, zaza).pk != row.pk  # and the two may be merged again


def test_the_later_of_two_is_undone_first(everywhere, kiwi_signed, zaza, person, merged, undone):
    before = checksums()
    lilou = person("Lilou")
    with_lilou = checksums()
    first, second = merged(kiwi_signed, zaza), None
    second = merged(m.Journey.objects.get(pk=kiwi_signed.pk), lilou)

    with pytest.raises(ValidationError, match="plus récente"):
        undone(first)
    undone(second)
    undone(first)

    assert checksums() == with_lilou != before


def test_a_file_merged_twice_over_comes_back_step_by_step(everywhere, person, merged, undone):
    one, two, three = (person(name) for name in ("Un", "Deux", "Trois"))
    before = checksums()
    first = merged(two, three)
    second = merged(one, m.Journey.objects.get(pk=two.pk))

    first.refresh_from_db()
    assert first.kept == one.participant  # its code leads on
    undone(second)
    first.refresh_from_db()
    undone(first)

    assert checksums() == before


def test_a_contract_signed_since_keeps_the_merge(everywhere, person, merged, undone, coordinator):
    kept, other = person("Kiwi"), person("Zaza")
    act = {"by": coordinator, "seen": None}
    draft = preparing.prepare(journey=other, **act)
    identity = {
        "first_name": "Camille",
        "last_name": "Martin",
        "birth_date": datetime.date(1995, 5, 17),
    }
    preparing.write_identity(contract=draft, identity=identity, **act)
    aims = [{"wording": "Conduire", "achievement": None}]
    preparing.write_objectives(contract=draft, objectives=aims, **act)
    other = m.Journey.objects.get(pk=other.pk)
    row = merged(kept, other, taken=dict.fromkeys(identity, True))
    draft = m.Contract.objects.get(pk=draft.pk)
    terms = {"weekly_hours": 12, "planned_end_on": ago(-200)}
    preparing.write_terms(contract=draft, terms=terms, **act)
    frozen = preparing.freeze(contract=m.Contract.objects.get(pk=draft.pk), **act)
    signing.sign_by_hand(contract=frozen, signer=Signer.PARTICIPANT, photo=photo(), **act)

    with pytest.raises(ValidationError, match="signé depuis"):
        undone(row)


# -- Thirty days ---------------------------------------------------------------------------------


def test_after_thirty_days_the_shell_is_gone_and_its_code_still_leads(
    everywhere,
    kiwi_signed,
    zaza,
    merged,
    undone,
    caen,
    client,
    coordinator,
):
    account = User.objects.create_user(territory=caen)
    m.Participant.objects.filter(pk=kiwi_signed.participant_id).update(
        user=User.objects.create_user(territory=caen)
    )
    m.Participant.objects.filter(pk=zaza.participant_id).update(user=account)
    JournalEntry.objects.create(territory=caen, act="objected", actor=account)
    row = merged(kiwi_signed, zaza)
    shell, code = zaza.participant_id, row.absorbed_code
    m.Merge.objects.update(at=timezone.now() - datetime.timedelta(days=UNDO_DAYS + 1))

    assert settle_merges(on=timezone.localdate()) == 1
    assert settle_merges(on=timezone.localdate()) == 0

    row.refresh_from_db()
    assert (row.record, row.absorbed) == ([], None)
    assert not m.Participant.everyone.filter(pk=shell).exists()
    assert not m.Journey.everyone.filter(pk=zaza.pk).exists()
    assert m.GivenCode.objects.filter(code=code).exists()
    assert kiwi_signed.notes.count() == 1
    with pytest.raises(ValidationError, match="définitive"):
        undone(row)
    client.force_login(coordinator)
    page = client.get("/coordination/participants/", {"q": code.lower()})
    assert f"{code} est maintenant Kiwi" in page.content.decode()


def test_before_that_nothing_is_settled(everywhere, kiwi_signed, zaza, merged):
    row = merged(kiwi_signed, zaza)
    m.Merge.objects.update(at=timezone.now() - datetime.timedelta(days=UNDO_DAYS - 1))

    assert settle_merges(on=timezone.localdate()) == 0
    row.refresh_from_db()
    assert row.record


def test_a_pair_of_which_one_is_gone_is_forgotten(everywhere, kiwi_signed, coordinator):
    m.KeptApart.objects.create(
        territory=kiwi_signed.territory, one=kiwi_signed.participant, other_id=10**9, by=coordinator
    )

    settle_merges(on=timezone.localdate())

    assert not m.KeptApart.objects.exists()
