"""The frozen contract as a PDF to sign by hand, that anybody can check.

Typst lays it out from journeys/contracts/contract.typ. What people typed reaches it as data (JSON),
never as markup: a `#` in an objective is a `#` on the page.
Source: ISO 14289-1 (PDF/UA-1): tags, language, title, alternative text.
"""

import json
from functools import cache
from pathlib import Path

import typst
from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localtime

from journeys.contracts.enums import Signer
from journeys.contracts.models import Contract
from journeys.contracts.reading import Place
from journeys.contracts.writing import paragraphs
from rtr.lib import french, qr


def verify_url(contract: Contract) -> str:
    return settings.SITE_URL + reverse("contract_verify", args=[contract.sha256])


def pdf(contract: Contract, places: list[Place]) -> bytes:
    """Parameters: `contract`, frozen; `places`, who signs, with the signatures already there.

    Raises ValueError for a draft: only a text that changes no more goes on paper.
    """
    if not contract.is_frozen:
        raise ValueError("a draft is not printed")
    blocks = paragraphs(contract.text)
    data = {
        "title": blocks[0].lines[0],
        "code": contract.journey.participant.code,
        "version": contract.number,
        "frozen": french.day_in_full(localtime(contract.frozen_at).date(), weekday=False),
        "paragraphs": [{"title": one.title, "lines": one.lines} for one in blocks[1:]],
        "places": [_place(contract, place) for place in places],
        "sha256": contract.sha256,
        "url": verify_url(contract),
        "qr": qr.svg_file(verify_url(contract)),
    }
    return typst.compile(
        _layout(),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards="ua-1",
        ignore_system_fonts=True,
        timestamp=int(contract.frozen_at.timestamp()),
    )


@cache
def _layout() -> bytes:
    return (Path(__file__).parent / "contract.typ").read_bytes()


def _place(contract: Contract, place: Place) -> dict:
    signature = place.signature
    name = place.name
    if place.signer == Signer.PARTICIPANT:
        name = contract.journey.participant.full_name
    signed = ""
    if signature:
        signed = french.day_in_full(localtime(signature.signed_at).date(), weekday=False)
    return {
        "who": str(Signer(place.signer).label),
        "name": name,
        "signed": signed,
        "how": signature.get_method_display() if signature else "",
        "by_hand": not place.is_own,
    }
