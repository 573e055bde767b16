"""A person in front of the product: real Chromium, real server, accessibility checked."""

import os
import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from tests.cast import PASSWORD
from tests.figures import FULL

SIZES = {"phone": {"width": 360, "height": 640}, "desk": {"width": 1280, "height": 800}}
# Where to keep a picture of each page crossed; nowhere by default.
PICTURES = os.environ.get("RTR_PICTURES", "")
# Axe with the page's violations alone: what it accepts is twice as long to hand over.
AXE = Axe().axe_script
VIOLATIONS = "rules => axe.run(document, rules).then((found) => found.violations)"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture(params=SIZES if FULL else ["phone"])
def screen(request):
    """In the trials each story is told on both; else on a phone, its pages seen on both."""
    return request.param


class Person:
    """What somebody does in a browser, in words; every page they reach is checked."""

    def __init__(self, page, base: str, screen: str, seen_on: Iterable[str] = ()):
        self.page, self.base, self.screen = page, base, screen
        self.seen_on = seen_on or [screen]
        self.crossed: list[str] = []
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: pytest.fail(f"script: {error}"))
        page.on("console", self._no_error)

    def _no_error(self, message):
        told = any(f"status of {status}" in message.text for status in (400, 404, 409, 410, 422))
        if message.type == "error" and not told:
            pytest.fail(f"console: {message.text}")

    def opens(self, name: str, *args):
        self.page.goto(self.base + reverse(name, args=args))
        self.looks()

    def signs_in(self, user):
        self.opens("account_login")
        self.writes("Courriel", user.email)
        self.writes("Mot de passe", PASSWORD)
        self.presses("Se connecter")

    def follows(self, words: str):
        self._unfold(self.page.get_by_role("link", name=words)).first.click()
        self.looks()

    def presses(self, words: str):
        self._unfold(self.page.get_by_role("button", name=words)).first.click()
        self.looks()

    def _unfold(self, target):
        """Menus fold on small screens and behind « Autres actes »: a person opens them."""
        shown = target.locator("visible=true")
        for drop in self.page.locator("details > summary").all():
            if shown.count():
                break
            if drop.is_visible() and not drop.evaluate("it => it.parentElement.open"):
                drop.click()
                if not shown.count():
                    drop.click()
        return shown

    def writes(self, label: str, text: str):
        self._field(label).fill(text)

    def chooses(self, label: str, words: str):
        self._field(label).select_option(label=words)

    def ticks(self, label: str):
        self._field(label).check()

    def _field(self, label: str):
        """The first field whose label starts so: « Nom » is not « Prénom »."""
        words = r"\s".join(map(re.escape, label.split(" ")))  # French has several spaces
        return self.page.get_by_label(re.compile(rf"^\s*{words}")).first

    def reads(self, words: str):
        found = self.page.get_by_text(words).locator("visible=true").first
        found.wait_for(state="visible", timeout=15_000)

    def expects_nothing_at(self, name: str, *args):
        """The page does not exist for them, as if it never had."""
        response = self.page.goto(self.base + reverse(name, args=args))
        assert response.status == 404

    def looks(self):
        """The page is whole, accessible, and no wider than the screen."""
        self.page.wait_for_load_state()
        path = self.page.url.removeprefix(self.base)
        self.crossed.append(path)
        self.page.evaluate(AXE)
        for screen in self.seen_on:
            if len(self.seen_on) > 1:
                self.page.set_viewport_size(SIZES[screen])
            self._looks_on(screen, path)

    def _looks_on(self, screen: str, path: str):
        found = AxeResults({"violations": self.page.evaluate(VIOLATIONS, RULES)})
        assert not found.violations_count, f"{path} ({screen})\n{found.generate_report()}"
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert self.page.evaluate(wide) <= 0, f"{path} déborde en largeur ({screen})"
        if PICTURES:
            name = f"{len(self.crossed):02d}-{path.strip('/').replace('/', '_') or 'accueil'}"
            target = Path(PICTURES, screen, f"{name[:80].split('?')[0]}.png")
            target.parent.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=target, full_page=True)


@pytest.fixture
def person(browser, live_server, screen):
    """`person()` opens a browser of its own for one more person."""
    opened = []

    def somebody() -> Person:
        context = browser.new_context(viewport=SIZES[screen], locale="fr-FR")
        opened.append(context)
        # The story's own screen comes last: it goes on there.
        seen_on = () if FULL else reversed(SIZES)
        return Person(context.new_page(), live_server.url, screen, [*seen_on])

    yield somebody
    for context in opened:
        context.close()
