"""Visiting every address of the platform as each role, and reading what comes back."""

from collections.abc import Iterator
from contextlib import nullcontext
from types import SimpleNamespace
from unittest.mock import patch

from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from rtr import scope
from tests.security.answers import Address
from tests.security.oracle import ADDRESSES

# Arguments that are no row of a person.
WORDS = {
    "slug": "reponses",
    "programme_slug": "territoires-partages",
    "territory_slug": "caen",
    "programme": "territoires-partages",
    "subject": "butinage",
    "kind": "commune",
    "token": "un-jeton-inconnu",
    "sha256": "e" * 64,
    "uidb36": "1",
    "key": "une-cle",
    "signer": "participant",
    "cause": "referral.answered",
    "language": "fr",
    "number": 1,
    "batch": "11111111-1111-4111-8111-111111111111",
    "uuid": "11111111-1111-4111-8111-111111111111",
    "month": "2026-10",
    "rows": "1",
    "offered": 0,  # no activity of anybody's catalogue
    "what": "lien",
    "part": 1,
}


def patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    """Every address, down the tree of includes."""
    for found in (resolver or get_resolver()).url_patterns:
        if isinstance(found, URLResolver):
            yield from patterns(found)
        else:
            yield found


def arguments(pattern: URLPattern, address: Address, person) -> dict:
    """The address's arguments for this person: ids in the order the oracle says."""
    names = list(pattern.pattern.converters) or list(pattern.pattern.regex.groupindex)
    names = [name for name in names if name not in WORDS]
    return WORDS_OF(pattern) | dict(zip(names, map(person_id(person), address.ids), strict=True))


def person_id(person):
    def of(name: str):
        if name == "model":
            return "contact"
        if name in ("journey", "participant"):
            return getattr(person, name).pk
        return getattr(person.rows, name).pk

    return of


def WORDS_OF(pattern: URLPattern) -> dict:  # noqa: N802
    names = list(pattern.pattern.converters) or list(pattern.pattern.regex.groupindex)
    return {name: WORDS[name] for name in names if name in WORDS}


def visits(world, *, mixed=None) -> Iterator[SimpleNamespace]:
    """Each address about each person it may be about.

    With `mixed`, only addresses about two rows: the first is mine, the others are that person's.
    """
    for pattern in patterns():
        address = ADDRESSES[pattern.name]
        if mixed and len(address.ids) < 2:
            continue
        for target in ["mine"] if mixed else address.targets:
            person = world.people[target if target != "-" else "mine"]
            kwargs = arguments(pattern, address, person)
            if mixed:
                kwargs = arguments(pattern, address, mixed) | {"pk": person.journey.pk}
            url = reverse(pattern.name, kwargs=kwargs)
            yield SimpleNamespace(name=pattern.name, address=address, target=target, url=url)


class Visitor:
    """A browser whose visits leave no trace: whatever a page writes is taken back."""

    keeps_context = False  # what the templates were given: copying it takes a moment

    def __init__(self, user=None):
        self.client = Client(raise_request_exception=True)
        if user is not None:
            self.client.force_login(user)

    def answer(self, method: str, url: str, data=None) -> SimpleNamespace:
        """Status and text; for an act that was done, the page it leads to is read as well."""
        cookies = self.client.cookies.copy()
        with transaction.atomic(), self._reading():
            response = getattr(self.client, method.lower())(url, data or {})
            body = self._text(response)
            place = response.headers.get("Location", "")
            if method == "POST" and response.status_code == 302 and place.startswith("/"):
                body += self._text(self.client.get(place))
            transaction.set_rollback(True)
        self.client.cookies = cookies
        return SimpleNamespace(status=response.status_code, body=body, response=response)

    def _reading(self):
        if self.keeps_context:
            return nullcontext()
        return patch("django.test.client.store_rendered_templates", lambda *_args, **_more: None)

    @staticmethod
    def _text(response) -> str:
        content = b"".join(response.streaming_content) if response.streaming else response.content
        return content.decode("utf-8", "replace") + str(response.headers)


def nobody_left() -> bool:
    return scope.current() == ""
