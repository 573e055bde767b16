"""What a stranger sees of badges, on a phone and on a desk; every page is checked by axe."""

import datetime

import pytest
from django.utils import timezone

from badges.achievements.drawing import draw
from badges.credentials.actions import Evidence, award, collect, share, withdraw
from badges.models import Alignment
from rtr import scope
from tests.badges.factories import a_recipient, a_version, an_issuer, signed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = "J’accepte que ce badge soit montré."


@pytest.fixture
def shown(caen, le_dome, settings, live_server):
    settings.BADGES_URL = live_server.url
    issuer, until = an_issuer(le_dome), timezone.now() + datetime.timedelta(days=30)
    with scope.over([caen.pk]):
        holder, found = a_recipient(caen), []
        for code, title, icon in (
            ("laser", "Découper au laser", "tools"),
            ("film", "Ciné", "film"),
        ):
            version = a_version(caen, le_dome, code=code)
            version.name = title
            version.image_svg = draw({"pictogram": icon, "title": title})
            version.save()
            Alignment.objects.create(
                version=version,
                framework="rome",
                code="H2902",
                name="Conduite d’équipement de découpe",
                url="https://candidat.example/H2902",
            )
            evidence = Evidence("J’ai aimé régler la machine. J’ai appris à attendre.")
            badge = award(
                recipient=holder, version=version, issuer=issuer, by=None, evidence=evidence
            )
            found.append(signed(badge))
        how = {"until": until, "words": WORDS, "by": holder.user}
        one = share(credential=found[0], name="Kiwi", **how)
        wallet = collect(
            recipient=holder, name="Mes savoir-faire", credentials=found, by=holder.user
        )
        return {
            "badge": one.url,
            "wallet": share(collection=wallet, **how).url,
            "model": f"{live_server.url}/modeles/{found[0].version.uuid}",
            "issuer": issuer.base_url,
            "gone": _withdrawn(share(credential=found[0], **how), holder),
        }


def _withdrawn(link, holder) -> str:
    withdraw(link=link, by=holder.user)
    return link.url


def test_whoever_receives_a_badge_reads_it(person, shown):
    stranger = person()
    for name in ("wallet", "model", "issuer", "badge"):
        stranger.page.goto(shown[name])
        stranger.looks()
    assert stranger.page.get_by_role("heading", level=1).inner_text() == "Découper au laser"
    stranger.reads("Kiwi")
    with stranger.page.expect_download() as download:
        stranger.page.get_by_role("link", name="PNG").click()
    assert download.value.suggested_filename.endswith(".png")


def test_a_badge_shown_no_more_says_what_to_do(person, shown):
    stranger = person()
    answer = stranger.page.goto(shown["gone"])
    stranger.looks()

    assert answer.status == 410
    stranger.reads("Demandez-lui un nouveau lien")
