"""« Mes droits » and badges: all of them in the copy; all gone with the person, links and doors."""

import io
import json
import zipfile

import pytest
from allauth.idp.oidc.models import Token
from django.test import Client
from django.urls import reverse

from badges import models as b
from badges.credentials.actions import Evidence, reissue
from journeys import models as m
from journeys.portal.actions import give_link
from rtr import scope
from territories.models import User
from tests.badges.factories import signed
from tests.badges.wallet import Wallet
from tests.journeys.recognition import a_badge, asked, given
from tests.journeys.test_recognition_lifecycle import shown
from tests.journeys.test_wallet_elsewhere import a_stranger_s, adds

ABOUT = [
    *(m.Holder, m.Recognition, b.Recipient, b.Credential, b.Collection, b.CollectionItem),
    *(b.ShareLink, b.ForeignBadge, b.Endorsement, b.ConnectedWallet),
]


@pytest.fixture(autouse=True)
def inside(caen, vallees):
    with scope.over([caen.pk, vallees.pk]):
        yield


@pytest.fixture
def phone(client, kiwi, coordinator):
    client.post(reverse("portal_enter", args=[give_link(journey=kiwi, by=coordinator)]))
    kiwi.participant.refresh_from_db()
    return client


@pytest.fixture
def held(phone, kiwi, caen, le_dome, referent):
    """Kiwi's, with their words and somebody's."""
    badge = given(kiwi, referent, a_badge(caen, le_dome))
    asked(kiwi, asked_for="Tenir un stand")
    reissue(credential=badge, by=None, evidence=Evidence(narrative="Mesmotsamoi"))
    signed(badge)
    own = {"territory": caen, "recipient": badge.recipient}
    pages = b.Collection.objects.create(**own, name="Monclasseur")
    b.CollectionItem.objects.create(territory=caen, collection=pages, credential=badge)
    b.Endorsement.objects.create(
        territory=caen,
        credential=badge,
        agreed_on=badge.awarded_on,
        invited_name="Monvoisin",
        invited_email="voisin@exemple.fr",
    )
    return badge


@pytest.fixture
def link(held):
    return shown(held, name="Mapremiere")


@pytest.fixture
def wallet(phone, held):
    adds(phone, json.dumps(a_stranger_s()))
    return Wallet().connect(phone)


def rows_left() -> dict[str, int]:
    counts = {model.__name__: model._base_manager.count() for model in (*ABOUT, Token)}
    return {name: count for name, count in counts.items() if count}


def test_the_copy_holds_badges_links_and_wallets_and_opens_none_of_them(phone, held, link, wallet):
    taken = phone.post(reverse("portal_copy_take"))
    archive = zipfile.ZipFile(io.BytesIO(b"".join(taken.streaming_content)))
    page = archive.read("mon-dossier.html").decode()
    data = archive.read("mon-dossier.json").decode()

    for words in ("Mesmotsamoi", "Monclasseur", "Monvoisin", "Mapremiere", "Mon Classeur",
                  "wallet.example", "Un festival", "Tenir un stand"):  # fmt: skip
        assert words in page and words in data, words
    assert set(json.loads(data)["tables"]) >= {model.__name__ for model in ABOUT}
    closed = [link.token, "voisin@exemple.fr", *Token.objects.values_list("hash", flat=True)]
    assert [one for one in closed if one in page + data] == []


def test_all_of_it_goes_with_the_person_and_each_door_closes(phone, held, link, wallet):
    world, shared = Client(), reverse("share", args=[link.token])
    file = reverse("share_file", args=[link.token, held.uuid, "json"])
    assert rows_left().keys() == {model.__name__ for model in (*ABOUT, Token)}  # the control
    assert world.get(shared).status_code == 200 and wallet.get().status_code == 200
    assert world.get(file).status_code == 200
    bits = reverse("status_list", args=[held.issuer.slug, held.status_list.number])
    person = held.recipient.user_id

    phone.post(reverse("portal_erase"))

    assert rows_left() == {}
    assert world.get(shared).status_code in (404, 410) and world.get(file).status_code in (404, 410)
    assert wallet.get().status_code == 401 and wallet.refresh().status_code >= 400
    assert User.objects.filter(pk=person, is_active=False).exists()  # the journal names it
    # Whoever kept the file verifies it still, by a list and keys that name nobody.
    assert world.get(bits).status_code == 200
