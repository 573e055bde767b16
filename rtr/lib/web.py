"""Handing a message to a provider by HTTP: what its answer, or its silence, says of it."""

import json
import ssl
from collections.abc import Collection, Mapping
from typing import Any

import requests
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from rtr import due

TIMEOUT = (3, 10)  # seconds: to connect, then between two bytes
MOST = 64 * 1024  # bytes of an answer worth reading
# Nothing left our side: no connection was made, or not with whom we meant to speak to.
_BEFORE = (
    ConnectTimeoutError,
    NewConnectionError,
    ConnectionRefusedError,
    ssl.SSLCertVerificationError,
)
# Our account, or the moment, is what the provider minds: the message may leave later.
_LATER = {401, 402, 403, 404, 429, 503}


def call(method: str, url: str, *, body: bytes, headers: Mapping[str, str]) -> tuple[int, Any]:
    """Ask a provider. Returns: the status and the JSON of the answer, None where it holds none.

    Parameters: `body`, bytes as sent. `MOST` bytes are read, after waiting for `TIMEOUT` at most.
    Raises requests.RequestException. Redirections are not followed: they would carry the keys.
    """
    with requests.request(
        method,
        url,
        data=body,
        headers=headers,
        timeout=TIMEOUT,
        allow_redirects=False,
        stream=True,
    ) as response:
        content = response.raw.read(MOST, decode_content=True)
    try:
        return response.status_code, json.loads(content)
    except ValueError:
        return response.status_code, None


def send(url: str, *, body: bytes, headers: Mapping[str, str], later: Collection[str] = ()) -> Any:
    """Hand a message over; returns what the provider answered to it.

    Parameters: `later`, its codes of refusal that are not about the message.
    Raises due.NotDone, due.Refused, or ValueError and others when nobody knows.
    """
    try:
        status, found = call("POST", url, body=body, headers=headers)
    except requests.RequestException as error:
        if nothing_left(error):
            raise due.NotDone(type(error).__qualname__) from error
        raise
    if not 200 <= status < 300:
        raise refusal(status, _code(found), later)
    return found


def refusal(status: int, code: str = "", later: Collection[str] = ()) -> Exception:
    """What an answer that is no success says of the message that it answers.

    Parameters: `status`, of HTTP; `code`, the provider's own; `later`, those of its codes that are
    not about the message. Returns: what to raise, due.NotDone, due.Refused or ValueError.
    """
    said = f"HTTP {status} {code}".strip()
    if status in _LATER or code in later:
        return due.NotDone(said)
    if 400 <= status < 500 and status != 408:
        return due.Refused(said)
    return ValueError(said)


def nothing_left(error: BaseException) -> bool:
    """Whether one of the errors behind this one says that nothing was sent."""
    behind = [error]
    for each in behind:  # it grows as it is read
        if isinstance(each, _BEFORE):
            return True
        inner = [getattr(each, "reason", None), each.__cause__, *each.args]
        behind += [one for one in inner if isinstance(one, BaseException) and one not in behind]
    return False


def _code(found: Any) -> str:
    """The provider's word for its refusal: a word, never a text that could quote somebody."""
    if not isinstance(found, dict):
        return ""
    word = str(found.get("errorCode") or found.get("code") or "")
    return word[:40] if word.replace("_", "").isalnum() else ""
