"""Signing on one's own phone: a link, a language, a code; and everything that can go wrong."""

import datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from journeys.contracts.actions.coding import CODES_AN_HOUR, send_code
from journeys.contracts.actions.linking import (
    send_link,
    sha256_of,
)
from journeys.contracts.actions.preparing import cancel, write_reached
from journeys.contracts.actions.signing import sign_in_session
from journeys.contracts.enums import Signer
from journeys.contracts.links import SigningCode, SigningLink
from journeys.contracts.models import Contract, Signature
from journeys.messages.models import OptOut, OutboundMessage
from journeys.models import Absence, Journey
from territories.journal.models import JournalEntry
from tests.journeys.factories import ago
from tests.journeys.phones import (
    ARABIC,
    NUMBER,
    Phone,
    code_in,
    last_message,
    reach,
    said,
    token_in,
    wrong,
)

pytestmark = pytest.mark.usefixtures("in_caen")


# -- The way there ------------------------------------------


def test_the_link_is_bound_and_only_its_hash_is_kept(contract, kiwi, coordinator):
    send_link(journey=kiwi, by=coordinator, seen=None, about=contract)

    link, token = SigningLink.objects.get(), token_in(last_message())
    assert link.token_sha256 == sha256_of(token)
    assert token not in str(SigningLink.objects.values())
    assert (link.contract, link.signer, link.to) == (contract, "participant", NUMBER)
    assert link.expires_at - timezone.now() <= datetime.timedelta(days=7)
    assert "signing_link_sent" in JournalEntry.objects.values_list("act", flat=True)


def test_the_door_names_nobody_and_a_program_that_looks_opens_nothing(
    other, contract, kiwi, coordinator
):
    send_link(journey=kiwi, by=coordinator, seen=None, about=contract)
    address = reverse("sign_door", args=[token_in(last_message())])

    page = other.get(address)

    assert "Kiwi" not in said(page) and "Camille" not in said(page)
    assert "Choisissez votre langue" in said(page)
    assert all(name in said(page) for name in ("Français facile", "English", "Українська"))
    assert SigningLink.objects.get().opened_at is None
    assert "no-store" in page["Cache-Control"]


def test_pages_behind_the_door_lead_back_to_it(other, contract, kiwi, coordinator):
    send_link(journey=kiwi, by=coordinator, seen=None, about=contract)
    token = token_in(last_message())

    for step in ("read", "code", "refuse", "pdf"):
        assert other.get(reverse(f"sign_{step}", args=[token])).url == reverse(
            "sign_door", args=[token]
        )
    other.post(reverse("sign_send", args=[token]))
    assert not SigningCode.objects.exists()


def test_a_link_works_in_one_browser(phone, other):
    page = other.post(phone.url("door"), {"langue": "fr"})

    assert page.status_code == 410
    assert "déjà ouvert ailleurs" in said(page)
    assert "Tout le texte" in said(phone.get("read"))


def test_another_link_goes_to_the_same_phone_five_times_an_hour(phone, other):
    answers = [other.post(phone.url("again")) for _time in range(6)]

    assert "Un autre lien arrive" in said(answers[0])
    assert answers[1].url == phone.url("door")  # replaced by now: its page says so
    assert "Un lien plus récent existe" in said(other.get(phone.url("door")))
    SigningLink.objects.update(replaced_at=None)
    for _time in range(3):
        other.post(phone.url("again"))
        SigningLink.objects.update(replaced_at=None)
    refused = other.post(phone.url("again"))
    assert refused.status_code == 429
    assert "Attendez une heure" in said(refused)
    assert set(OutboundMessage.objects.values_list("to", flat=True)) == {NUMBER}


# -- Reading and signing ------------------------------------------


def test_the_text_is_read_then_signed_with_a_code(phone, contract):
    page = said(phone.entered)
    assert "Bonjour Kiwi" in page and "En bref" in page
    assert "Ce contrat ne remplace pas votre contrat d’engagement." in page
    assert "Heures par semaine : 12." in page

    asked = phone.post("send")
    assert "Ce code est pour Kiwi" in said(asked)
    assert "finit par 34" in said(asked)
    assert 'inputmode="numeric" autocomplete="one-time-code"' in said(asked)
    code = code_in(last_message())
    assert code not in said(asked)
    assert code not in str(SigningCode.objects.values())
    done = phone.post("code", code=f"{code[:3]} {code[3:]}")

    assert "Vous avez signé" in said(done)
    signature = Signature.objects.get()
    assert (signature.signer, signature.method) == ("participant", "phone")
    assert (signature.link, signature.code_sent_to) == (SigningLink.objects.get(), "34")
    assert (signature.language, signature.name) == ("fr", "Camille Martin")
    assert signature.sha256 == contract.sha256
    assert not SigningCode.objects.exists()


def test_in_arabic_it_is_read_from_right_to_left_and_kept_so(client, contract, kiwi, coordinator):
    phone = Phone.sent(client, journey=kiwi, by=coordinator, about=contract, language="ar")

    page = phone.entered.content.decode()
    assert '<html lang="ar" dir="rtl"' in page and "portal.rtl.css" in page
    assert ARABIC in page and "النص بالفرنسية" in page
    phone.signs()

    assert Signature.objects.get().language == "ar"


def test_a_language_without_a_text_shows_another_with_a_note(phone, caen):
    page = said(phone.get("read", langue="uk"))

    assert "Цього тексту ще немає вашою мовою" in page
    assert "CONTRAT D’ACCOMPAGNEMENT" in page
    phone.signs()
    assert Signature.objects.get().language == "fr", "what was before the eyes"


def test_figures_of_another_keyboard_are_figures(phone):
    phone.post("send")
    typed = code_in(last_message()).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))

    assert "Vous avez signé" in said(phone.post("code", code=typed))


def test_a_double_tap_signs_once(phone):
    phone.post("send")
    code = code_in(last_message())

    phone.post("code", code=code)
    again = phone.post("code", code=code)

    assert "Vous avez signé" in said(again)
    assert Signature.objects.count() == 1


def test_three_wrong_codes_ask_for_a_new_one_and_block_nobody(phone):
    phone.post("send")
    code = code_in(last_message())
    answers = [phone.post("code", code=wrong(code)) for _time in range(3)]

    right_too_late = phone.post("code", code=code)
    again = phone.signs()

    assert [page.status_code for page in answers] == [422] * 3
    assert "Ce n’est pas le bon code" in said(answers[0])
    assert "Demandez un autre code" in said(answers[2])
    assert "Demandez un autre code" in said(right_too_late)
    assert "bloqué" not in said(right_too_late)
    assert "Vous avez signé" in said(again)


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "½½½½½½"])
def test_what_is_no_code_is_asked_again(phone, typed):
    phone.post("send")

    page = phone.post("code", code=typed)

    assert page.status_code == 422
    assert "six chiffres" in said(page)
    assert SigningCode.objects.get().tries == 0


def test_a_code_lives_ten_minutes(phone):
    phone.post("send")
    code = code_in(last_message())
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=11)):
        page = phone.post("code", code=code)

    assert "Demandez un autre code" in said(page)
    assert not Signature.objects.exists()


def test_only_the_last_code_works(phone):
    phone.post("send")
    first = code_in(last_message())
    phone.post("send")
    second = code_in(last_message())
    if first != second:
        assert "pas le bon code" in said(phone.post("code", code=first))
    assert "Vous avez signé" in said(phone.post("code", code=second))


def test_codes_are_counted_by_the_hour(phone, contract):
    for _time in range(CODES_AN_HOUR):
        phone.post("send")

    page = phone.post("send")

    assert "Attendez une heure" in said(page)
    assert SigningCode.objects.count() == CODES_AN_HOUR
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=61)):
        assert send_code(contract=contract, signer="participant", language="fr")


def test_a_code_comes_at_night_and_to_who_refuses_messages(phone, caen):
    OptOut.objects.create(territory=caen, phone=NUMBER)

    phone.post("send")

    assert OutboundMessage.objects.order_by("pk").last().is_awaited
    assert OutboundMessage.objects.order_by("pk").last().status == "due"


def test_messages_say_nothing_of_the_programme(phone, caen):
    phone.post("send")

    for body in OutboundMessage.objects.values_list("body", flat=True):
        for word in ("contrat", "parcours", "programme", caen.programme.name, "Kiwi", "Camille"):
            assert word.lower() not in body.lower()


def test_when_all_have_signed_the_person_gets_the_way_to_their_copy(
    phone, contract, coordinator, other, kiwi
):
    phone.signs()
    sign_in_session(contract=contract, by=coordinator, seen=None, signer=Signer.COORDINATOR)

    assert "Tout le monde a signé" in said(phone.get("read")), "this browser goes on reading"
    copy = Phone(other, token_in(last_message()))
    assert "Tout le monde a signé" in said(copy.entered)
    paper = copy.get("pdf")
    assert paper["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF-")
    assert Journey.objects.get(pk=kiwi.pk).entry_on == timezone.localdate()


# -- Not signing ------------------------------------------


def test_not_signing_is_said_in_two_taps_with_a_word_or_none(phone, contract, kiwi):
    page = phone.post("refuse", word="C’est trop d’heures")

    contract.refresh_from_db()
    assert "Merci de l’avoir dit" in said(page)
    assert (contract.refused_by, contract.refusal_word) == ("participant", "C’est trop d’heures")
    assert contract.cancelled_on == timezone.localdate()
    assert "Merci de l’avoir dit" in said(phone.post("refuse", word="encore"))
    assert "contract_refused" in JournalEntry.objects.values_list("act", flat=True)


def test_the_team_reads_it_and_reworks_the_contract(phone, signed_in, coordinator, kiwi, other):
    phone.post("refuse", word="C’est trop d’heures")
    other.force_login(coordinator)

    tab = other.get(reverse("contract", args=[kiwi.pk]))
    today = other.get(reverse("today"))
    kiwi.refresh_from_db()
    other.post(reverse("contract_prepare", args=[kiwi.pk]), {"seen": kiwi.version})

    assert "Kiwi n’a pas voulu signer" in said(tab) and "C’est trop d’heures" in said(tab)
    assert "n’a pas voulu signer" in said(today)
    anew = Contract.objects.prepared().get()
    assert anew.weekly_hours == 12
    assert [one.wording for one in anew.objectives.all()] == ["Utiliser la découpe laser"]


def test_wanting_to_talk_is_heard(phone, kiwi, signed_in, coordinator, other):
    page = phone.post("talk")

    kiwi.participant.refresh_from_db()
    other.force_login(coordinator)
    assert "Nous allons vous appeler" in said(page)
    assert kiwi.participant.call_back_asked_on == timezone.localdate()
    assert "Veut en parler" in said(other.get(reverse("contract", args=[kiwi.pk])))


# -- What changed meanwhile ------------------------------------------


def test_a_contract_cancelled_while_somebody_signs_says_so(phone, contract, coordinator):
    phone.post("send")
    code = code_in(last_message())
    cancel(contract=contract, by=coordinator, seen=None)

    page = phone.post("code", code=code)

    assert page.status_code == 410
    assert "Ce texte a changé" in said(page)
    assert not Signature.objects.exists()


def test_a_new_phone_ends_the_link_to_the_old_one(phone, kiwi, coordinator):
    phone.post("send")
    code = code_in(last_message())
    write_reached(journey=kiwi, by=coordinator, seen=None, reached={"phone": "+447700900123"})

    page = phone.post("code", code=code)

    assert "ancien numéro" in said(page)
    assert not Signature.objects.exists()


def test_a_new_link_ends_the_one_before(phone, contract, kiwi, coordinator):
    send_link(journey=kiwi, by=coordinator, seen=None, about=contract, is_awaited=True)

    assert "Ouvrez le dernier message" in said(phone.get("read"))


def test_a_link_too_old_offers_another(client, contract, kiwi, coordinator):
    send_link(journey=kiwi, by=coordinator, seen=None, about=contract)
    token = token_in(last_message())
    with time_machine.travel(timezone.now() + datetime.timedelta(days=8)):
        page = client.get(reverse("sign_door", args=[token]))

    assert page.status_code == 410
    assert "trop vieux" in said(page) and "Recevoir un autre lien" in said(page)


def test_after_a_death_nothing_is_left_to_sign(phone, kiwi, contract, coordinator):
    Absence.objects.create(
        territory=kiwi.territory, journey=kiwi, kind="exit", from_on=ago(1), exit_kind="deces"
    )

    assert "Il n’y a plus rien à signer" in said(phone.get("read"))
    with pytest.raises(ValidationError, match="décès"):
        send_link(journey=kiwi, by=coordinator, seen=None, about=contract)


def test_an_unknown_link_says_what_to_do(client, db):
    page = client.get(reverse("sign_door", args=["x" * 22]))

    assert page.status_code == 404
    assert "Demandez un autre lien à votre équipe" in said(page)


def test_a_foreign_phone_is_a_phone(client, contract, kiwi, coordinator):
    number = "+447700900123"
    reach(kiwi, phone=number)

    phone = Phone.sent(client, journey=kiwi, by=coordinator, about=contract, to=number)
    phone.signs(number)

    assert Signature.objects.get().code_sent_to == "23"
