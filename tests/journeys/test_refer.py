"""Sending us somebody from outside: the public page, a prescriber's own, reminders, the answer."""

import datetime
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from journeys.models import OutboundMessage, Referral
from journeys.participants import forms
from journeys.participants.actions import (
    answer_referral,
    receive_from_outside,
)
from journeys.participants.enums import CameBy, ReferralAnswer
from rtr import scope
from rtr.lib import contacts
from territories.models import Territory
from tests.journeys.factories import ago

TO = ["territoires-partages", "caen"]
SENT = {
    "first_name": "Mimi",
    "contact": "06 12 34 56 78",
    "agreed": "on",
    "channel": "mission_locale",
    "prescriber": "Mission locale de Caen",
    "prescriber_email": "conseil@exemple.fr",
    "site": "",
}


@pytest.fixture(autouse=True)
def inside(db, everywhere):
    """Tests read everywhere; each request has its own scope."""
    cache.clear()


@pytest.fixture
def sends(client, caen):
    """`sends(first_name="…")` opens the public page, reads it, and sends the form."""

    def send(*, on=client, read_for=4, **typed):
        shown = on.get(reverse("refer_to", args=TO))
        opened = shown.context["form"]["opened"].value()
        data = SENT | {"agreed_on": ago(0), "opened": opened} | typed
        with time_machine.travel(timezone.now() + datetime.timedelta(seconds=read_for)):
            return on.post(reverse("refer_to", args=TO), data)

    return send


def errors(response) -> dict[str, list[str]]:
    assert response.status_code in (403, 422, 429), response.status_code
    return {field: list(found) for field, found in response.context["form"].errors.items()}


# -- The public page -------------------------------------------------------------------------------


def test_anybody_finds_the_territories_by_programme(client, caen, vallees, marseille):
    Territory.objects.filter(pk=vallees.pk).update(takes_referrals=False)

    text = client.get(reverse("refer")).content.decode()

    assert text.index("Réalise tes Rêves") < text.index("Territoires Partagés")
    assert reverse("refer_to", args=TO) in text
    assert text.count("pas d’orientation en ce moment") == 1


def test_a_referral_is_sent_with_a_first_name_one_contact_and_an_agreement(sends, caen):
    response = sends()

    row = Referral.objects.get()
    assert response.url == reverse("refer_sent", args=TO)
    assert (row.territory, row.first_name, row.contact) == (caen, "Mimi", "+33612345678")
    assert (row.agreed_on, row.received_on, row.came_by) == (ago(0), ago(0), CameBy.PUBLIC)
    assert (row.sent_by, row.organisation, row.answer) == (None, None, "")


def test_the_page_that_follows_gives_a_number_and_names_nobody(client, sends):
    sends()

    text = client.get(reverse("refer_sent", args=TO)).content.decode()

    assert f">{Referral.objects.get().pk}<" in text
    assert "C’est bien arrivé" in text and "Réponse avant le" in text
    assert "Mimi" not in text and "612345678" not in text


def test_a_mail_says_that_it_arrived_without_a_word_on_the_programme(sends, caen):
    sends()

    mail = OutboundMessage.objects.get()
    assert (mail.to, mail.cause) == ("conseil@exemple.fr", "referral.received")
    assert str(Referral.objects.get().pk) in mail.subject
    for word in ("Mimi", "parcours", "programme", "Territoires", "Caen", "insertion"):
        assert word not in mail.subject + mail.body


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"first_name": ""}, "first_name", "obligatoire"),
        ({"first_name": "<b>Mimi</b>"}, "first_name", "le prénom seul"),
        ({"first_name": "Mimi 06 12"}, "first_name", "le prénom seul"),
        ({"first_name": "Mimi est sans logement depuis mars"}, "first_name", "le prénom seul"),
        ({"first_name": "M" * 10_000}, "first_name", "40"),
        ({"contact": "0612"}, "contact", "Vérifiez ce contact"),
        ({"contact": "n’a pas de téléphone"}, "contact", "Vérifiez ce contact"),
        ({"contact": "mimi@"}, "contact", "adresse"),
        ({"contact": "6" * 10_000}, "contact", "80"),
        ({"agreed": ""}, "agreed", "Sans son accord, rien ne s’envoie"),
        ({"agreed_on": ago(-2)}, "agreed_on", "aujourd’hui ou un jour passé"),
        ({"agreed_on": "hier"}, "agreed_on", "date"),
        ({"channel": "presence"}, "channel", "valide"),
        ({"prescriber": "x" * 10_000}, "prescriber", "120"),
        ({"prescriber": "1 85 05 78 006 084 91"}, "prescriber", "sécurité sociale"),
        ({"prescriber_email": "conseil"}, "prescriber_email", "adresse"),
    ],
)
def test_a_refusal_names_the_field_and_what_was_typed_stays(sends, typed, field, sentence):
    response = sends(**typed)

    assert any(sentence in said for said in errors(response)[field])
    assert not Referral.objects.exists()
    assert 'value="conseil@exemple.fr"' in response.content.decode() or field != "contact"


def test_what_is_wrong_is_said_all_at_once(sends):
    response = sends(first_name="", contact="0612", agreed_on=ago(-1))

    assert set(errors(response)) == {"first_name", "contact", "agreed_on"}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("06.12.34.56.78", "+33612345678"),
        ("+44 7400 123456", "+447400123456"),
        ("Mimi@Exemple.FR ", "mimi@exemple.fr"),
    ],
)
def test_a_contact_is_written_one_way(sends, typed, kept):
    sends(contact=typed)

    assert Referral.objects.get().contact == kept
    assert contacts.tidy(kept) == kept


def test_a_name_with_markup_in_the_structure_is_only_text(client, signed_in, coordinator, sends):
    sends(prescriber="<script>alert(1)</script>")

    text = signed_in(coordinator).get(reverse("referrals")).content.decode()

    assert "<script>alert" not in text and "&lt;script&gt;alert" in text


def test_a_program_that_fills_every_field_or_sends_at_once_is_asked_to_read_again(sends, client):
    trapped = sends(site="http://exemple.fr")
    hurried = sends(read_for=0)
    forged = sends(opened="0:jamais")

    for response in (trapped, hurried, forged):
        assert errors(response)["__all__"] == [str(forms.ROBOT)]
        assert 'name="site" value' not in response.content.decode()
    assert not Referral.objects.exists()


@pytest.mark.parametrize("typed", [{"read_for": 0}, {"opened": "faux"}, {"site": "http://x"}])
def test_a_person_who_was_taken_for_a_robot_sends_again_and_is_heard(client, sends, typed):
    form = sends(**typed).context["form"]

    again = {name: form[name].value() or "" for name in (*SENT, "agreed_on", "opened")}
    with time_machine.travel(timezone.now() + datetime.timedelta(seconds=9)):
        response = client.post(reverse("refer_to", args=TO), again)

    assert response.status_code == 302
    assert Referral.objects.get().first_name == "Mimi"


def test_the_same_person_sent_twice_from_one_browser_is_kept_once(sends, client):
    sends()
    sends(contact="+33 6 12 34 56 78", first_name="Myriam")

    text = client.get(reverse("refer_sent", args=TO)).content.decode()
    assert Referral.objects.count() == 1
    assert "Orientation déjà reçue" in text
    assert "referral.known" in OutboundMessage.objects.values_list("cause", flat=True)


def test_whoever_types_the_sender_s_address_elsewhere_learns_nothing(sends, client_of_another):
    sends()

    sends(on=client_of_another)

    text = client_of_another.get(reverse("refer_sent", args=TO)).content.decode()
    assert Referral.objects.count() == 1
    assert "C’est bien arrivé" in text and "déjà" not in text


def test_another_sender_of_the_same_person_is_kept_apart_and_the_team_sees_both(
    sends, client_of_another, signed_in, coordinator
):
    sends()
    sends(on=client_of_another, prescriber_email="ccas@exemple.fr", prescriber="CCAS de Caen")

    first, second = Referral.objects.order_by("pk")
    told = client_of_another.get(reverse("refer_sent", args=TO)).content.decode()
    text = signed_in(coordinator).get(reverse("referral_answer", args=[first.pk])).content.decode()
    assert "déjà" not in told
    assert reverse("referral_answer", args=[second.pk]) in text and "CCAS de Caen" in text


def test_once_answered_the_same_person_may_be_sent_anew(sends, coordinator):
    sends()
    answer_referral(
        referral=Referral.objects.get(),
        by=coordinator,
        answer=ReferralAnswer.DECLINED,
        reason="full",
    )

    sends()

    assert Referral.objects.count() == 2


@pytest.fixture
def client_of_another(db):
    return Client(REMOTE_ADDR="198.51.100.7")


def test_a_flood_from_one_mail_address_is_slowed_down_with_the_words_kept(sends):
    for number in range(20):
        assert sends(contact=f"mimi{number}@exemple.fr").status_code == 302

    response = sends(contact="trop@exemple.fr")

    assert response.status_code == 429
    assert "Réessayez dans une heure" in errors(response)["__all__"][0]
    assert 'value="trop@exemple.fr"' in response.content.decode()
    assert Referral.objects.count() == 20


def test_a_flood_from_one_place_is_slowed_down_and_others_still_pass(sends, client_of_another):
    for number in range(30):
        sends(contact=f"m{number}@exemple.fr", prescriber_email=f"p{number}@exemple.fr")

    here = sends(contact="trop@exemple.fr", prescriber_email="trop@exemple.fr")
    there = sends(on=client_of_another, contact="autre@exemple.fr", prescriber_email="b@exemple.fr")

    assert (here.status_code, there.status_code) == (429, 302)


def test_the_address_on_the_network_is_written_nowhere(sends, client_of_another):
    sends(on=client_of_another)

    with scope.everything("test"):
        for row in Referral.objects.values():
            assert "198.51.100.7" not in str(row)
    assert not any("198.51" in str(key) for key in getattr(cache, "_cache", {}))


def test_a_page_that_waited_too_long_keeps_the_words(caen):
    strict = Client(enforce_csrf_checks=True)

    response = strict.post(reverse("refer_to", args=TO), SENT | {"agreed_on": ago(0)})

    text = response.content.decode()
    assert response.status_code == 403
    assert 'value="Mimi"' in text and "envoyez de nouveau" in text
    assert not Referral.objects.exists()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text)[1]
    opened = response.context["form"]["opened"].value()
    data = SENT | {"agreed_on": ago(0), "opened": opened, "csrfmiddlewaretoken": token}
    with time_machine.travel(timezone.now() + datetime.timedelta(seconds=4)):
        assert strict.post(reverse("refer_to", args=TO), data).status_code == 302


def test_other_forms_that_waited_too_long_say_so(caen):
    response = Client(enforce_csrf_checks=True).post(reverse("account_login"), {})

    assert response.status_code == 403
    assert "Ce formulaire a trop attendu" in response.content.decode()


def test_a_territory_that_takes_nobody_says_whom_to_call(client, caen):
    Territory.objects.filter(pk=caen.pk).update(takes_referrals=False, phone="0231000000")

    shown = client.get(reverse("refer_to", args=TO)).content.decode()
    posted = client.post(reverse("refer_to", args=TO), SENT | {"agreed_on": ago(0)})

    assert "Pas d’orientation en ce moment" in shown and "tel:0231000000" in shown
    assert posted.status_code == 200 and not Referral.objects.exists()


@pytest.mark.parametrize("to", [["rtr", "caen"], ["territoires-partages", "nulle-part"]])
def test_a_territory_that_is_not_there_is_not_found(client, caen, marseille, to):
    assert client.get(reverse("refer_to", args=to)).status_code == 404


def test_whoever_sent_nothing_is_shown_the_form(client, caen):
    assert client.get(reverse("refer_sent", args=TO)).url == reverse("refer_to", args=TO)


def test_an_answer_is_told_to_the_address_that_sent(sends, coordinator):
    sends()

    answer_referral(
        referral=Referral.objects.get(),
        by=coordinator,
        answer=ReferralAnswer.DECLINED,
        reason="full",
    )

    mail = OutboundMessage.objects.latest("pk")
    assert (mail.to, mail.cause) == ("conseil@exemple.fr", "referral.answered")


@pytest.mark.django_db(transaction=True)
def test_two_taps_at_the_same_moment_keep_one(caen):
    """Both posts start before either ends: the second waits for the first and finds it."""

    def tap(_number):
        with scope.over([caen.pk]):
            try:
                return receive_from_outside(
                    referral=Referral(
                        territory=caen,
                        channel="ccas",
                        prescriber="CCAS",
                        prescriber_email="a@exemple.fr",
                        first_name="Mimi",
                        contact="06 12 34 56 78",
                        agreed_on=ago(0),
                    )
                )[1]
            finally:
                connection.close()

    with ThreadPoolExecutor(4) as pool:
        known = list(pool.map(tap, range(4)))

    assert sorted(known) == [False, True, True, True]
    assert Referral.objects.count() == 1
