"""The contract on the person's own pages: signed there too, kept, changed; objectives."""

import pytest
from django.urls import reverse

from journeys.contracts.actions.objectives import add_objective, decide_objective
from journeys.contracts.actions.preparing import freeze, prepare, write_objectives, write_terms
from journeys.contracts.enums import Signer
from journeys.contracts.models import Objective, Signature
from journeys.models import OutboundMessage
from journeys.portal.actions import give_link
from territories.journal.models import JournalEntry
from tests.journeys.contracts import frozen, sign
from tests.journeys.phones import Phone, code_in, last_message, reach, said, token_in

pytestmark = pytest.mark.usefixtures("in_caen")


@pytest.fixture
def own_pages(client, kiwi, coordinator):
    """Kiwi's phone, on her own pages."""
    client.post(reverse("portal_enter", args=[give_link(journey=kiwi, by=coordinator)]))
    return client


@pytest.fixture
def signed(in_caen, kiwi, coordinator):
    contract = frozen(kiwi, coordinator)
    sign(contract, coordinator)
    kiwi.refresh_from_db()
    reach(kiwi)
    return contract


def propose(kiwi, coordinator, **said):
    return add_objective(
        journey=kiwi, by=coordinator, seen=None, wording="Animer un atelier", **said
    )


# -- Signing from one's own pages ------------------------------------------------------------------


def test_somebody_signed_in_signs_there_with_the_same_code(own_pages, contract, kiwi):
    page = own_pages.get(reverse("portal_contract"))
    assert "Je signe" in said(page) and "En bref" in said(page)

    asked = own_pages.post(reverse("portal_sign_send"), follow=True)
    code = code_in(last_message())
    done = own_pages.post(reverse("portal_sign_code"), {"code": code}, follow=True)

    assert "Ce code est pour Kiwi" in said(asked)
    assert "Vous avez signé" in said(done)
    signature = Signature.objects.get()
    assert (signature.signer, signature.method, signature.link) == ("participant", "phone", None)
    assert signature.user == kiwi.participant.user or signature.user.participant == kiwi.participant


def test_without_a_number_the_page_says_how_to_have_one(own_pages, contract, kiwi):
    reach(kiwi, phone="")

    page = own_pages.get(reverse("portal_contract"))
    own_pages.post(reverse("portal_sign_send"))

    assert "Donnez-le à votre équipe" in said(page)
    assert not OutboundMessage.objects.exists()


def test_refusing_there_leads_home_with_thanks(own_pages, contract):
    page = own_pages.post(reverse("portal_sign_refuse"), {"word": ""}, follow=True)

    assert page.redirect_chain[-1][0] == reverse("portal")
    assert "Merci de l’avoir dit" in said(page)
    assert own_pages.get(reverse("portal_contract")).status_code == 404


def test_the_page_speaks_arabic_with_its_menu_and_so_do_the_others(own_pages, contract):
    page = own_pages.get(reverse("portal_contract"), {"langue": "ar"})

    html = page.content.decode()
    assert '<html lang="ar" dir="rtl"' in html and "خروج" in html and "مساري" in html
    again = own_pages.get(reverse("portal_contract")).content.decode()
    assert 'dir="rtl"' in again, "the choice is kept"
    assert 'lang="ar"' in own_pages.get(reverse("portal")).content.decode()


def test_the_contract_is_kept_as_a_paper(own_pages, signed):
    paper = own_pages.get(reverse("portal_contract_pdf"))

    assert paper["Content-Type"] == "application/pdf"
    assert "attachment" in paper["Content-Disposition"]


# -- Versions ------------------------------------------------------------------------------------


def test_an_amendment_says_what_was_and_what_is_now_and_is_signed_on_the_phone(
    client, signed, kiwi, coordinator
):
    act = {"by": coordinator, "seen": None}
    second = prepare(journey=kiwi, **act)
    write_terms(contract=second, terms={"weekly_hours": 20}, **act)
    write_objectives(
        contract=second, objectives=[{"wording": "Animer", "achievement": None}], **act
    )
    freeze(contract=second, **act)
    second.refresh_from_db()
    phone = Phone.sent(client, journey=kiwi, by=coordinator, about=second)

    page = said(phone.entered)
    assert "Ce qui change" in page
    assert "Temps par semaine : 20 heures." in page
    assert "Avant : Temps par semaine : 12 heures." in page
    assert "Animer" in page
    phone.signs()
    assert second.signatures.get().method == "phone"
    assert signed.signatures.count() == 2


# -- Objectives, agreed by both --------------------------------------------------------------------


def test_an_objective_proposed_waits_for_the_persons_own_act(own_pages, signed, kiwi, coordinator):
    objective = propose(kiwi, coordinator)
    assert objective not in Objective.objects.agreed()

    page = own_pages.get(reverse("portal_contract"))
    address = reverse("portal_objective_agree", args=[objective.pk])
    own_pages.post(address)
    own_pages.post(address)

    assert "Je suis d’accord" in said(page)
    objective.refresh_from_db()
    assert objective in Objective.objects.agreed()
    assert (objective.person_agreed_how, objective.present) == ("portal", "")
    acts = list(JournalEntry.objects.values_list("act", flat=True))
    assert acts.count("objective_proposed") == acts.count("objective_agreed") == 1


def test_the_team_reads_whose_yes_is_awaited(signed_in, signed, kiwi, coordinator):
    propose(kiwi, coordinator)

    page = said(signed_in(coordinator).get(reverse("contract", args=[kiwi.pk])))

    assert "Attend l’accord de Kiwi" in page


def test_the_person_says_yes_by_a_link_in_one_tap(
    client, signed_in, signed, kiwi, coordinator, other
):
    objective = propose(kiwi, coordinator)
    signed_in(coordinator).post(reverse("objective_link", args=[kiwi.pk, objective.pk]))

    phone = Phone(other, token_in(last_message()))
    done = phone.post("agree")

    assert "Animer un atelier" in said(phone.entered)
    assert "Vous êtes d’accord depuis le" in said(done)
    objective.refresh_from_db()
    assert objective.person_agreed_how == "link"
    for step in ("code", "refuse", "pdf"):
        assert phone.get(step).status_code == 404, "there is no contract behind this link"


def test_the_person_proposes_and_the_team_answers(
    own_pages, signed_in, other, signed, kiwi, coordinator
):
    page = own_pages.post(
        reverse("portal_objective_propose"), {"wording": "Apprendre à coudre"}, follow=True
    )
    objective = Objective.objects.proposed().get()
    other.force_login(coordinator)
    today = other.get(reverse("today"))
    other.post(reverse("objective_accept", args=[kiwi.pk, objective.pk]))

    assert "L’équipe vous répond" in said(page)
    assert "propose un objectif" in said(today)
    objective.refresh_from_db()
    assert objective in Objective.objects.agreed()
    assert objective.agreed_by == coordinator


def test_a_proposal_is_set_aside_and_never_reached(signed, kiwi, coordinator):
    objective = propose(kiwi, coordinator)
    said = {"objective": objective, "by": coordinator, "seen": None, "reason": "Autre chose"}

    with pytest.raises(Exception, match="accord des deux"):
        decide_objective(reached=True, **said)
    decide_objective(reached=False, **said)

    assert not Objective.objects.proposed().exists()


def test_somebody_elses_objective_is_unknown(own_pages, signed, caen, le_dome, coordinator, person):
    other_one = person("Pixel", contracted=True)
    objective = propose(other_one, coordinator)

    answer = own_pages.post(reverse("portal_objective_agree", args=[objective.pk]))

    assert answer.status_code == 404
    objective.refresh_from_db()
    assert objective.person_agreed_on is None


def test_before_a_contract_nothing_is_proposed(own_pages, kiwi):
    assert own_pages.get(reverse("portal_objective_propose")).status_code == 404


def test_the_page_costs_fifteen_queries(own_pages, signed, django_assert_max_num_queries):
    assert Signer.PARTICIPANT in signed.signatures.values_list("signer", flat=True)
    with django_assert_max_num_queries(15):
        own_pages.get(reverse("portal_contract"))
