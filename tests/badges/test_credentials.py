"""A badge's life: awarded at once, signed within a minute, re-issued, revoked."""

import datetime
import json

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from badges.credentials.actions import Evidence, award, award_many, reissue, revoke
from badges.credentials.enums import RevokeReason, State
from badges.issuers.enums import State as IssuerState
from badges.issuers.actions import change_state, open_network, speak_through
from badges.models import Credential
from badges.proofs import integrity, jwt, keys
from rtr.due import Status
from tests.badges.factories import a_recipient, signed


def test_a_badge_is_somebodys_at_once_and_signed_by_the_due_rows(awarded, issuer):
    assert (awarded.state, awarded.status, awarded.document) == (State.AWARDED, Status.DUE, "")

    badge = signed(awarded)

    assert (badge.state, badge.status) == (State.SIGNED, Status.DONE)
    ed, rsa = badge.ed_key, badge.rsa_key
    document = json.loads(badge.document)
    integrity.verify(document, public_key=keys.from_multibase(ed.public_multibase))
    jwt.verify(badge.token, public_jwk=rsa.public_jwk | {"kid": rsa.method})
    assert document["id"] == badge.url
    assert document["issuer"]["id"] == issuer.did
    assert document["credentialSubject"]["id"] == f"urn:uuid:{badge.subject}"
