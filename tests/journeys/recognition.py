"""Badges that may be given, and people who ask for them."""

import uuid

from badges.credentials.models import Credential
from badges.endorsements.actions import give as support
from badges.endorsements.actions import invite
from badges.issuers.actions import open_issuer
from badges.models import ForeignBadge
from journeys.models import Experience, Recognition
from journeys.recognition.actions.answering import accept, ask_more
from journeys.recognition.actions.asking import ask, propose
from journeys.recognition.actions.giving import give
from journeys.recognition.scanning import token_of
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


def a_badge_of_each_moment(journey, by) -> dict[str, list]:
    """Signed and supported, asked for and to complete, an image of others, a code on the spot; the
    pages where each is read, with their arguments."""
    journey.participant.refresh_from_db()  # it may have an account since it came in
    model = a_badge(journey.territory, journey.participant.organisation)
    held = given(journey, by, model)
    more = asked(journey, asked_for="Réparer un vélo")
    ask_more(recognition=more, by=by, seen=None, answer="Racontez.")
    row, _token = invite(subject=held, territory=journey.territory, by=by, is_agreed=True)
    given_support, _again = support(endorsement=row, comment="Bravo.", name="Léa Martin")
    foreign = ForeignBadge.objects.create(
        territory=journey.territory,
        recipient=held.recipient,
        kind="ob2",
        raw="{}",
        sha256="f" * 64,
        name="Venu",
        image=b"PNG",
    )
    session = session_of(activity_of(journey.territory, model.organisation), 0)
    return {
        "portal_badge": [held.pk],
        "portal_badge_file": [held.pk, "png"],
        "portal_asked_complete": [more.pk],
        "portal_support_remove": [given_support.pk],
        "portal_foreign_image": [foreign.pk],
        "portal_scan": [token_of(session, model)],
    }


__all__ = [
    "LASER",
    "a_badge",
    "a_badge_of_each_moment",
    "asked",
    "given",
    "given_at",
    "lived",
    "proposed",
    "told",
]
