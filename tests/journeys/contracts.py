"""Contracts for tests, made by the acts themselves."""

import datetime
from io import BytesIO

from dateutil.relativedelta import relativedelta
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from journeys.contracts.actions import preparing, signing
from journeys.contracts.enums import Signer
from journeys.contracts.models import Contract


def photo(name: str = "page.jpg") -> SimpleUploadedFile:
    """A small photograph."""
    drawn = BytesIO()
    Image.new("RGB", (60, 40), "white").save(drawn, "JPEG")
    return SimpleUploadedFile(name, drawn.getvalue(), "image/jpeg")


def fill(
    journey, by, *, wording: str = "Utiliser la découpe laser", guardian: str = ""
) -> Contract:
    """A draft with everything that the text wants."""
    act = {"by": by, "seen": None}
    contract = preparing.prepare(journey=journey, **act)
    identity = {"first_name": "Camille", "last_name": "Martin", "guardian": guardian}
    identity["birth_date"] = datetime.date(1995, 5, 17)
    preparing.write_identity(contract=contract, identity=identity, **act)
    aims = [{"wording": wording, "achievement": None}]
    preparing.write_objectives(contract=contract, objectives=aims, **act)
    terms = {
        "weekly_hours": 12,
        "planned_end_on": timezone.localdate() + relativedelta(months=12),
    }
    return preparing.write_terms(contract=contract, terms=terms, **act)


def frozen(journey, by, **said) -> Contract:
    contract = fill(journey, by, **said)
    return preparing.freeze(contract=contract, by=by, seen=None)


def sign(contract: Contract, coordinator) -> None:
    """The person by hand, the coordinator in her session."""
    act = {"contract": contract, "by": coordinator, "seen": None}
    signing.sign_by_hand(signer=Signer.PARTICIPANT, photo=photo(), **act)
    signing.sign_in_session(signer=Signer.COORDINATOR, **act)
