"""The person's pages in every language: nothing missing, nothing left in French."""

import datetime
import io
import re
import shutil
from html.parser import HTMLParser

import polib
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import translation

from journeys.messages.wording import KINDS
from journeys.participants.models import Participant
from journeys.portal.languages import CHOSEN
from rtr import scope
from rtr.access import ACCESS, PARTICIPANT
from rtr.lib import languages, tongue
from tests.figures import figure
from tests.security.visits import Visitor, visits
from tests.security.world import cast, world  # noqa: F401 (fixtures)

CATALOGUES = sorted(settings.LOCALE_PATHS[0].glob("*/LC_MESSAGES/django.po"))
OTHERS = ["en", "ar", "uk"]
DOORS = ["portal_language", "portal_enter_help", "ideas_about"]
NAMED = re.compile(r"%\(\w+\)s")
# Small words that any French sentence holds and no other of our languages does.
FRENCH = re.compile(
    r"\b(le|la|les|une|des|du|aux|vous|votre|vos|mes|nous|notre|est|sont|pas|avec|dans|sur|pour"
    r"|qui|que|quoi|ce|cette|ces|ne|et|ou|où|à|de)\b|\b[ldjmnsc]’",
    re.IGNORECASE,
)
CANARY = re.compile(r"\S*xq\b")  # what people typed, in the world of canaries


# -- The catalogues themselves ---------------------------------------------------------------------


def test_catalogues_are_complete_and_up_to_date():
    call_command("catalogues", check=True)

    figure("phrases des pages de la personne", len(polib.pofile(str(CATALOGUES[0]))), "4 langues")


def test_a_sentence_that_is_not_said_is_told(tmp_path, settings):
    shutil.copytree(settings.LOCALE_PATHS[0], tmp_path / "locale")
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    path = tmp_path / "locale/uk/LC_MESSAGES/django.po"
    catalogue = polib.pofile(str(path))
    catalogue.find("Accueil").msgstr = ""
    catalogue.save()

    with pytest.raises(CommandError, match="uk : « Accueil »"):
        call_command("catalogues", check=True, stdout=io.StringIO())


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_placeholders_and_plurals_are_kept(path):
    catalogue = polib.pofile(str(path))
    forms = int(re.search(r"nplurals=(\d)", catalogue.metadata["Plural-Forms"])[1])

    for entry in catalogue:
        wanted = set(NAMED.findall(entry.msgid + entry.msgid_plural))
        said = entry.msgstr_plural or {0: entry.msgstr}
        if entry.msgid_plural:
            assert len(said) == forms, entry.msgid
        for text in said.values():
            found = set(NAMED.findall(text))
            assert found <= wanted, entry.msgid
            assert found == wanted or entry.msgid_plural, entry.msgid
            assert re.sub(NAMED, "", text).count("%") == re.sub(NAMED, "", entry.msgid).count("%")


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_who_may_read_a_catalogue_again_is_said_at_its_head(path):
    assert "à faire relire" in polib.pofile(str(path)).header


# Named one by one: names, and words that two languages share.
SAME = {"Menu", "transport", "portrait", "podcast", "article", "notes", "situation", "Coordination"}


@pytest.mark.parametrize("code", OTHERS)
def test_no_sentence_was_copied_instead_of_translated(code):
    for entry in polib.pofile(str(settings.LOCALE_PATHS[0] / code / "LC_MESSAGES/django.po")):
        words = re.findall(r"[^\W\d_]{4,}", NAMED.sub("", entry.msgid))
        if words and entry.msgid not in SAME and "RTR" not in entry.msgid:
            assert entry.msgstr != entry.msgid, entry.msgid
            if code != "en":
                said = "".join(entry.msgstr_plural.values()) or entry.msgstr
                assert re.search(r"[\u0400-\u04ff\u0600-\u06ff]", said), entry.msgid


def test_messages_to_people_speak_the_five_languages():
    for cause, kind in KINDS.items():
        if len(kind.words) > 1:
            assert set(kind.words) == {"fr", "fr-falc", "en", "ar", "uk"}, cause


# -- Pages -----------------------------------------------------------------------------------------


class Visible(HTMLParser):
    """What somebody sees or hears of a page, without what says of itself that it is in French."""

    SAID = {"alt", "aria-label", "title", "placeholder"}
    VOID = {"br", "img", "input", "link", "meta", "hr", "use", "path", "circle", "rect", "source"}

    def __init__(self, lang: str):
        super().__init__()
        self.page, self.langs, self.hidden, self.found = lang, [], 0, []

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        if tag not in self.VOID:
            self.langs.append(said.get("lang") or (self.langs[-1] if self.langs else self.page))
            self.hidden += tag in ("script", "style")
        self.found += [said[name] for name in self.SAID if said.get(name) and self._counts()]

    def handle_endtag(self, tag):
        if tag not in self.VOID and self.langs:
            self.langs.pop()
            self.hidden -= tag in ("script", "style")

    def handle_startendtag(self, tag, attrs):
        pass

    def handle_data(self, data):
        if data.strip() and not self.hidden and self._counts():
            self.found.append(data.strip())

    def _counts(self) -> bool:
        return not self.langs or self.langs[-1] == self.page


def visible(body: str, lang: str) -> list[str]:
    page = Visible(lang)
    page.feed(body)
    return page.found


@pytest.fixture
def noticed(monkeypatch):
    """Every sentence that a language could not say."""
    found, noticed = set(), languages._EasyFrench._noticed
    monkeypatch.setattr(
        languages._EasyFrench,
        "_noticed",
        lambda self, message: languages.missing.set(found) and noticed(self, message),
    )
    return found


def person_of(world, code):  # noqa: F811
    visitor = Visitor(world.people["mine"].participant.user)
    session = visitor.client.session
    session[CHOSEN] = code
    session.save()
    return visitor


def kept(person) -> str:
    with scope.everything("test: what was kept"):
        return Participant.objects.get(pk=person.pk).language


def pages_of(world):  # noqa: F811
    for visit in visits(world):
        if visit.target not in ("mine", "-"):
            continue
        if ACCESS.get(visit.name) == PARTICIPANT or visit.name in DOORS:
            yield visit


# Written by people, or by the world of the test; and a French name of a paper, in brackets.
TYPED = re.compile(
    "Caen la Mer|Le (Dôme|WIP)|Accueillir à|Pour aller|Une (question|table|image)|Un pas"
    "|contrat d’engagement"
)


def left_in_french(body: str, code: str) -> list[str]:
    found = []
    for text in visible(body, code):
        if FRENCH.search(CANARY.sub("", TYPED.sub("", text))):
            found.append(text)
    return found


@pytest.mark.parametrize("code", OTHERS)
def test_no_page_leaves_a_sentence_in_french(code, world, noticed):  # noqa: F811
    visitor, wrong, seen = person_of(world, code), {}, 0
    for visit in pages_of(world):
        for method in ("GET", "POST"):
            answer = visitor.answer(method, visit.url)
            for body in re.findall("<html.*?</html>", answer.body, re.DOTALL):
                seen += 1
                if found := left_in_french(body, code):
                    wrong[f"{method} {visit.name}"] = found
    assert (noticed, wrong) == (set(), {})
    figure(f"pages relues en {code}", seen, "aucune phrase en français")


def test_the_search_for_french_finds_some(world):  # noqa: F811
    answer = person_of(world, "fr").answer("GET", reverse("portal_team"))

    assert left_in_french(answer.body, "fr")


# -- What is not said yet, and a language that has its catalogue alone -----------------------------


@pytest.fixture
def made_up(tmp_path, monkeypatch, settings):
    """A language of which only two sentences are known."""
    folder = tmp_path / "locale/xx/LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue = polib.POFile()
    catalogue.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
        "X-Name": "Xixi",
        "X-Direction": "ltr",
    }
    catalogue.append(polib.POEntry(msgid="Mon équipe", msgstr="Xi xaxa"))
    catalogue.save_as_mofile(str(folder / "django.mo"))
    settings.LOCALE_PATHS = [settings.LOCALE_PATHS[0], tmp_path / "locale"]
    found = languages.found(tmp_path / "locale")
    settings.LANGUAGES = [*settings.LANGUAGES, *[one[:2] for one in found if one[0] == "xx"]]
    return "xx"


def test_a_language_needs_its_catalogue_and_nothing_else(made_up, world):  # noqa: F811
    visitor = person_of(world, "fr")
    chooser = visitor.client.get(reverse("portal_language")).content.decode()

    assert "<span>Xixi</span></button>" in chooser

    visitor.client.post(reverse("portal_language"), {"language": made_up, "next": "/portail/"})
    team = visitor.client.get(reverse("portal_team")).content.decode()

    assert "<h1>Xi xaxa</h1>" in team
    assert "Une partie de cette page est en français." in team
    for name in ("portal_contract", "portal_appointments", "portal_activities", "portal_path"):
        assert visitor.client.get(reverse(name)).status_code == 200, name
    assert kept(world.people["mine"].participant) == "xx"


def test_a_page_that_says_everything_has_no_note(world):  # noqa: F811
    page = person_of(world, "ar").client.get(reverse("portal_team")).content.decode()

    assert 'lang="ar" dir="rtl"' in page
    assert "portal.rtl.css" in page
    assert "est en français" not in page


def test_the_language_chosen_at_the_door_is_kept_with_the_person(client, world):  # noqa: F811
    person = world.people["mine"].participant
    client.post(reverse("portal_language"), {"language": "uk"})

    client.force_login(person.user)

    assert kept(person) == "uk"
    assert "Моя команда" in client.get(reverse("portal_team")).content.decode()


def test_another_phone_speaks_the_language_kept_with_the_person(client, world):  # noqa: F811
    person = world.people["mine"].participant
    with scope.everything("test: chosen another day"):
        Participant.objects.filter(pk=person.pk).update(language="ar")

    client.force_login(person.user)

    assert "فريقي" in client.get(reverse("portal_team")).content.decode()
    assert 'dir="rtl"' in client.get(reverse("portal_contract")).content.decode()


@pytest.mark.parametrize(
    ("code", "moment", "span"),
    [
        ("fr", "mardi 24 novembre à 14 h", "24 novembre 2026"),
        ("fr-falc", "mardi 24 novembre à 14 h", "24 novembre 2026"),
        ("en", "Tuesday 24 November at 14:00", "24 November 2026"),
        ("ar", "الثلاثاء 24 نوفمبر، الساعة 14:00", "24 نوفمبر 2026"),
        ("uk", "вівторок, 24 листопада о 14:00", "24 листопада 2026 року"),
    ],
)
def test_a_moment_is_said_in_each_language(code, moment, span):
    at = datetime.datetime(2026, 11, 24, 13, 0, tzinfo=datetime.UTC)
    with translation.override(code):
        assert tongue.moment(at, year=False).replace("\xa0", " ") == moment
        said = tongue.day_in_full(at.date(), weekday=False)
        assert said.replace("\xa0", " ") == span


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("fr", ["hier", "il y a 5 jours", "dans 2 mois"]),
        ("en", ["yesterday", "5 days ago", "in 2 months"]),
        ("ar", ["أمس", "منذ 5 أيام", "بعد شهرين"]),
        ("uk", ["учора", "5 днів тому", "через 2 місяці"]),
    ],
)
def test_how_far_a_day_is_is_said_in_each_language(code, said):
    today = datetime.date(2026, 11, 24)
    days = [datetime.timedelta(days=each) for each in (-1, -5, 61)]
    with translation.override(code):
        told = [tongue.ago(today + each, today).replace("\xa0", " ") for each in days]
    assert told == said
