"""A guardian signs too, for themselves: by their own link, or by hand; the contract waits."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from journeys.contracts.actions.linking import send_link
from journeys.contracts.actions.preparing import freeze, missing, write_identity
from journeys.contracts.actions.signing import sign_by_hand
from journeys.contracts.enums import Signer
from journeys.contracts.links import SigningCode
from journeys.contracts.models import Signature
from tests.journeys.contracts import fill, frozen, photo
from tests.journeys.phones import Phone, reach, said

pytestmark = pytest.mark.usefixtures("in_caen")


def test_the_guardian_signs_by_their_own_link_on_their_own_mail(client, kiwi, coordinator):
    contract = frozen(kiwi, coordinator, guardian="Mme Tutelle")
    reach(kiwi, guardian_email="tutelle@exemple.fr")
    to = "tutelle@exemple.fr"
    phone = Phone.sent(
        client, journey=kiwi, by=coordinator, about=contract, signer=Signer.GUARDIAN, to=to
    )

    assert "Vous signez aussi, avec Kiwi." in said(phone.entered)
    phone.signs(to)

    signature = Signature.objects.get()
    assert (signature.signer, signature.method) == ("guardian", "mail")
    assert (signature.name, signature.code_sent_to) == ("Mme Tutelle", "@exemple.fr")


def test_a_guardian_nobody_can_reach_signs_by_hand(signed_in, kiwi, coordinator):
    contract = frozen(kiwi, coordinator, guardian="Mme Tutelle")

    page = signed_in(coordinator).get(reverse("contract", args=[kiwi.pk]))

    assert "aucun numéro noté pour un lien" in said(page)
    with pytest.raises(ValidationError, match="où envoyer"):
        send_link(journey=kiwi, by=coordinator, seen=None, about=contract, signer=Signer.GUARDIAN)


def test_signing_by_hand_stays_open_beside_the_phone(phone, contract, coordinator):
    sign_by_hand(
        contract=contract, by=coordinator, seen=None, signer=Signer.PARTICIPANT, photo=photo()
    )

    page = phone.post("send")

    assert "Vous avez signé" in said(page)
    assert not SigningCode.objects.exists()


def test_a_contract_waits_for_a_guardian_nobody_knows_yet(kiwi, coordinator):
    contract = fill(kiwi, coordinator)
    act = {"contract": contract, "by": coordinator, "seen": None}
    contract = write_identity(identity={"is_guardian_unknown": True}, **act)

    assert "le contrat l’attend" in missing(contract)["guardian"]
    with pytest.raises(ValidationError, match="curateur ou tuteur"):
        freeze(**act)
    write_identity(identity={"guardian": "Mme Tutelle", "is_guardian_unknown": False}, **act)
    assert "Mme Tutelle, qui signe aussi" in freeze(**act).text


def test_a_guardian_who_wants_to_talk_comes_up_in_the_day(client, other, kiwi, coordinator):
    contract = frozen(kiwi, coordinator, guardian="Mme Tutelle")
    reach(kiwi, guardian_phone="+33639980001")
    link = {"journey": kiwi, "by": coordinator, "about": contract, "signer": Signer.GUARDIAN}
    Phone.sent(client, to="+33639980001", **link).post("talk")

    other.force_login(coordinator)
    today = said(other.get(reverse("today")))

    assert "Mme Tutelle veut parler du contrat" in today
    kiwi.participant.refresh_from_db()
    assert kiwi.participant.call_back_asked_on is None, "nobody calls the person for it"
