"""Reading an address that a stranger gave, without being sent anywhere but on the public web.

https on its usual port, a name resolved once, all of its addresses public, the connection made to
the address that was looked at (a second answer of the name server changes nothing), each step of a
redirection the same again, bounded in size and in time. No cookie, no key, no proxy goes along.
"""

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

HOPS = 3
TIMEOUT = 4  # seconds for one connection, one read
SECONDS = 8  # for the whole answer
MOST = 2 * 1024 * 1024  # bytes
REDIRECTIONS = {301, 302, 303, 307, 308}
# Global by the registries, but gates to IPv4 or to nobody: refused whatever they lead to.
_PUBLIC_6 = ipaddress.ip_network("2000::/3")
_GATES = [ipaddress.ip_network(one) for one in ("2001::/23", "2001:db8::/32", "2002::/16")]


class Refused(Exception):
    """Nothing was read. `code`: not_https, private_address, unreachable, redirected, too_big,
    not_found, gone, refused."""

    def __init__(self, code: str, detail: str = ""):
        self.code = code
        super().__init__(f"{code}: {detail}"[:300])


@dataclass(frozen=True)
class Answer:
    url: str  # where it was found, after redirections
    content: bytes


def read(url: str, *, accept: str = "*/*", most: int = MOST, seconds: float = SECONDS) -> Answer:
    """What is at this address.

    Parameters: `accept`, the header of that name; `most`, bytes; `seconds`, for all of it.
    Raises Refused.
    """
    end = time.monotonic() + seconds
    for _hop in range(HOPS + 1):
        status, content, to = _once(url, accept, most, end)
        if status not in REDIRECTIONS:
            return Answer(url, _judged(status, content))
        try:
            url = urljoin(url, to)
        except ValueError:
            raise Refused("not_https", "redirected") from None
    raise Refused("redirected", url)


def is_public(address: str) -> bool:
    """Whether an address, as the name server gives it, is of the public internet."""
    try:
        one = ipaddress.ip_address(address)
    except ValueError:  # with a zone, or none at all
        return False
    if one.version == 6 and (one not in _PUBLIC_6 or any(one in gate for gate in _GATES)):
        return False
    return one.is_global and not (one.is_multicast or one.is_reserved or one.is_unspecified)


def _once(url: str, accept: str, most: int, end: float) -> tuple[int, bytes, str]:
    host, target = _parts(url)
    connection = _Pinned(host, _resolved(host))
    guard = threading.Timer(max(end - time.monotonic(), 0), connection.cut)
    guard.daemon = True
    guard.start()
    try:
        headers = {"Accept": accept, "Accept-Encoding": "identity", "User-Agent": "badge-verifier"}
        connection.request("GET", target, headers=headers)
        response = connection.getresponse()
        if response.status in REDIRECTIONS:
            return response.status, b"", response.headers.get("Location") or ""
        content = response.read(most + 1)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Refused("unreachable", type(error).__name__) from error
    finally:
        guard.cancel()
        connection.close()
    if time.monotonic() > end:
        raise Refused("unreachable", "time")
    if len(content) > most:
        raise Refused("too_big")
    return response.status, content, ""


def _judged(status: int, content: bytes) -> bytes:
    if status == 200:
        return content
    raise Refused({404: "not_found", 410: "gone"}.get(status, "refused"), f"HTTP {status}")


def _parts(url: str) -> tuple[str, str]:
    """The host in ASCII, and what to ask it for."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
        host = host.encode("idna").decode() if host else ""
    except (ValueError, UnicodeError):
        raise Refused("not_https") from None
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    plain = url.isascii() and url.isprintable() and " " not in url
    if parts.scheme != "https" or not host or port not in (None, 443) or "@" in parts.netloc:
        raise Refused("not_https")
    if not plain or len(url) > 2000:
        raise Refused("not_https")
    return host, target


def _resolved(host: str) -> str:
    """One address of this name; none if any of its addresses is not public."""
    try:
        found = socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Refused("unreachable", "name") from error
    addresses = [str(one[4][0]) for one in found]
    if not all(is_public(one) for one in addresses):
        raise Refused("private_address", host)
    if not addresses:
        raise Refused("unreachable", "name")
    return addresses[0]


class _Pinned(http.client.HTTPSConnection):
    """A connection to this address, whose certificate is of that name."""

    def __init__(self, host: str, address: str):
        super().__init__(host, 443, timeout=TIMEOUT, context=ssl.create_default_context())
        self.address = address
        self.is_cut = False

    def connect(self) -> None:
        plain = socket.create_connection((self.address, 443), TIMEOUT)
        self.sock = self._context.wrap_socket(
            plain, server_hostname=self.host, do_handshake_on_connect=False
        )
        if self.is_cut:
            raise TimeoutError
        self.sock.do_handshake()

    def cut(self) -> None:
        """The time is over: whoever answers byte by byte waits no more."""
        self.is_cut = True
        if self.sock:
            with contextlib.suppress(OSError):
                socket.socket.shutdown(self.sock, socket.SHUT_RDWR)
