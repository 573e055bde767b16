"""Addresses that strangers give: public ones by https, or nothing."""

import io
import socket
from types import SimpleNamespace

import pytest

from rtr.lib import public_web
from rtr.lib.public_web import Refused, is_public, read

PUBLIC = "93.184.215.14"


class Peer:
    """A server that says what it was given, to whom nothing is connected."""

    def __init__(self, *answers: bytes):
        self.answers = list(answers)
        self.asked: list[tuple[str, bytes]] = []

    def connect(self, connection) -> None:
        peer = self

        class Line:
            def sendall(self, content):
                peer.asked.append((connection.address, content))

            def makefile(self, mode):
                return io.BytesIO(peer.answers.pop(0))

            def close(self):
                pass

        connection.sock = Line()


def answer(status: str = "200 OK", body: bytes = b"{}", **headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {said}" for name, said in headers.items())]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode() + body


@pytest.fixture
def world(monkeypatch, socket_disabled):
    """Names and their addresses; a socket that opens fails the test."""
    names = {"badges.example": [PUBLIC]}
    asked = []

    def looked_up(host, port, **how):
        asked.append(host)
        if host not in names:
            raise socket.gaierror("unknown")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in names[host]]

    ours = {name: getattr(socket, name) for name in ("SOCK_STREAM", "SHUT_RDWR", "socket")}
    ours["create_connection"] = socket.create_connection
    monkeypatch.setattr(public_web, "socket", SimpleNamespace(**ours, getaddrinfo=looked_up))
    names["asked"] = asked
    return names


@pytest.fixture
def peer(monkeypatch, world):
    found = Peer()
    monkeypatch.setattr(public_web._Pinned, "connect", lambda self: found.connect(self))
    return found


def refused(url: str, **bounds) -> str:
    with pytest.raises(Refused) as error:
        read(url, **bounds)
    return error.value.code


def test_a_public_page_is_read_at_the_address_that_was_looked_at(peer, world):
    peer.answers = [answer(body=b"badge")]

    found = read("https://badges.example/b/1?v=2", accept="application/json")

    assert (found.url, found.content) == ("https://badges.example/b/1?v=2", b"badge")
    ((address, said),) = peer.asked
    assert address == PUBLIC and world["asked"] == ["badges.example"]
    assert said.startswith(b"GET /b/1?v=2 HTTP/1.1\r\nHost: badges.example\r\n")
    assert b"Cookie" not in said and b"Authorization" not in said


@pytest.mark.parametrize(
    "address",
    "127.0.0.1 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 "
    "240.0.0.1 255.255.255.255 192.0.2.1 198.18.0.1 ::1 :: fe80::1 fc00::1 ff02::1 "
    "::ffff:10.0.0.1 ::ffff:93.184.215.14 64:ff9b::a00:1 2002:a00:1::1 2001:0:1::1 2001:db8::1 "
    "fe80::1%eth0 nonsense".split(),
)
def test_no_private_address_is_connected_to(world, address):
    world["badges.example"] = [address]

    assert not is_public(address)
    assert refused("https://badges.example/") == "private_address"


def test_public_addresses_are_public():
    assert is_public(PUBLIC) and is_public("2606:2800:21f:cb07:6820:80da:af6b:8b2c")


def test_a_name_with_one_private_address_among_its_own_is_refused(world):
    world["badges.example"] = [PUBLIC, "10.0.0.1"]

    assert refused("https://badges.example/") == "private_address"


def test_a_name_that_changes_its_address_is_connected_to_where_it_was_first(peer, world):
    """Rebinding: the second answer of the name server would be private."""
    world["badges.example"] = [PUBLIC]
    peer.answers = [answer()]
    read("https://badges.example/")

    assert world["asked"] == ["badges.example"] and peer.asked[0][0] == PUBLIC


@pytest.mark.parametrize(
    "url",
    [
        "http://badges.example/",
        "ftp://badges.example/",
        "file:///etc/passwd",
        "https://badges.example:8443/",
        "https://me:pass@badges.example/",
        "https://badges.example/a b",
        "https://badges.example/\r\nHost: x",
        "https://",
        "https://[::1",
        "https://badges.example:99999/",
        "https://" + "a" * 70 + ".example/",
        "https://badges.example/" + "a" * 2000,
        "",
    ],
)
def test_only_plain_https_addresses_are_read(world, url):
    assert refused(url) == "not_https"


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "127.1"])
def test_addresses_written_otherwise_are_looked_at_once_resolved(world, host):
    world[host] = ["127.0.0.1"]

    assert refused(f"https://{host}/") == "private_address"


def test_redirections_are_followed_with_the_same_care(peer, world):
    world["else.example"] = ["93.184.215.15"]
    peer.answers = [
        answer("302 Found", Location="https://else.example/x"),
        answer("301 Moved", Location="/y"),
        answer(body=b"there"),
    ]

    assert read("https://badges.example/").url == "https://else.example/y"
    assert [address for address, _said in peer.asked] == [PUBLIC, *["93.184.215.15"] * 2]


@pytest.mark.parametrize(
    "to, code",
    [
        ("https://intranet.example/", "private_address"),
        ("http://badges.example/", "not_https"),
        ("file:///etc/passwd", "not_https"),
        ("https://[", "not_https"),
        ("https://badges.example/again", "redirected"),
    ],
)
def test_redirections_lead_nowhere_else(peer, world, to, code):
    world["intranet.example"] = ["10.0.0.1"]
    peer.answers = [answer("302 Found", Location=to)] * 9

    assert refused("https://badges.example/") == code
    assert {address for address, _said in peer.asked} == {PUBLIC}


@pytest.mark.parametrize(
    "said, code",
    [
        (answer("404 Not Found"), "not_found"),
        (answer("410 Gone"), "gone"),
        (answer("500 Oops"), "refused"),
        (answer("204 No Content"), "refused"),
        (answer(body=b"x" * 200), "too_big"),
        (b"", "unreachable"),
        (b"SSH-2.0-x\r\n", "unreachable"),
        (answer(**{"Transfer-Encoding": "chunked"}, body=b"zz\r\n"), "unreachable"),
    ],
)
def test_other_answers_are_refused(peer, said, code):
    peer.answers = [said]

    assert refused("https://badges.example/", most=100) == code


def test_an_answer_that_comes_too_late_is_no_answer(peer):
    peer.answers = [answer()]

    assert refused("https://badges.example/", seconds=0) == "unreachable"


def test_an_unknown_name_is_unreachable(world):
    assert refused("https://nobody.example/") == "unreachable"
