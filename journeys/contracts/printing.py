"""The frozen contract as a PDF to sign by hand, or to keep, that anybody can check.

Typst lays it out from journeys/contracts/contract.typ, in French or in the language that was read.
What people typed reaches it as data (JSON), never as markup: a `#` in an objective is a `#` on the
page. Source: ISO 14289-1 (PDF/UA-1): tags, language, title, alternative text.
"""

import json
from functools import cache
from pathlib import Path

import typst
from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate

from journeys.contracts.enums import Signer
from journeys.contracts.models import Contract
from journeys.contracts.reading import Place, Shown, places_of, shown_in
from journeys.contracts.spoken import Spoken
from journeys.messages.enums import Language
from rtr.lib import qr

# Amiri keeps each letter whole, so that an Arabic paper can be read aloud and copied; fonts that
# draw letters and their dots apart come out garbled.
FONTS = Path(settings.BASE_DIR) / "static" / "vendor" / "amiri-0.4.1"


def verify_url(contract: Contract, sha256: str = "") -> str:
    return settings.SITE_URL + reverse("contract_verify", args=[sha256 or contract.sha256])


def pdf(
    contract: Contract, places: list[Place] | None = None, language: str = Language.FRENCH
) -> bytes:
    """Parameters: `contract`, frozen; `places`, who signs, with the signatures already there;
    `language`, that of the text: easy French, then French, where it was not translated.

    Raises ValueError for a draft: only a text that changes no more goes on paper.
    """
    if not contract.is_frozen:
        raise ValueError("a draft is not printed")
    shown = shown_in(contract, language)
    places = places_of(contract, None) if places is None else places
    return typst.compile(
        _layout(),
        sys_inputs={"data": json.dumps(_data(contract, shown, places), ensure_ascii=False)},
        pdf_standards="ua-1",
        ignore_system_fonts=True,
        font_paths=[str(FONTS)],
        timestamp=int(contract.frozen_at.timestamp()),
    )


def _data(contract: Contract, shown: Shown, places: list[Place]) -> dict:
    words, say = shown.language.words["pdf"], shown.language.say
    url = verify_url(contract, shown.sha256)
    title, *blocks = shown.paragraphs
    code = contract.journey.participant.code
    frozen = shown.language.day(localdate(contract.frozen_at))
    return {
        "lang": shown.language.code,
        "title": title.lines[0],
        "code": code,
        "footer": say("pdf", "footer", code, contract.number, frozen),
        "words": words | {"here": words["here"].split("{}")},
        "page": [part.strip("\u2068\u2069") for part in words["page"].split("{}")],
        "paragraphs": [{"title": one.title, "lines": one.lines} for one in blocks],
        "places": [_place(contract, place, shown.language) for place in places],
        "sha256": shown.sha256,
        "original": "" if shown.is_original else contract.sha256,
        "url": url,
        "qr": qr.svg_file(url),
        "qr_said": say("pdf", "qr", url),
    }


@cache
def _layout() -> bytes:
    return (Path(__file__).parent / "contract.typ").read_bytes()


def _place(contract: Contract, place: Place, in_words: Spoken) -> dict:
    signature = place.signature
    name = place.name
    if place.signer == Signer.PARTICIPANT:
        name = contract.journey.participant.full_name
    received = ""
    if signature:
        day = in_words.day(localdate(signature.signed_at))
        received = in_words.say("pdf", "received", day, in_words.words["how"][signature.method])
    return {
        "who": in_words.words["who"][place.signer],
        "name": name,
        "received": received,
        "by_hand": not place.is_own,
    }
