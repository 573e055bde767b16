"""Badges that may be given, and people who ask for them."""

import uuid

from badges.credentials.models import Credential
from badges.issuers.actions import open_issuer
from journeys.models import Experience, Recognition
from journeys.recognition.actions.answering import accept
from journeys.recognition.actions.asking import ask, propose
from journeys.recognition.actions.giving import give
from tests.badges.factories import a_version, signed
from tests.journeys.experiences import account_of, activity_of, attend, session_of, told

LASER = "J’ai utilisé la découpe laser"


def a_badge(territory, organisation, **fields):
    """« Découper au laser », published, that the organisation may issue. Returns the model."""
    open_issuer(organisation=organisation, by=None)
    return a_version(territory, organisation, **fields).achievement


def lived(journey, organisation, days=3) -> Experience:
    """An activity attended, which makes an experience."""
    session = session_of(activity_of(journey.territory, organisation), days)
    attend(session, journey.participant)
    return Experience.objects.get(journey=journey, activity=session.activity)


def asked(journey, achievement=None, **of) -> Recognition:
    """By the person, on their own pages."""
    return ask(
        journey=journey,
        by=account_of(journey),
        client_uuid=of.pop("client_uuid", uuid.uuid4()),
        achievement=achievement,
        **of,
    )


def proposed(journey, by, achievement, **of) -> Recognition:
    return propose(
        journey=journey,
        by=by,
        seen=None,
        client_uuid=uuid.uuid4(),
        achievement=achievement,
        **of,
    )


def given(journey, by, achievement, reason="A découpé une enseigne.") -> Credential:
    """Asked, accepted, signed."""
    row = accept(recognition=asked(journey, achievement), by=by, seen=None, reason=reason)
    return signed(row.credential)


def given_at(session, by, achievement, numbers, **of):
    return give(
        session=session,
        by=by,
        achievement=achievement,
        numbers=numbers,
        reason=of.pop("reason", "A découpé une pièce, du dessin à la finition."),
        client_uuid=of.pop("client_uuid", uuid.uuid4()),
    )


__all__ = ["LASER", "a_badge", "asked", "given", "given_at", "lived", "proposed", "told"]
