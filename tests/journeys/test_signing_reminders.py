"""What the team sends and reads of a link, and the reminders that leave by themselves."""

import datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from journeys.contracts.actions.linking import forget_signing_links, remind_signers, send_link
from journeys.contracts.actions.preparing import cancel
from journeys.contracts.actions.signing import sign_in_session
from journeys.contracts.enums import Signer
from journeys.contracts.links import SigningLink
from journeys.contracts.models import Signature
from journeys.messages.models import OptOut, OutboundMessage
from tests.journeys.factories import join
from tests.journeys.phones import NUMBER, code_in, last_message, reach, said

pytestmark = pytest.mark.usefixtures("in_caen")


# -- Reminders ------------------------------------------


def in_days(days: int):
    return time_machine.travel(timezone.now() + datetime.timedelta(days=days))


def test_two_reminders_leave_by_themselves_each_with_a_new_link(contract, kiwi, coordinator):
    send_link(journey=kiwi, by=coordinator, seen=None, about=contract)
    sent = []
    for day in range(1, 12):
        with in_days(day):
            sent += [day] * remind_signers(on=timezone.localdate())
            assert remind_signers(on=timezone.localdate()) == 0

    assert sent == [3, 7]
    links = list(SigningLink.objects.all())
    assert [link.is_reminder for link in links] == [False, True, True]
    assert [link.replaced_at is None for link in links] == [False, False, True]
    assert not OutboundMessage.objects.filter(is_awaited=True).exists(), "quiet at night"
    assert "vous attend" in last_message() and "Nadia" in last_message()


@pytest.mark.parametrize("end", ["signed", "refused", "cancelled", "phone", "stop"])
def test_reminders_stop(phone, contract, kiwi, coordinator, caen, end):
    if end == "signed":
        phone.signs()
    if end == "refused":
        phone.post("refuse")
    if end == "cancelled":
        cancel(contract=contract, by=coordinator, seen=None)
    if end == "phone":
        reach(kiwi, phone="+33639980000")
    if end == "stop":
        OptOut.objects.create(territory=caen, phone=NUMBER)
    before = OutboundMessage.objects.exclude(status="cancelled").count()

    with in_days(4):
        remind_signers(on=timezone.localdate())

    assert OutboundMessage.objects.exclude(status="cancelled").count() == before


def test_by_hand_one_reminds_once_a_day(signed_in, contract, kiwi, coordinator):
    client, address = (
        signed_in(coordinator),
        reverse("contract_link", args=[kiwi.pk, "participant"]),
    )

    def send(**typed):
        kiwi.refresh_from_db()
        typed |= {"seen": kiwi.version, "channel": "sms"}
        return client.post(address, typed, follow=True)

    first, second = send(), send()
    there = send(is_there="on")

    assert "Le lien part" in said(first) and "finit par 34" in said(first)
    assert second.status_code == 422 and "déjà parti aujourd’hui" in said(second)
    assert "Le lien part" in said(there)
    assert OutboundMessage.objects.order_by("pk").last().is_awaited
    with in_days(1):
        client.force_login(coordinator)
        assert "Relancer" in said(client.get(reverse("contract", args=[kiwi.pk])))
        assert "Le lien part" in said(send())
    assert SigningLink.objects.filter(is_reminder=True).count() == 1


def test_a_number_that_refuses_messages_is_told_to_the_team(
    signed_in, contract, kiwi, coordinator, caen
):
    OptOut.objects.create(territory=caen, phone=NUMBER)
    kiwi.refresh_from_db()

    page = signed_in(coordinator).post(
        reverse("contract_link", args=[kiwi.pk, "participant"]),
        {"seen": kiwi.version, "channel": "sms"},
        follow=True,
    )

    assert "ne veut plus de messages" in said(page)


def test_no_code_ever_shows_on_a_page_of_the_team(phone, signed_in, other, coordinator, kiwi):
    phone.post("send")
    code = code_in(last_message())
    other.force_login(coordinator)

    pages = [other.get(reverse(name, args=[kiwi.pk])) for name in ("contract", "journey")]
    pages.append(other.get(reverse("contract_link", args=[kiwi.pk, "participant"])))

    assert all(code not in said(page) for page in pages)


def test_old_links_are_forgotten_and_evidence_is_kept(phone, contract, coordinator, kiwi):
    phone.signs()
    sign_in_session(contract=contract, by=coordinator, seen=None, signer=Signer.COORDINATOR)
    later = timezone.localdate() + datetime.timedelta(days=40)

    assert SigningLink.objects.count() == 2
    assert forget_signing_links(on=later) == 1
    assert Signature.objects.filter(link__isnull=False).count() == 1
    assert forget_signing_links(on=later) == 0


def test_the_referent_sees_where_it_stands(signed_in, phone, referent, kiwi):
    join(kiwi, referent)

    page = said(signed_in(referent).get(reverse("contract", args=[kiwi.pk])))

    assert "lien envoyé" in page and "ouvert" in page and "relance prévue le" in page


def test_nobody_reads_a_contract_ten_times_the_queries(phone, django_assert_max_num_queries):
    with django_assert_max_num_queries(16):
        phone.get("read")


def test_at_night_the_link_waits_for_the_morning_and_the_page_says_so(
    signed_in, contract, kiwi, coordinator
):
    night = timezone.localtime().replace(hour=23, minute=0) + datetime.timedelta(days=1)
    address = reverse("contract_link", args=[kiwi.pk, "participant"])

    with time_machine.travel(night):
        client = signed_in(coordinator)
        client.force_login(coordinator)
        kiwi.refresh_from_db()
        page = client.post(address, {"seen": kiwi.version, "channel": "sms"}, follow=True)

    assert "Le lien partira à huit heures" in said(page)


def test_a_contract_that_waits_offers_its_steps_and_no_button_to_itself(
    signed_in, contract, kiwi, coordinator
):
    client = signed_in(coordinator)

    assert "Reprendre le contrat" in said(client.get(reverse("journey", args=[kiwi.pk])))
    assert "Reprendre le contrat" not in said(client.get(reverse("contract", args=[kiwi.pk])))


def test_a_phone_that_changes_is_mended_long_after_the_contract(
    phone, signed_in, contract, kiwi, coordinator
):
    phone.signs()
    sign_in_session(contract=contract, by=coordinator, seen=None, signer=Signer.COORDINATOR)
    client, address = signed_in(coordinator), reverse("contract_reached", args=[kiwi.pk])
    client.force_login(coordinator)

    file = client.get(reverse("journey", args=[kiwi.pk])).content.decode()
    page = client.get(address).content.decode()
    kiwi.refresh_from_db()
    answer = client.post(address, {"seen": kiwi.version, "phone": "06 12 34 56 70"})

    assert address in file, "among the acts of the file"
    assert "+33" not in page, "a number as one dials it"
    assert answer.url == reverse("journey", args=[kiwi.pk])
    kiwi.participant.refresh_from_db()
    assert str(kiwi.participant.phone) == "+33612345670"
