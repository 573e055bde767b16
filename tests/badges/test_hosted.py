"""What verifiers and passers-by are served: documents, pages, files; and 410 once it is over."""

import datetime
import io
import json

import pytest
import requests
from django.urls import reverse
from django.utils import timezone
from openbadgeslib.ob3 import OB3VerificationError
from openbadgeslib.ob3.ldp import OB3LdpVerifier
from openbadgeslib.ob3.verifier import OB3Verifier
from PIL import Image

from badges.achievements.drawing import draw
from badges.credentials.actions import collect, revoke, share, withdraw
from badges.issuers.actions import open_endorser, open_network, speak_through
from badges.proofs import baking
from tests.badges.factories import signed

BROWSER = {"HTTP_ACCEPT": "text/html,application/xhtml+xml,*/*;q=0.8"}
WORDS = "J’accepte que ce badge soit montré."


def in_days(days: int) -> datetime.datetime:
    return timezone.now() + datetime.timedelta(days=days)


@pytest.fixture
def link(badge, holder):
    return share(credential=badge, until=in_days(30), words=WORDS, by=holder.user)


@pytest.fixture
def outside(client):
    """Somebody who is not signed in; no scope is open but what the page opens itself."""
    return client


def page(client, url: str, **headers):
    return client.get(url.replace("http://localhost:8000", ""), **headers)


# -- Documents -----------------------------------------------------------------------------------


def documents_of(badge) -> dict[str, str]:
    issuer = badge.issuer
    return {
        "did": reverse("issuer_did", args=[issuer.slug]),
        "profile": issuer.base_url,
        "list": badge.status_list.url,
        "keys": "/.well-known/jwks.json",
        "model": reverse("achievement_public", args=[badge.version.uuid]),
    }


@pytest.mark.parametrize("which", ["did", "profile", "list", "keys", "model"])
def test_each_document_is_open_to_all_and_asked_again_for_nothing(outside, badge, which):
    url = documents_of(badge)[which]

    answer = page(outside, url)

    assert answer.status_code == 200
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cache-Control"].startswith("public, max-age=")
    assert "json" in answer["Content-Type"]
    assert json.loads(answer.content)
    assert "Set-Cookie" not in answer
    again = page(outside, url, HTTP_IF_NONE_MATCH=answer["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert again["Access-Control-Allow-Origin"] == "*"


def test_a_list_changes_its_etag_when_a_badge_is_revoked(outside, badge):
    before = page(outside, badge.status_list.url)
    revoke(credential=badge, reason="mistake", by=None)

    after = page(outside, badge.status_list.url, HTTP_IF_NONE_MATCH=before["ETag"])

    assert after.status_code == 200 and after.content != before.content


def test_a_body_that_a_network_speaks_for_tells_no_badge_of_its_own(outside, issuer, version):
    page = outside.get(f"/orgs/{issuer.slug}", headers={"accept": "text/html"})
    assert version.name in page.content.decode()

    network = open_network(programme=version.achievement.programme, name="Ateliers", by=None)
    speak_through(issuer=issuer, neutral=network, by=None)
    page = outside.get(f"/orgs/{issuer.slug}", headers={"accept": "text/html"})
    assert page.status_code == 200 and version.name not in page.content.decode()


def test_people_get_pages_and_programs_documents_at_one_address(outside, badge, link):
    for url in (badge.issuer.base_url, documents_of(badge)["model"], badge.url, link.url):
        assert page(outside, url, **BROWSER)["Content-Type"].startswith("text/html"), url
        assert "json" in page(outside, url)["Content-Type"], url
        asked = page(outside, url, HTTP_ACCEPT="application/ld+json")
        assert asked["Content-Type"] == "application/ld+json"
        assert "Accept" in asked["Vary"]


def test_the_set_of_keys_says_whose_each_is(outside, issuer):
    open_endorser(name="Léa Martin", by=None)  # signs no token, however many they become

    (key,) = page(outside, "/.well-known/jwks.json").json()["keys"]

    assert key["iss"] == issuer.did and key["kid"].startswith(f"{issuer.did}#")
    assert set(key) == {"kty", "n", "e", "kid", "iss", "alg", "use"}


def test_nobody_is_at_an_address_that_was_never_given(outside, badge):
    for url in ("/orgs/personne", "/orgs/personne/did.json", f"{badge.status_list.url}9"):
        assert page(outside, url).status_code == 404


# -- The holder decides --------------------------------------------------------------------------


def test_a_badge_is_private_until_its_holder_shows_it(outside, badge):
    assert page(outside, badge.url).status_code == 404
    assert page(outside, badge.url, **BROWSER).status_code == 404


def test_shown_it_is_the_signed_document(outside, badge, link):
    for url in (badge.url, link.url):
        answer = page(outside, url)
        assert answer.content.decode() == badge.document
        assert answer["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("how", ["withdrawn", "over"])
def test_once_it_is_over_every_address_answers_410_at_once(outside, badge, link, holder, how):
    if how == "withdrawn":
        withdraw(link=link, by=holder.user)
    else:
        type(link).objects.update(until=in_days(-1))

    file = reverse("share_file", args=[link.token, badge.uuid, "png"])
    for url in (badge.url, link.url, file):
        assert page(outside, url).status_code == 410, url
        told = page(outside, url, **BROWSER)
        assert told.status_code == 410 and "n’est plus montré" in told.content.decode()
        assert badge.version.name not in told.content.decode()


def test_the_page_says_what_the_person_chose_and_nothing_of_the_programme(
    outside, badge, holder, caen
):
    named = share(
        credential=badge, until=in_days(30), words=WORDS, by=holder.user, name="Kiwi Martin"
    )

    said = page(outside, named.url, **BROWSER).content.decode()

    assert "Kiwi Martin" in said and badge.version.name in said and badge.issuer.name in said
    for secret in ("RTR", "Territoires", "talents", "programme", caen.name, "Nadia"):
        assert secret not in said
    assert "og:title" in said


def test_a_revoked_badge_says_so_on_its_page(outside, badge, link):
    revoke(credential=badge, reason="mistake", by=None)

    assert "Badge annulé" in page(outside, link.url, **BROWSER).content.decode()


def test_a_collection_shows_its_badges_together(outside, badge, holder):
    wallet = collect(recipient=holder, name="Mon portefeuille", credentials=[badge], by=holder.user)
    link = share(collection=wallet, until=in_days(30), words=WORDS, by=holder.user)

    said = page(outside, link.url, **BROWSER).content.decode()
    assert "Mon portefeuille" in said and badge.version.name in said
    assert page(outside, link.url).json()["verifiableCredential"][0]["id"] == badge.url
    assert page(outside, badge.url).status_code == 200


def test_a_link_given_before_the_signature_waits_for_it(outside, awarded, holder):
    link = share(credential=awarded, until=in_days(30), words=WORDS, by=holder.user)

    assert "bientôt prêt" in page(outside, link.url, **BROWSER).content.decode()


# -- Files ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["json", "jwt", "png", "svg", "pdf"])
def test_each_form_of_a_badge_can_be_kept(outside, badge, link, kind):
    badge.version.image_svg = draw({"pictogram": "tools", "title": "Découper au laser"})
    badge.version.save()

    answer = page(outside, reverse("share_file", args=[link.token, badge.uuid, kind]))

    content = answer.content
    assert answer.status_code == 200
    assert f'"badge-decouper-au-laser.{kind}"' in answer["Content-Disposition"]
    if kind == "png":
        image = Image.open(io.BytesIO(content))
        assert image.size == (400, 400)
    if kind in ("png", "svg"):
        assert json.loads(baking.unbake(content)) == json.loads(badge.document)
    if kind == "pdf":
        assert content.startswith(b"%PDF-")
    if kind == "json":
        assert content.decode() == badge.document
    if kind == "jwt":
        assert content.decode() == badge.token


def test_the_file_of_another_badge_is_not_in_this_link(outside, badge, link):
    other = reverse("share_file", args=[link.token, badge.version.uuid, "json"])
    unknown = reverse("share_file", args=[link.token, badge.uuid, "exe"])

    assert [page(outside, url).status_code for url in (other, unknown)] == [404, 404]


def test_the_image_of_a_model_loads_and_runs_nothing(outside, version):
    for kind, starts in (("achievement_svg", b"<svg"), ("achievement_png", b"\x89PNG")):
        answer = page(outside, reverse(kind, args=[version.uuid]))
        assert answer.content.startswith(starts)
        assert "default-src 'none'" in answer["Content-Security-Policy"]


# -- Another verifier, over HTTP -----------------------------------------------------------------


@pytest.fixture
def served(settings, live_server):
    settings.BADGES_URL = live_server.url
    return live_server


def fetched(url: str) -> bytes:
    """did:web means https; the test's server has none."""
    answer = requests.get(
        url.replace("https://127", "http://127").replace("https://localhost", "http://localhost"),
        timeout=20,
    )
    answer.raise_for_status()
    return answer.content


def test_what_the_server_serves_is_verified_by_openbadgeslib(
    served, version, issuer, holder, awarded
):
    badge = signed(awarded)
    link = share(credential=badge, until=in_days(30), words=WORDS, by=holder.user)
    png = fetched(f"{served.url}{reverse('share_file', args=[link.token, badge.uuid, 'png'])}")
    by_proof = OB3LdpVerifier.for_issuer_did(issuer.did)
    by_token = OB3Verifier.for_issuer_did(issuer.did, download=fetched)
    how = {"check_status": True, "verify_status_list": False, "download": fetched}

    for text in (fetched(badge.url), fetched(link.url), baking.unbake(png)):
        assert by_proof.verify(text, **how).issuer.id == issuer.did
    assert by_token.verify(badge.token, **how).issuer.id == issuer.did

    revoke(credential=badge, reason="mistake", by=None)
    with pytest.raises(OB3VerificationError, match="status 'revocation' is set"):
        by_proof.verify(badge.document, **how)
    with pytest.raises(OB3VerificationError, match="status 'revocation' is set"):
        by_token.verify(badge.token, **how)
