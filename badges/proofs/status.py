"""Bitstring status lists: one bit a badge, so that who looks one up does not say which.

Source: W3C Bitstring Status List 1.0, sections 2.2, 3.2 and 3.3.
"""

import base64
import binascii
import zlib
from collections.abc import Iterable
from typing import Any

from badges.proofs.documents import identifier
from badges.proofs.errors import ProofError

SIZE = 131_072  # bits at least: a badge hides among that many
MOST = 16 * 1024 * 1024  # bytes once decompressed, whoever's list it is


def encode(indices: Iterable[int], *, size: int = SIZE) -> str:
    """The `encodedList` where these bits are set: `u`, base64url of gzip, first bit leftmost.

    Parameters: `size`, in bits, a multiple of 8. Raises ValueError for a size or an index outside.
    The same indices give the same text: nothing of the clock is in it.
    """
    if size < SIZE or size % 8:
        raise ValueError("a status list has 131,072 bits or more, in whole bytes")
    bits = bytearray(size // 8)
    for index in indices:
        if not 0 <= index < size:
            raise ValueError(f"{index} is outside of the list")
        bits[index // 8] |= 0x80 >> index % 8
    packer = zlib.compressobj(9, wbits=31)  # gzip, without a date
    packed = packer.compress(bytes(bits)) + packer.flush()
    return "u" + base64.urlsafe_b64encode(packed).rstrip(b"=").decode()


def decode(encoded: object) -> bytes:
    """The bits of an `encodedList`, at most `MOST` bytes. Raises `bad_status`, `too_big`."""
    if not isinstance(encoded, str) or not encoded.startswith("u"):
        raise ProofError("bad_status", "encodedList")
    try:
        packed = base64.b64decode(encoded[1:] + "=" * (-len(encoded[1:]) % 4), b"-_", validate=True)
        reader = zlib.decompressobj(wbits=31)
        bits = reader.decompress(packed, MOST)
    except (binascii.Error, zlib.error, ValueError) as error:
        raise ProofError("bad_status", str(error)[:80]) from error
    if reader.unconsumed_tail:
        raise ProofError("too_big", "encodedList")
    if not reader.eof or len(bits) * 8 < SIZE:
        raise ProofError("bad_status", "encodedList")
    return bits


def check(document: dict[str, Any], status_list: dict[str, Any]) -> None:
    """Refuse a badge that its issuer withdrew.

    Parameters: `document`, the badge; `status_list`, what is at the address it gives, whose own
    proof and dates the caller verified. A badge without status is not refused.
    Raises `ProofError`: `revoked`, `status_of_another`, `bad_status`, `too_big`.
    """
    entry = document.get("credentialStatus")
    if entry is None:
        return
    subject = status_list.get("credentialSubject")
    if not isinstance(subject, dict) or not isinstance(entry, dict):
        raise ProofError("bad_status")
    purposes = subject.get("statusPurpose")
    if (
        status_list.get("id") != entry.get("statusListCredential")
        or identifier(status_list.get("issuer")) != identifier(document.get("issuer"))
        or entry.get("statusPurpose")
        not in (purposes if isinstance(purposes, list) else [purposes])  # one or more (2.2)
    ):
        raise ProofError("status_of_another")
    index = index_of(entry)
    bits = decode(subject.get("encodedList"))
    if index >= len(bits) * 8:
        raise ProofError("bad_status", f"index {index}")
    if bits[index // 8] & 0x80 >> index % 8:
        raise ProofError("revoked")


def index_of(entry: dict[str, Any]) -> int:
    """The bit of a `credentialStatus`. Raises `bad_status` for what is not one we can read."""
    index = entry.get("statusListIndex")
    if entry.get("type") not in ("BitstringStatusListEntry", ["BitstringStatusListEntry"]):
        raise ProofError("bad_status", str(entry.get("type"))[:80])
    if entry.get("statusSize", 1) != 1 or not isinstance(entry.get("statusListCredential"), str):
        raise ProofError("bad_status")
    if not isinstance(index, str) or not (index.isascii() and index.isdigit()) or len(index) > 12:
        raise ProofError("bad_status", str(index)[:20])
    return int(index)
