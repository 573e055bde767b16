"""What a person's pages weigh on the network: compressed answers, counted by Chromium itself.

The server is the one that is run (gunicorn, files gathered and compressed by whitenoise), not
Django's test server; bytes are those of the protocol, headers included.
"""

import socket
import subprocess
import sys
import urllib.request
from contextlib import closing
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from journeys.portal.actions import give_link
from rtr import scope
from rtr.lib.processes import tied
from tests.browser.conftest import SIZES
from tests.figures import figure
from tests.journeys.activities import ActivityFactory, SessionFactory, moment
from tests.journeys.experiences import elsewhere
from tests.journeys.factories import join
from tests.journeys.meetings import propose
from tests.journeys.recognition import a_badge, given
from tests.services import until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

FIRST, REQUESTS, NEXT, SCRIPTS = 60_000, 8, 15_000, 6_000  # portal.md, 10: bytes, and a count
# The last one has a badge, which is opened too.
PAGES = "portal portal_activities portal_path portal_team portal_rights portal_badges".split()
LANGUAGES = {"fr": "Français", "ar": "العربية"}


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Where the files of the site are gathered, once."""
    return tmp_path_factory.mktemp("gathered")


@pytest.fixture
def served(child_environment, files):
    """The address of a real server on the test database."""
    environment = child_environment | {"RTR_DEMO": "true", "RTR_LOCAL_DIR": str(files)}
    manage = [sys.executable, str(settings.BASE_DIR / "manage.py")]
    options = {"env": environment, "cwd": settings.BASE_DIR}
    if not any(files.iterdir()):
        subprocess.run([*manage, "collectstatic", "--noinput", "-v0"], check=True, **options)
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "rtr.wsgi", f"--bind=127.0.0.1:{port}"]
    server = tied([*command, "--threads=4"], stderr=subprocess.DEVNULL, **options)
    base = f"http://127.0.0.1:{port}"
    until(lambda: _answers(base), seconds=60)
    yield base
    server.terminate()
    server.wait()


def _answers(base: str) -> bool:
    try:
        return urllib.request.urlopen(base + reverse("portal_enter_help")).status == 200  # noqa: S310
    except OSError:
        return False


@pytest.fixture
def token(caen, kiwi, coordinator, referent):
    with scope.over([caen.pk]):
        join(kiwi, referent)
        propose(kiwi, referent)
        for title in ("Couture", "Cuisine", "Radio"):
            activity = ActivityFactory(territory=caen, title=title)
            SessionFactory(activity=activity, starts_at=moment(3))
        elsewhere(kiwi)
        with transaction.atomic():
            given(kiwi, coordinator, a_badge(caen, kiwi.participant.organisation))
        return give_link(journey=kiwi, by=coordinator)


class Scales:
    """Counts what a page asks of the network."""

    def __init__(self, context):
        self.page = context.new_page()
        self.asked: dict[str, str] = {}
        self.sizes: dict[str, float] = {}
        protocol = context.new_cdp_session(self.page)
        protocol.send("Network.enable")
        protocol.on("Network.requestWillBeSent", self._asked)
        protocol.on("Network.loadingFinished", self._finished)

    def _asked(self, event):
        self.asked[event["requestId"]] = event["request"]["url"]

    def _finished(self, event):
        self.sizes[event["requestId"]] = event["encodedDataLength"]

    def opens(self, url: str) -> "Scales":
        self.asked.clear()
        self.sizes.clear()
        self.page.goto(url)
        self.page.wait_for_load_state("networkidle")
        return self

    @property
    def network(self) -> dict[str, float]:
        """Address → bytes, of what did not come from the phone's own memory."""
        return {
            self.asked[key]: size for key, size in self.sizes.items() if size and key in self.asked
        }

    @property
    def bytes(self) -> int:
        return int(sum(self.network.values()))

    @property
    def scripts(self) -> int:
        return int(
            sum(size for url, size in self.network.items() if urlsplit(url).path.endswith(".js"))
        )

    def told(self) -> str:
        return "\n".join(f"{int(size)} {url}" for url, size in self.network.items())


def opened(browser, language: str, **more):
    context = browser.new_context(viewport=SIZES["phone"], locale=language, **more)
    return Scales(context), context


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_persons_pages_are_light(browser, served, token, language):
    # The door, on a phone that never came here.
    scales, context = opened(browser, language)
    door = scales.opens(served + reverse("portal_enter_help"))
    _is_light(door, "la porte", language)

    # In, on a phone of others; then each page once more, the files being there already.
    scales.page.goto(served + reverse("portal_enter", args=[token]))
    scales.page.locator("main form button[type=submit]").first.click()
    scales.page.locator("button[name=own][value=no]").click()
    heaviest = 0
    for name in PAGES:
        page = scales.opens(served + reverse(name))
        assert page.bytes <= NEXT, f"{name}\n{page.told()}"
        heaviest = max(heaviest, page.bytes)
    badge = scales.page.get_by_role("link", name="Découper au laser").get_attribute("href")
    page = scales.opens(served + badge)
    assert page.bytes <= NEXT, page.told()
    heaviest = max(heaviest, page.bytes)
    figure(
        f"portail, page suivante la plus lourde ({language})", heaviest, "octets, 15 000 au plus"
    )

    # The first page itself, on an empty phone with the same session; shared, then one's own.
    state = context.storage_state()
    context.close()
    for own in ("no", "yes"):
        scales, context = opened(browser, language, storage_state=state)
        if own == "yes":
            scales.page.goto(served + reverse("portal_phone"))
            scales.page.locator("button[name=own][value=yes]").click()
            scales.page.wait_for_load_state("networkidle")
            _empty(context, scales.page, served)
        home = scales.opens(served + reverse("portal"))
        _is_light(home, "l’accueil, à soi" if own == "yes" else "l’accueil, partagé", language)
        assert all(url.startswith((served, "data:")) for url in home.asked.values())
        state = context.storage_state()
        context.close()


def _empty(context, page, base: str) -> None:
    """The phone forgets files, page without network and worker; the session stays."""
    protocol = context.new_cdp_session(page)
    protocol.send("Network.clearBrowserCache")
    kinds = {"origin": base, "storageTypes": "cache_storage,service_workers"}
    protocol.send("Storage.clearDataForOrigin", kinds)


def _is_light(seen: Scales, what: str, language: str) -> None:
    assert seen.bytes <= FIRST, seen.told()
    assert len(seen.network) <= REQUESTS, seen.told()
    assert seen.scripts <= SCRIPTS, seen.told()
    figure(f"portail, {what}, première vue ({language})", seen.bytes, "octets, 60 000 au plus")
    figure(f"portail, {what}, requêtes ({language})", len(seen.network), "8 au plus")
    figure(f"portail, {what}, JavaScript ({language})", seen.scripts, "octets, 6 000 au plus")


def test_files_whose_name_holds_their_hash_are_kept_for_ever(served):
    page = urllib.request.urlopen(served + reverse("portal_enter_help"))  # noqa: S310
    html = page.read().decode()
    name = html.split('rel="stylesheet" href="')[1].split('"')[0]

    style = urllib.request.urlopen(served + name)  # noqa: S310

    assert "immutable" in style.headers["Cache-Control"]
    assert page.headers["Cache-Control"] and "immutable" not in page.headers["Cache-Control"]
