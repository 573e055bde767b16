"""Putting people in a session: places, the waiting list, who may, and what nobody can tell."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from journeys.activities.actions.enrolling import enrol, restore, withdraw
from journeys.activities.enums import EnrolmentStatus
from journeys.activities.models import Enrolment
from journeys.messages.models import OutboundMessage
from journeys.pathway.actions.lifecycle import purge_participant
from rtr import scope
from territories.journal.enums import Act
from territories.journal.models import JournalEntry
from tests.journeys.activities import SessionFactory, enrolled, moment
from tests.journeys.factories import JourneyFactory, join


@pytest.fixture(autouse=True)
def inside(caen, vallees):
    with scope.over([caen.pk, vallees.pk]):
        yield


@pytest.fixture
def bikes(caen, le_wip):
    return SessionFactory(territory=caen, places=2)


def fresh(row):
    row.refresh_from_db()
    return row


# -- Places and the waiting list -------------------------------------------------------------------


def test_last_place_is_given_once_then_people_wait(bikes, kiwi):
    enrolled(bikes, "Jo")
    given = enrolled(bikes, kiwi.participant)
    waiting = [enrolled(bikes, name) for name in ("Lou", "Zoé")]

    assert given.status == EnrolmentStatus.ENROLLED
    assert [row.status for row in waiting] == [EnrolmentStatus.WAITING] * 2
    assert (fresh(bikes).taken, bikes.waiting, bikes.last_number) == (2, 2, 4)


def test_place_given_back_goes_to_who_waits_first(bikes, kiwi):
    first, _second = enrolled(bikes, "Jo"), enrolled(bikes, "Lou")
    waiting = [enrolled(bikes, kiwi.participant), enrolled(bikes, "Zoé")]

    following = withdraw(enrolment=first, by=None)

    assert following == waiting[0]
    assert fresh(waiting[0]).status == EnrolmentStatus.ENROLLED
    assert fresh(waiting[1]).status == EnrolmentStatus.WAITING
    assert (fresh(bikes).taken, bikes.waiting) == (2, 1)


def test_withdrawal_taken_back_has_the_place_or_comes_first(bikes):
    first, _second = enrolled(bikes, "Jo"), enrolled(bikes, "Lou")
    withdraw(enrolment=first, by=None)
    assert restore(enrolment=first, by=None).status == EnrolmentStatus.ENROLLED

    third, fourth = enrolled(bikes, "Zoé"), enrolled(bikes, "Ana")
    withdraw(enrolment=fresh(first), by=None)  # Zoé has the place
    back = restore(enrolment=first, by=None)

    assert fresh(third).status == EnrolmentStatus.ENROLLED
    assert back.status == EnrolmentStatus.WAITING
    assert withdraw(enrolment=fresh(third), by=None) == back
    assert fresh(fourth).status == EnrolmentStatus.WAITING


def test_helpers_and_sponsors_take_no_place(bikes):
    enrolled(bikes, "Jo"), enrolled(bikes, "Lou")

    assert enrolled(bikes, "Ana", part="helper").status == EnrolmentStatus.ENROLLED
    assert enrolled(bikes, "Max", part="sponsor").status == EnrolmentStatus.ENROLLED
    assert fresh(bikes).taken == 2


def test_asked_twice_it_is_one_row(bikes, kiwi):
    assert enrolled(bikes, kiwi.participant) == enrolled(bikes, kiwi.participant)
    assert Enrolment.objects.count() == 1


def test_who_left_and_comes_back_has_a_new_number(bikes, kiwi):
    first = enrolled(bikes, kiwi.participant)
    withdraw(enrolment=first, by=None)

    again = enrolled(bikes, kiwi.participant)

    assert (first.number, again.number) == (1, 2)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"cancelled_at": moment(0)}, "annulée"),
        ({"starts_at": moment(-2), "ends_at": moment(-2, 16)}, "passée"),
    ],
)
def test_session_cancelled_or_over_takes_nobody(bikes, kiwi, changed, said):
    for name, value in changed.items():
        setattr(bikes, name, value)
    bikes.save()

    with pytest.raises(ValidationError, match=said):
        enrol(session=bikes, by=None, participant=kiwi.participant)


def test_session_of_another_territory_is_refused_with_a_sentence(kiwi, vallees):
    far = SessionFactory(territory=vallees)

    with pytest.raises(ValidationError, match="séance est ailleurs"):
        enrol(session=far, by=None, participant=kiwi.participant)


def test_nickname_of_spaces_is_refused(bikes):
    with pytest.raises(ValidationError):
        enrol(session=bikes, by=None, nickname="   ")


def test_who_gets_a_place_is_written_to(bikes, kiwi):
    kiwi.participant.contact = "06 12 34 56 78"
    kiwi.participant.save()
    first, _second = enrolled(bikes, "Jo"), enrolled(bikes, "Lou")
    enrolled(bikes, kiwi.participant)

    withdraw(enrolment=first, by=None)

    message = OutboundMessage.objects.get()
    assert (message.cause, message.to) == ("session.place", "+33612345678")
    assert bikes.activity.title not in message.body


# -- Who is erased, merged, moved ------------------------------------------------------------------


def test_row_of_somebody_erased_stays_about_nobody(bikes, kiwi):
    row = enrolled(bikes, kiwi.participant)
    counted = (fresh(bikes).taken, bikes.waiting)

    purge_participant(participant=kiwi.participant)

    assert (fresh(row).participant_id, row.nickname) == (None, "—")
    assert row.status == EnrolmentStatus.ENROLLED
    assert (fresh(bikes).taken, bikes.waiting) == counted


def test_row_follows_who_changes_territory(bikes, kiwi, vallees):
    from journeys.models import Participant
    from rtr.postgres.lifecycle import lifecycle

    row = enrolled(bikes, kiwi.participant)

    with lifecycle():
        Participant.objects.filter(pk=kiwi.participant_id).update(territory=vallees)

    assert fresh(row).territory == vallees
    assert fresh(bikes).territory != vallees


def test_two_files_of_one_session_are_merged_and_put_back(
    bikes, kiwi_signed, zaza, merged, coordinator
):
    from journeys.duplicates.actions.undoing import undo_merge

    other = SessionFactory(activity=bikes.activity, starts_at=moment(5))
    both = [enrolled(bikes, one.participant) for one in (kiwi_signed, zaza)]
    alone = enrolled(other, zaza.participant)

    done = merged(kiwi_signed, zaza)

    assert fresh(alone).participant == kiwi_signed.participant
    assert fresh(both[0]).participant == kiwi_signed.participant
    assert fresh(both[1]).participant_id == zaza.participant_id
    assert undo_merge(merge=done, by=coordinator).left == 0
    assert fresh(alone).participant_id == zaza.participant_id


# -- From a session's page -------------------------------------------------------------------------


def test_coordinator_finds_somebody_and_puts_them_in(signed_in, coordinator, bikes, kiwi):
    client = signed_in(coordinator)
    address = reverse("enrol_person", args=[bikes.pk])

    found = client.get(address, {"q": "kiw"})
    done = client.post(address, {"participant": kiwi.participant_id}, follow=True)
    client.post(address, {"participant": kiwi.participant_id})  # the back button

    assert [one.pk for one in found.context["people"]] == [kiwi.participant_id]
    assert "Kiwi a une place." in done.content.decode()
    assert Enrolment.objects.count() == 1
    line = JournalEntry.objects.get(act=Act.ENROLLED)
    assert (line.actor, line.participant_id) == (coordinator, kiwi.participant_id)


def test_referent_puts_in_only_those_they_follow(signed_in, referent, bikes, kiwi, caen, le_dome):
    mine = JourneyFactory(
        territory=caen, participant__nickname="Kim", participant__organisation=le_dome
    )
    join(mine, referent)
    client = signed_in(referent)
    address = reverse("enrol_person", args=[bikes.pk])

    found = client.get(address, {"q": "ki"})
    foreign = client.post(address, {"participant": kiwi.participant_id})
    client.post(address, {"participant": mine.participant_id})

    assert [one.nickname for one in found.context["people"]] == ["Kim"]
    assert foreign.status_code == 404
    assert Enrolment.objects.get().participant == mine.participant


def test_animator_puts_in_a_nickname_alone_once(signed_in, animator, bikes):
    client = signed_in(animator)
    address = reverse("enrol_guest", args=[bikes.pk])
    once = client.get(address).context["once"]

    given = {"nickname": "Momo", "part": "takes_part", "once": once}
    client.post(address, given)
    client.post(address, given)

    assert client.get(reverse("enrol_person", args=[bikes.pk])).status_code == 403
    row = Enrolment.objects.get()
    assert (row.nickname, row.participant_id) == ("Momo", None)


def test_animator_of_another_house_takes_no_register(signed_in, animator, caen, le_dome):
    theirs = SessionFactory(territory=caen, activity__organisation=le_dome)
    enrolled(theirs, "Momo")
    client = signed_in(animator)

    page = client.get(reverse("session", args=[theirs.pk]))

    assert "Momo" not in page.content.decode()
    assert client.get(reverse("enrol_guest", args=[theirs.pk])).status_code == 403


def test_animator_cannot_tell_who_is_in_the_programme(signed_in, animator, bikes, kiwi, person):
    """Two rows, one of somebody accompanied: nothing but their nickname and number differs."""
    enrolled(bikes, kiwi.participant), enrolled(bikes, "Momo")

    page = signed_in(animator).get(reverse("session", args=[bikes.pk])).content.decode()

    assert kiwi.participant.code not in page
    rows = [part.split("</li>")[0] for part in page.split("<li>") if "/retirer/" in part]
    known, guest = sorted(rows, key=lambda row: "Momo" in row)
    row = Enrolment.objects.get(participant=None)
    other = Enrolment.objects.exclude(pk=row.pk).get()
    swapped = guest.replace("Momo", "Kiwi").replace(f"/{row.pk}/", f"/{other.pk}/")
    import re

    bare = [re.sub(r'value="[^"]*"|<span class="code">\d+', "", one) for one in (known, swapped)]
    assert bare[0] == bare[1]


def test_withdrawing_offers_the_way_back(signed_in, animator, bikes, kiwi):
    row, waiting = enrolled(bikes, "Momo"), enrolled(bikes, kiwi.participant)
    enrolled(bikes, "Lou")
    client = signed_in(animator)

    page = client.post(reverse("enrolment_withdraw", args=[row.pk]), follow=True)

    assert "Momo n’est plus dans cette séance. Lou a la place." in page.content.decode()
    assert reverse("enrolment_restore", args=[row.pk]) in page.content.decode()
    client.post(reverse("enrolment_restore", args=[row.pk]))
    assert fresh(row).status == EnrolmentStatus.WAITING
    assert fresh(waiting).status == EnrolmentStatus.ENROLLED


def test_nobody_is_taken_out_of_a_session_that_is_over(signed_in, animator, caen):
    past = SessionFactory(territory=caen, starts_at=moment(-3))
    row = enrolled(past, "Momo")

    page = signed_in(animator).post(reverse("enrolment_withdraw", args=[row.pk]), follow=True)

    assert "Cette séance est passée" in page.content.decode()
    assert fresh(row).status == EnrolmentStatus.ENROLLED


# -- From somebody's file --------------------------------------------------------------------------


def test_next_sessions_are_chosen_from_the_file(signed_in, coordinator, bikes, kiwi):
    SessionFactory(activity=bikes.activity, starts_at=moment(-3))
    client = signed_in(coordinator)
    address = reverse("journey_enrol", args=[kiwi.pk])

    page = client.get(address)
    done = client.post(address, {"session": bikes.pk}, follow=True)

    assert [one.it for one in page.context["choices"]] == [bikes]
    assert "Kiwi a une place." in done.content.decode()
    assert client.get(reverse("journey", args=[kiwi.pk])).status_code == 200


def test_overlapping_session_is_said_and_kept(signed_in, coordinator, bikes, kiwi, caen):
    enrolled(bikes, kiwi.participant)
    other = SessionFactory(territory=caen, activity__title="Couture", starts_at=bikes.starts_at)
    client = signed_in(coordinator)
    address = reverse("journey_enrol", args=[kiwi.pk])

    page = client.get(address).content.decode()
    done = client.post(address, {"session": other.pk}, follow=True).content.decode()

    assert "En même temps : « Atelier réparation de vélos », de 14" in page.replace("\xa0", " ")
    assert "Kiwi a une place. En même temps :" in done
    assert Enrolment.objects.filter(participant=kiwi.participant).count() == 2


def test_session_of_another_territory_is_not_in_the_choice(signed_in, coordinator, kiwi, vallees):
    far = SessionFactory(territory=vallees)

    page = signed_in(coordinator).post(
        reverse("journey_enrol", args=[kiwi.pk]), {"session": far.pk}
    )

    assert page.status_code == 422
    assert not Enrolment.objects.exists()
