"""Welcoming somebody: three fields, a code at once, nothing else asked (rule 1)."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from journeys.models import GivenCode, Participant
from rtr import scope
from territories.journal.models import JournalEntry

NIR = "1 85 05 78 006 084 91"


@pytest.fixture(autouse=True)
def inside(caen, vallees):
    with scope.over([caen.pk, vallees.pk]):
        yield


def welcome(client, **typed):
    return client.post(
        reverse("welcome"), {"nickname": "Pixel", "channel": "presence"} | typed, follow=True
    )


def test_a_nickname_is_enough_and_the_code_is_given_at_once(signed_in, referent):
    page = welcome(signed_in(referent))

    pixel = Participant.objects.get()
    assert page.redirect_chain[-1][0] == reverse("card", args=[pixel.pk])
    assert pixel.code in page.content.decode()
    assert GivenCode.objects.filter(code=pixel.code).exists()
    assert (pixel.organisation.name, pixel.contact) == ("Le Dôme", "")


def test_the_form_has_three_fields_and_the_territory_only_for_those_with_several(
    signed_in, referent, coordinator
):
    one = signed_in(referent).get(reverse("welcome")).context["form"]
    several = signed_in(coordinator).get(reverse("welcome")).context["form"]

    assert list(one.fields) == ["nickname", "channel", "contact"]
    assert list(several.fields) == ["nickname", "channel", "contact", "territory"]


def test_the_territory_chosen_in_the_top_bar_is_not_asked_again(signed_in, coordinator, vallees):
    client = signed_in(coordinator)
    client.get(reverse("switch_place"), {"place": vallees.pk})

    welcome(client)

    assert Participant.objects.get().territory == vallees


def test_a_contact_left_asks_for_a_call_back(signed_in, referent):
    welcome(signed_in(referent), contact="06 39 98 12 34")

    assert Participant.objects.get().call_back_asked_on == timezone.localdate()


@pytest.mark.parametrize("field", ["nickname", "contact"])
def test_a_social_security_number_is_refused_and_what_was_typed_stays(signed_in, referent, field):
    page = welcome(signed_in(referent), **{field: NIR})

    assert page.status_code == 422
    assert "sécurité sociale" in page.content.decode()
    assert NIR in page.content.decode()
    assert not Participant.objects.exists()


def test_a_card_number_is_refused(signed_in, referent):
    page = welcome(signed_in(referent), contact="4970 1012 3456 7893")

    assert page.status_code in (200, 422)
    refused = "carte bancaire" in page.content.decode()
    assert refused is not Participant.objects.exists()


def test_the_same_nickname_welcomed_yesterday_is_said_without_blocking(signed_in, referent, kiwi):
    Participant.objects.filter(pk=kiwi.participant_id).update(
        welcomed_on=timezone.localdate() - datetime.timedelta(days=1)
    )
    client = signed_in(referent)

    hint = client.get(reverse("welcome"), {"nickname": "kiwi"}, headers={"HX-Request": "true"})
    page = welcome(client, nickname="KIWI")

    for said in (hint, page):
        assert "est-ce la même" in said.content.decode()
        assert kiwi.participant.code in said.content.decode()
    assert Participant.objects.count() == 2


def test_a_whole_name_is_accepted_with_a_hint(signed_in, referent):
    page = welcome(signed_in(referent), nickname="Jean-Pierre Dupont")

    assert "ressemble à un nom entier" in page.content.decode()
    assert Participant.objects.get().nickname == "Jean-Pierre Dupont"


def test_the_card_says_nothing_of_the_programme(signed_in, referent):
    page = welcome(signed_in(referent)).content.decode()

    ticket = page[page.index('class="ticket"') : page.index('class="acts mt-4"')]
    for word in ("Territoires", "Partagés", "programme", "insertion", "Dôme", "presence"):
        assert word not in ticket


def test_a_welcome_is_taken_back_at_once_and_its_code_stays_given(signed_in, referent):
    client = signed_in(referent)
    welcome(client)
    pixel = Participant.objects.get()

    client.post(reverse("welcome_undo", args=[pixel.pk]))

    assert not Participant.objects.exists()
    assert GivenCode.objects.filter(code=pixel.code).exists()
    acts = JournalEntry.objects.about(pixel.pk).values_list("act", flat=True)
    assert list(acts) == ["undone", "welcomed"]


def test_a_welcome_is_not_taken_back_by_somebody_else(signed_in, referent, coordinator):
    welcome(signed_in(referent))
    pixel = Participant.objects.get()

    page = signed_in(coordinator).post(reverse("welcome_undo", args=[pixel.pk]), follow=True)

    assert Participant.objects.exists()
    assert "ne s’annule plus" in page.content.decode()


def test_an_animator_does_not_welcome(signed_in, animator):
    assert signed_in(animator).get(reverse("welcome")).status_code == 403


def test_a_card_of_another_territory_is_unknown(signed_in, coordinator, fatou_in_marseille):
    address = reverse("card", args=[fatou_in_marseille.participant_id])

    assert signed_in(coordinator).get(address).status_code == 404


def test_a_colleague_sees_the_card_but_not_the_journey(signed_in, referent, kiwi):
    page = signed_in(referent).get(reverse("card", args=[kiwi.participant_id]))

    assert kiwi.participant.code in page.content.decode()
    assert "Ouvrir le parcours" not in page.content.decode()


def test_called_back_then_not(signed_in, coordinator, kiwi):
    asked = timezone.localdate() - datetime.timedelta(days=4)
    Participant.objects.filter(pk=kiwi.participant_id).update(call_back_asked_on=asked)
    client = signed_in(coordinator)

    client.post(reverse("call_back", args=[kiwi.participant_id]))
    done = Participant.objects.get().call_back_asked_on
    calls = kiwi.contacts.filter(kind="call").count()
    undo = reverse("call_back_undo", args=[kiwi.participant_id])
    client.post(f"{undo}?depuis={asked.isoformat()}")

    assert (done, Participant.objects.get().call_back_asked_on) == (None, asked)
    assert (calls, kiwi.contacts.filter(kind="call").count()) == (1, 0)
