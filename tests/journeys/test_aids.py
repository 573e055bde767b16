"""Aids: asked by the team or by the person, answered once, given, counted; never a bank number."""

import csv
import io
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from journeys.aids import actions, totals
from journeys.models import AidRequest
from journeys.pathway.actions.acting import Stale
from rtr import scope
from rtr.lib.forbidden import forbidden_numbers
from territories.models import JournalEntry, User
from tests.journeys.factories import ago, join
from tests.journeys.meetings import at, propose
from tests.journeys.phones import said

IBAN = "FR76 3000 6000 0112 3456 7890 189"


@pytest.fixture(autouse=True)
def inside(caen, vallees):
    with scope.over([caen.pk, vallees.pk]):
        yield


@pytest.fixture
def person(kiwi, caen, referent):
    join(kiwi, referent)
    user = User.objects.create_user(territory=caen)
    kiwi.participant.user = user
    kiwi.participant.save()
    return user


@pytest.fixture
def asked(kiwi, person):
    return ask(kiwi, person)


def ask(journey, by, purpose="Aller au Dôme", amount="12.50", kind="transport"):
    amount = Decimal(amount) if amount else None
    return actions.request(
        journey=journey, by=by, seen=None, kind=kind, purpose=purpose, amount=amount
    )


def grant(aid, by, amount="10", seen=None):
    return actions.grant(
        aid=aid, by=by, seen=seen, amount=Decimal(amount), payer="house", on=ago(0)
    )


def refuse(aid, by, seen=None):
    return actions.refuse(aid=aid, by=by, seen=seen, reason="budget", on=ago(0))


def again(aid):
    return AidRequest.objects.get(pk=aid.pk)


# -- Asking --------------------------------------------------------------------------------------


def test_the_person_asks_and_reads_what_became_of_it(signed_in, person, coordinator):
    client = signed_in(person)
    typed = {"kind": "meal", "purpose": "Atelier de jeudi", "amount": "7,50"}

    page = client.post(reverse("portal_aid_ask"), typed, follow=True)
    aid = AidRequest.objects.get()
    refuse(aid, coordinator)
    after = said(client.get(reverse("portal_aids")))

    assert "C’est demandé" in said(page) and "7,50" in said(page)
    assert (aid.amount_asked, aid.asked_by, aid.status) == (Decimal("7.50"), person, "asked")
    assert "Cette fois, ce n’est pas possible" in after
    assert "Vous pourrez redemander" in after
    assert "refus" not in after.lower()


def test_an_aid_is_for_an_appointment_or_for_words(signed_in, kiwi, person, referent):
    row = propose(kiwi, referent, starts_at=at(5, 14))
    kiwi.refresh_from_db()
    data = {"kind": "transport", "about": f"appointment-{row.pk}", "seen": kiwi.version}

    signed_in(referent).post(reverse("aid_request", args=[kiwi.pk]), data)

    aid = AidRequest.objects.get()
    assert aid.appointment == row and aid.purpose.startswith("Rendez-vous, ")


def test_what_it_is_for_is_said(signed_in, kiwi, person):
    page = signed_in(person).post(reverse("portal_aid_ask"), {"kind": "meal"})

    assert page.status_code == 422
    assert "Dites pour quoi" in said(page)


@pytest.mark.parametrize("amount", ["-1", "5000.01", "abc", "1e9"])
def test_an_amount_goes_from_zero_to_five_thousand(signed_in, person, amount):
    typed = {"kind": "meal", "purpose": "Atelier", "amount": amount}

    page = signed_in(person).post(reverse("portal_aid_ask"), typed)

    assert page.status_code == 422
    assert not AidRequest.objects.exists()


@pytest.mark.parametrize("number", [IBAN, IBAN.replace(" ", ""), "4970 1012 3456 7893"])
def test_bank_numbers_are_refused(signed_in, person, number):
    typed = {"kind": "meal", "purpose": f"Virement {number} merci"}

    page = signed_in(person).post(reverse("portal_aid_ask"), typed)

    assert page.status_code == 422
    assert "n’a pas sa place ici" in said(page)
    assert not AidRequest.objects.exists()


def test_an_iban_is_known_by_its_key():
    assert forbidden_numbers(f"compte {IBAN}, voilà") == {"iban"}
    assert forbidden_numbers("FR76 3000 6000 0112 3456 7890 188") == set()
    assert forbidden_numbers("LOUTRE-4821 et ABCD12 345678901234") == set()


def test_asked_twice_it_is_one(kiwi, person):
    assert ask(kiwi, person) == ask(kiwi, person)
    assert AidRequest.objects.count() == 1


# -- Answering -----------------------------------------------------------------------------------


def test_granted_then_given_then_taken_back(signed_in, kiwi, asked, coordinator):
    client = signed_in(coordinator)
    kiwi.refresh_from_db()
    answer = {"answer": "yes", "amount": "10", "payer": "house", "on": f"{ago(0)}"}

    client.post(reverse("aid_decide", args=[kiwi.pk, asked.pk]), answer | {"seen": kiwi.version})
    client.post(reverse("aid_give", args=[kiwi.pk, asked.pk]))
    given = again(asked)
    client.post(reverse("aid_undo", args=[kiwi.pk, asked.pk]))

    assert (given.status, given.amount_granted, given.given_on) == ("given", 10, ago(0))
    assert (again(asked).status, again(asked).given_on) == ("granted", None)


def test_a_referent_asks_but_does_not_decide(signed_in, kiwi, asked, referent):
    client = signed_in(referent)

    assert client.get(reverse("aid_decide", args=[kiwi.pk, asked.pk])).status_code == 403
    assert client.post(reverse("aid_give", args=[kiwi.pk, asked.pk])).status_code == 403
    assert client.get(reverse("aid_request", args=[kiwi.pk])).status_code == 200


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ({"answer": "yes", "payer": "house"}, "Notez le montant"),
        ({"answer": "yes", "amount": "5"}, "Dites qui paie"),
        ({"answer": "no"}, "Choisissez une raison"),
    ],
)
def test_an_answer_says_all_it_must(signed_in, kiwi, asked, coordinator, typed, word):
    kiwi.refresh_from_db()
    page = signed_in(coordinator).post(
        reverse("aid_decide", args=[kiwi.pk, asked.pk]),
        typed | {"on": f"{ago(0)}", "seen": kiwi.version},
    )

    assert page.status_code == 422
    assert word in said(page)


def test_a_remuneration_is_sent_to_who_pays_then_answered(kiwi, person, coordinator, referent):
    aid = ask(kiwi, person, kind="remuneration", amount="")

    actions.send(aid=aid, by=referent, seen=None, payer="region", on=ago(0))
    sent = again(aid)
    grant(aid, coordinator, "650")

    assert (sent.status, sent.payer, sent.sent_on) == ("asked", "region", ago(0))
    assert again(aid).amount_granted == 650


def test_each_act_is_taken_back_by_who_did_it(kiwi, asked, person, coordinator):
    refuse(asked, coordinator)
    with pytest.raises(ValidationError):
        actions.undo(aid=asked, by=person)
    actions.undo(aid=asked, by=coordinator)

    row = again(asked)
    assert (row.status, row.refusal, row.decided_on) == ("asked", "", None)


def test_the_person_takes_back_what_waits_and_not_what_was_answered(
    kiwi, asked, person, coordinator
):
    grant(asked, coordinator)

    with pytest.raises(ValidationError, match="déjà sa réponse"):
        actions.cancel(aid=asked, by=person)


def test_one_asked_by_mistake_is_gone(signed_in, asked, person):
    signed_in(person).post(reverse("portal_aid_undo", args=[asked.pk]))

    assert not AidRequest.objects.exists()


def test_an_older_page_is_told_what_changed(kiwi, asked, coordinator):
    kiwi.refresh_from_db()
    grant(asked, coordinator, seen=kiwi.version)

    with pytest.raises(Stale):
        refuse(asked, coordinator, seen=kiwi.version)


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_once_there_is_one(kiwi, asked, coordinator):
    kiwi.refresh_from_db()

    def act(function):
        with scope.over([kiwi.territory_id]):
            try:
                function(asked, coordinator, seen=kiwi.version)
            except (Stale, ValidationError):
                return "told"
            finally:
                connection.close()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        ends = list(pool.map(act, [grant, refuse]))

    assert sorted(ends) == ["done", "told"]
    assert JournalEntry.objects.filter(act="aid_decided").count() == 1


# -- Counting ------------------------------------------------------------------------------------


def test_totals_count_what_was_granted_per_month_and_per_person(kiwi, person, coordinator):
    grant(ask(kiwi, person, "un", "20"), coordinator, "15.50")
    refuse(ask(kiwi, person, "deux", "30"), coordinator)
    ask(kiwi, person, "trois", "7")

    total, (month,) = totals.of(AidRequest.objects.all()), totals.by_month(AidRequest.objects.all())
    (one,) = totals.by_person(AidRequest.objects.all())

    spaces = {"\xa0": " "}
    assert (total.count, total.granted.translate(str.maketrans(spaces)), total.given) == (
        3,
        "15,50 €",
        "",
    )
    assert (month.granted, one.granted) == (total.granted, total.granted)
    assert one.label == "Kiwi"


def test_the_list_narrows_and_is_taken_away_without_a_name(signed_in, kiwi, asked, coordinator):
    ask(kiwi, coordinator, "repas de jeudi", "8", kind="meal")
    client = signed_in(coordinator)

    page = client.get(reverse("aids"), {"kind": "meal"})
    file = client.get(reverse("aids_csv"), {"kind": "meal"})
    rows = list(csv.DictReader(io.StringIO(b"".join(file.streaming_content).decode())))

    assert [one.row.kind for one in page.context["aids"]] == ["meal"]
    assert [(row["surnom"], row["nature"]) for row in rows] == [("Kiwi", "repas")]
    assert "jeudi" not in str(rows), "no words about a person leave"
    assert JournalEntry.objects.filter(act="exported").exists()


def test_an_empty_file_says_so(signed_in, coordinator, kiwi):
    page = signed_in(coordinator).get(reverse("aids_csv"), {"kind": "meal"}, follow=True)

    assert "Aucune aide à télécharger" in said(page)


def test_the_list_costs_the_same_for_few_and_many(
    signed_in, kiwi, person, coordinator, django_assert_max_num_queries
):
    for number in range(12):
        ask(kiwi, person, f"chose {number}")
    client = signed_in(coordinator)

    for address in (reverse("aids"), reverse("journey_aids", args=[kiwi.pk])):
        client.get(address)
        with django_assert_max_num_queries(15):
            client.get(address)


def test_an_aid_that_waits_is_among_the_needs_of_today(needs, asked, coordinator):
    (line,) = needs(coordinator)["aid"]

    assert line.act[1] == reverse("aid_decide", args=[asked.journey_id, asked.pk])
    assert timezone.localdate() == line.since
