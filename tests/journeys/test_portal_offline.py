"""Without network: the worker and its scope, the page that is kept, answers sent once."""

import pytest
from django.urls import reverse

from journeys.appointments.enums import AppointmentStatus
from journeys.models import Appointment
from journeys.portal.actions import give_link
from rtr import scope
from rtr.lib import here
from tests.journeys.factories import join
from tests.journeys.meetings import propose

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(caen, kiwi, referent):
    with scope.over([caen.pk]):
        caen.phone = "02 31 00 00 00"
        caen.save()
        join(kiwi, referent)
        return propose(kiwi, referent)


@pytest.fixture
def phone(client, kiwi, coordinator):
    """`phone(own=True)`: Kiwi's pages on a phone of theirs."""

    def opened(*, own: bool):
        with scope.over([kiwi.territory_id]):
            token = give_link(journey=kiwi, by=coordinator)
        client.post(reverse("portal_enter", args=[token]))
        with scope.over([kiwi.territory_id]):
            kiwi.participant.refresh_from_db()
            assert kiwi.participant.user
        client.post(reverse("portal_phone"), {"own": "yes" if own else "no"})
        return client

    return opened


def send(client, user, url, data, *, name="un", who=None):
    headers = {"X-Answer": name, "X-Who": who or here.word_of(user)}
    return client.post(url, data, headers=headers)


def status_of(meeting) -> str:
    with scope.everything("test"):
        return Appointment.objects.get(pk=meeting.pk).status


def test_the_worker_is_served_where_its_scope_is_the_persons_pages(client):
    script = client.get(reverse("portal_worker"))

    assert reverse("portal_worker").startswith("/portail/")
    assert script["Service-Worker-Allowed"] == "/portail/"
    assert script["Content-Type"].startswith("text/javascript")
    assert script["Cache-Control"] == "no-cache"


def test_the_worker_knows_nobody(client, phone):
    assert (
        client.get(reverse("portal_worker")).content
        == phone(own=True).get(reverse("portal_worker")).content
    )


def test_a_phone_of_others_registers_and_keeps_nothing(phone, meeting):
    client = phone(own=False)

    assert b"js/offline.js" not in client.get(reverse("portal")).content
    assert client.get(reverse("portal_offline")).status_code == 302
    client.post(reverse("portal_keep_next"), {"keep": "yes"})
    assert not client.session["keeps_next"]


def test_saying_that_the_phone_is_not_theirs_any_more_clears_it(phone):
    response = phone(own=True).post(reverse("portal_phone"), {"own": "no"})

    assert response["Clear-Site-Data"] == '"storage"'


def test_the_page_kept_has_numbers_and_the_appointment_only_when_asked(phone, meeting):
    client = phone(own=True)
    page = client.get(reverse("portal_offline"))
    assert "Pas de réseau" in page.content.decode()
    assert 'href="tel:+33231000000"' in page.content.decode()
    assert "Prochain rendez-vous" not in page.content.decode()
    assert page["Cache-Control"] == "no-store"

    client.post(reverse("portal_keep_next"), {"keep": "yes"})
    page = client.get(reverse("portal_offline")).content.decode()
    assert "Prochain rendez-vous" in page and "Je viens" in page

    client.post(reverse("portal_keep_next"), {"keep": "no"})
    assert "Je viens" not in client.get(reverse("portal_offline")).content.decode()


def test_the_page_kept_is_in_the_language_of_the_person(phone, kiwi, meeting):
    client = phone(own=True)
    client.post(reverse("portal_language"), {"language": "ar"})

    page = client.get(reverse("portal_offline"))

    assert page["Content-Language"] == "ar"
    assert "لا توجد شبكة" in page.content.decode()


def test_an_answer_that_waited_is_done_once(phone, kiwi, meeting):
    client, user = phone(own=True), kiwi.participant.user
    url, data = reverse("portal_appointment_yes", args=[meeting.pk]), {"seen": meeting.version}

    assert send(client, user, url, data).status_code == 204
    assert status_of(meeting) == AppointmentStatus.ACCEPTED
    with scope.everything("test"):
        Appointment.objects.filter(pk=meeting.pk).update(status=AppointmentStatus.PROPOSED)
    assert send(client, user, url, data).status_code == 204

    assert status_of(meeting) == AppointmentStatus.PROPOSED  # known again, not done again


def test_an_answer_to_a_moment_that_changed_is_told_and_not_done(phone, kiwi, meeting):
    client, user = phone(own=True), kiwi.participant.user
    url = reverse("portal_appointment_yes", args=[meeting.pk])

    assert send(client, user, url, {"seen": meeting.version + 7}).status_code == 204

    assert status_of(meeting) == AppointmentStatus.PROPOSED
    assert 'class="note warn"' in client.get(reverse("portal")).content.decode()


def test_an_answer_about_nothing_any_more_is_told(phone, kiwi, meeting):
    client, user = phone(own=True), kiwi.participant.user

    answer = send(client, user, reverse("portal_appointment_yes", args=[999_999]), {})

    assert answer.status_code == 404
    assert "n’a pas pu partir" in client.get(reverse("portal")).content.decode()


def test_an_answer_is_kept_when_the_session_is_over_or_somebody_elses(phone, client, kiwi, meeting):
    own, url = phone(own=True), reverse("portal_appointment_yes", args=[meeting.pk])
    user = kiwi.participant.user
    assert send(own, user, url, {}, who="0" * 24).status_code == 403
    own.logout()
    assert send(own, user, url, {}).status_code == 401

    assert status_of(meeting) == AppointmentStatus.PROPOSED


def test_pages_read_by_the_person_travel_compressed_and_no_other(phone, signed_in, coordinator):
    asks = {"Accept-Encoding": "gzip"}
    client = phone(own=True)
    assert client.get(reverse("portal"), headers=asks)["Content-Encoding"] == "gzip"
    refused = client.post(reverse("portal_phone"), {"own": "?"}, headers=asks)
    assert refused.status_code == 422 and "Content-Encoding" not in refused

    team = signed_in(coordinator)
    assert "Content-Encoding" not in team.get(reverse("today"), headers=asks)


def test_the_same_page_never_has_twice_the_same_length(phone):
    """Django's answer to BREACH: a few random bytes in the head of what is compressed."""
    client = phone(own=True)
    lengths = {
        len(client.get(reverse("portal"), headers={"Accept-Encoding": "gzip"}).content)
        for _n in range(8)
    }

    assert len(lengths) > 1


def test_words_of_the_address_are_not_written_beside_what_is_about_the_person(phone):
    asked = {"quand": "zzqx", "depuis": "zzqx", "langue": "zzqx", "page": "zzqx"}
    client = phone(own=True)
    for name in ("portal", "portal_activities", "portal_team", "portal_rights"):
        assert b"zzqx" not in client.get(reverse(name), asked).content


def test_every_page_of_a_person_forbids_to_keep_it(phone):
    client = phone(own=True)
    for name in ("portal", "portal_team", "portal_rights", "portal_offline", "portal_devices"):
        assert client.get(reverse(name))["Cache-Control"] == "no-store"
