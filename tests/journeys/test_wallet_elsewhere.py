"""Badges that others issued, in the person's wallet: verified, kept, verified again, erased."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from badges.models import ForeignBadge
from badges.proofs import documents, integrity, keys
from rtr import scope
from tests.badges.factories import DRAWING
from tests.badges.proofs import THEN, badge, ed25519
from tests.journeys.acts import errors
from tests.journeys.acts import told as heard
from tests.journeys.phones import said
from tests.journeys.recognition import a_badge, given


@pytest.fixture(autouse=True)
def inside(caen, vallees):
    with scope.over([caen.pk, vallees.pk]):
        yield


def a_stranger_s(**changes) -> dict:
    """Signed by a key that is its own address: nothing is to be asked of anybody."""
    name = keys.multibase(ed25519("ailleurs").public_key())
    issuer = documents.profile(id=f"did:key:{name}", name="Un festival")
    document = badge(issuer=issuer, status=None, **changes)
    method = f"did:key:{name}#{name}"
    return integrity.sign(document, key=ed25519("ailleurs"), method=method, created=THEN)


def adds(client, text: str = "", **files):
    sent = {"link": text} | files
    return client.post(reverse("portal_foreign_add"), sent, follow=True)


def test_a_badge_of_others_is_verified_and_kept_for_oneself(own_phone):
    done = adds(own_phone, json.dumps(a_stranger_s()))

    assert "Vous seul voyez ce badge." in heard(done)
    page = said(done)
    assert "J’ai utilisé la découpe laser" in page and "Un festival" in page
    assert "Le badge est intact" in page and "Émetteur non vérifié" in page
    assert "J’ai utilisé la découpe laser" in said(own_phone.get(reverse("portal_badges")))


def test_as_a_file_and_twice_it_is_one(own_phone):
    text = json.dumps(a_stranger_s()).encode()

    for _tap in range(2):
        adds(own_phone, file=SimpleUploadedFile("badge.json", text, "application/json"))

    assert ForeignBadge.objects.count() == 1


@pytest.mark.parametrize("text", ["", "Bonjour", "{}", DRAWING])
def test_what_is_no_badge_is_refused_with_a_word(own_phone, text):
    refused = adds(own_phone, text)

    assert refused.status_code == 422 and errors(refused)
    assert not ForeignBadge.objects.exists()


@pytest.mark.parametrize("words", ["Dix pièces", "4111 1111 1111 1111"])
def test_a_changed_one_is_refused_with_the_reason(own_phone, words):
    changed = json.dumps(a_stranger_s(), ensure_ascii=False).replace("Une pièce", words)

    refused = adds(own_phone, changed)

    assert refused.status_code == 422
    assert "n’est pas authentique" in said(refused)


def test_one_of_ours_is_where_it_is_already(own_phone, camille, caen, le_dome, coordinator):
    held = given(camille, coordinator, a_badge(caen, le_dome))

    assert "a été délivré ici" in said(adds(own_phone, held.document))


def test_verified_again_and_erased_in_two_taps(own_phone):
    adds(own_phone, json.dumps(a_stranger_s()))
    found = ForeignBadge.objects.get()

    again = own_phone.post(reverse("portal_foreign_check", args=[found.pk]), follow=True)
    assert "C’est vérifié de nouveau." in heard(again)

    remove = reverse("portal_foreign_remove", args=[found.pk])
    assert "Effacer ce badge ?" in said(own_phone.get(remove))
    assert "C’est effacé." in heard(own_phone.post(remove, follow=True))
    assert not ForeignBadge.objects.exists()


def test_one_that_was_taken_back_since_says_so(own_phone):
    adds(own_phone, json.dumps(a_stranger_s()))
    found = ForeignBadge.objects.get()
    ForeignBadge.objects.update(checks=[{"code": "status", "ok": False, "why": "revoked"}])

    page = said(own_phone.get(reverse("portal_foreign", args=[found.pk])))

    assert "Ce badge ne compte plus" in page
