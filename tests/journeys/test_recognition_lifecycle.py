"""Badges follow the person: to another territory, into one file, out of the platform; and say
nothing of the programme, of the situation or of who holds them."""

import datetime
import json

import pytest
from django.urls import reverse
from django.utils import timezone

from badges.credentials.actions import Evidence, reissue, share
from badges.models import Credential, Recipient, ShareLink
from journeys.duplicates.actions.merging import merge
from journeys.duplicates.actions.undoing import undo_merge
from journeys.models import Holder, Recognition
from journeys.rights.actions.erasing import erase_beyond_duty
from journeys.rights.gathering import rows_of
from journeys.transfers import actions as transfers
from rtr import scope
from territories.accounts.enums import Role
from tests.badges.factories import signed
from tests.cast import member
from tests.journeys.experiences import account_of, told
from tests.journeys.factories import JourneyFactory, ago, join
from tests.journeys.recognition import a_badge, asked, given, lived


@pytest.fixture
def inside(caen, vallees):
    with scope.over([caen.pk, vallees.pk]):
        yield caen


def of(territory, organisation, nickname="Kiwi", contracted=True):
    journey = JourneyFactory(
        territory=territory,
        participant__organisation=organisation,
        participant__nickname=nickname,
        contracted=contracted,
    )
    account_of(journey)
    return journey


@pytest.fixture
def journey(inside, le_dome):
    return of(inside, le_dome)


@pytest.fixture
def badge(inside, le_dome):
    return a_badge(inside, le_dome)


@pytest.fixture
def held(journey, badge, referent):
    return given(journey, referent, badge)


def shown(credential, **more) -> ShareLink:
    until = timezone.now() + datetime.timedelta(days=30)
    return share(credential=credential, until=until, words="D’accord.", by=None, **more)


def test_they_follow_to_another_territory(journey, held, caen, vallees, le_wip, coordinator):
    link, here = shown(held), member("Paul", Role.COORDINATOR, le_wip, vallees)
    rose = member("Rose", Role.REFERENT, le_wip, vallees).memberships.get()
    proposed = transfers.propose(
        journey=journey, by=coordinator, seen=None, to=vallees, reason="moved", agreed_on=ago(1)
    )
    transfers.accept(transfer=proposed, by=here, referent=rose)
    with scope.over([vallees.pk]):
        held.refresh_from_db()
        link.refresh_from_db()
        assert {held.territory, link.territory, Recognition.objects.get().territory} == {vallees}
        assert Holder.objects.get().recipient == held.recipient
    with scope.over([caen.pk]):
        assert not Credential.objects.exists()


def test_two_wallets_become_one_and_two_again(journey, held, badge, le_dome, caen, referent):
    other = of(caen, le_dome, "Zaza", contracted=False)
    second = given(other, referent, a_badge(caen, le_dome, code="coudre"))
    nadia = member("Nadège", Role.COORDINATOR, le_dome, caen)
    row = merge(kept=journey, absorbed=other, by=nadia, seen=None, seen_absorbed=None, taken={})
    mine = Recipient.objects.get(holder__participant=journey.participant)
    assert set(mine.credentials.all()) == {held, second}
    assert Recognition.objects.filter(journey=journey).count() == 2
    undo_merge(merge=row, by=nadia)
    assert set(mine.credentials.all()) == {held}
    second.refresh_from_db()
    assert second.recipient.holder.participant == other.participant
    assert second.recipient.user == other.participant.user


def test_the_only_wallet_comes_with_its_account(inside, badge, le_dome, caen, referent):
    absorbed = of(caen, le_dome, contracted=False)
    credential, user = given(absorbed, referent, badge), absorbed.participant.user
    kept = JourneyFactory(
        territory=caen,
        participant__organisation=le_dome,
        participant__nickname="Zaza",
        contracted=True,
    )
    nadia = member("Nadège", Role.COORDINATOR, le_dome, caen)
    merge(kept=kept, absorbed=absorbed, by=nadia, seen=None, seen_absorbed=None, taken={})
    assert Holder.objects.get().participant == kept.participant
    assert Recipient.objects.get().user == user
    assert credential in Credential.objects.visible_to(user)


def test_erased_on_request_they_stay_without_words(journey, held, badge, referent):
    signed(reissue(credential=held, by=None, evidence=Evidence(narrative="Mes mots à moi.")))
    shown(held)
    asked(journey, asked_for="Tenir un stand")
    erase_beyond_duty(journey=journey)
    held.refresh_from_db()
    signed(held)
    assert held.is_signed
    assert "Mes mots" not in held.document + held.token + held.evidence_narrative
    assert not ShareLink.objects.exists()
    assert Recognition.objects.get().state == "accepted"


def test_a_copy_of_the_file_holds_them_without_an_account_too(inside, badge, le_dome, referent):
    journey = JourneyFactory(territory=inside, participant__organisation=le_dome)
    join(journey, referent)
    credential = given(journey, referent, badge)
    rows = rows_of(journey.participant)
    assert rows[Credential] == [credential]
    assert len(rows[Recognition]) == 1


# -- Nothing of the programme, of the situation, of the person -------------------------------------

CANARIES = "Camille Martin Kiwi LOUTRE insertion inclusion contrat parcours caché Partagés 1995"


def page_of(client, url) -> str:
    return client.get(url, headers={"Accept": "text/html"}).content.decode()


def test_what_the_world_reads_says_nothing_more(client, journey, held, badge, le_dome, inside):
    """Documents, tokens, pages and files of a badge that is shown without a name."""
    reflection = told(lived(journey, le_dome), did="Kiwi a aimé le parcours.")
    asked(journey, asked_for="Autre", reflection=reflection, words="Kiwi, du contrat.")
    words = [*CANARIES.split(), journey.participant.code, str(journey.participant.user.uuid)]
    words += [inside.name, inside.programme.name, "A découpé une enseigne."]
    link = shown(held)
    read = [held.document, held.token]
    with scope.over([]):
        for kind in ("json", "jwt", "svg"):
            url = reverse("share_file", args=[link.token, held.uuid, kind])
            read.append(client.get(url).content.decode())
        read.append(page_of(client, reverse("share", args=[link.token])))
        url = reverse("credential_public", args=[held.uuid])
        read.append(client.get(url, headers={"Accept": "application/json"}).content.decode())
        read.append(page_of(client, url))
    for text in read:
        assert text
        assert [word for word in words if word.lower() in text.lower()] == []
    subject = json.loads(held.document)["credentialSubject"]
    assert subject["id"] == f"urn:uuid:{held.subject}"
    assert str(held.recipient.uuid) not in held.document


def test_two_badges_of_one_person_do_not_name_one_person(journey, held, inside, le_dome, referent):
    other = given(journey, referent, a_badge(inside, le_dome, code="coudre"))
    one, two = (json.loads(each.document)["credentialSubject"]["id"] for each in (held, other))
    assert one != two


def test_the_name_that_was_chosen_is_the_one_shown(client, held):
    link = shown(held, name="Camille")
    with scope.over([]):
        page = page_of(client, reverse("share", args=[link.token]))
    assert "Camille" in page
    assert "Martin" not in page
