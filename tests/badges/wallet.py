"""A wallet of the test suite: it registers, asks, trades its code and reads, as any other would."""

import base64
import datetime
import hashlib
import json
import re
import secrets
from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from badges.proofs import documents, integrity, jwt, keys
from rtr.lib import public_web

BASE = "https://purl.imsglobal.org/spec/ob/v3p0/scope/"
READ, WRITE = f"{BASE}credential.readonly", f"{BASE}credential.upsert"
READ_PROFILE, WRITE_PROFILE = f"{BASE}profile.readonly", f"{BASE}profile.update"
BACK = "https://wallet.example/retour"
API = "/ims/ob/v3p0"


def challenge_of(verifier: str) -> str:
    """Source: RFC 7636, 4.2."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def answer_of(url: str) -> dict[str, str]:
    """What came back in the address."""
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


class Wallet:
    """A public client by default. `http` never holds a cookie of the person's browser."""

    def __init__(self, *, is_public: bool = True, **metadata):
        self.http = Client()
        self.verifier = secrets.token_urlsafe(48)
        self.told = self.register(is_public=is_public, **metadata).json()
        self.client_id, self.secret = self.told["client_id"], self.told.get("client_secret")
        self.tokens: dict = {}

    def register(self, *, is_public: bool = True, **metadata):
        asked = {
            "client_name": "Mon Classeur",
            "redirect_uris": [BACK],
            "grant_types": ["authorization_code", "refresh_token"],
            "response_types": ["code"],
            "token_endpoint_auth_method": "none" if is_public else "client_secret_basic",
            "scope": f"{READ} {WRITE} {READ_PROFILE} {WRITE_PROFILE} offline_access",
        } | metadata
        return self.http.post(reverse("oauth_register"), asked, content_type="application/json")

    def address(self, scope: str = READ, **changed) -> str:
        """Where the person is sent; a parameter changed to None is left out."""
        asked = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": BACK,
            "scope": scope,
            "state": "etat",
            "code_challenge": challenge_of(self.verifier),
            "code_challenge_method": "S256",
        } | changed
        kept = {name: value for name, value in asked.items() if value is not None}
        return f"{reverse('portal_wallet_ask')}?{urlencode(kept)}"

    def code(self, browser: Client, scope: str = READ) -> str:
        return answer_of(agree(browser, self.address(scope)))["code"]

    def trade(self, value: str, **changed):
        asked = {
            "grant_type": "authorization_code",
            "code": value,
            "redirect_uri": BACK,
            "code_verifier": self.verifier,
        } | changed
        return self._token(asked)

    def refresh(self):
        asked = {"grant_type": "refresh_token", "refresh_token": self.tokens["refresh_token"]}
        return self._token(asked)

    def connect(self, browser: Client, scope: str = READ) -> "Wallet":
        answer = self.trade(self.code(browser, scope))
        assert answer.status_code == 200, answer.content
        self.tokens = answer.json()
        return self

    def call(self, method: str, path: str, body: str = "", **more):
        headers = {"HTTP_AUTHORIZATION": f"Bearer {self.tokens['access_token']}"} | more
        return self.http.generic(method, f"{API}{path}", body, **headers)

    def get(self, path: str = "/credentials", **more):
        return self.call("GET", path, **more)

    def revoke(self, which: str = "access_token"):
        asked = {"token": self.tokens[which], "client_id": self.client_id}
        return self.http.post(reverse("oauth_revoke"), asked)

    def _token(self, asked: dict):
        more = {}
        if self.secret:
            pair = base64.b64encode(f"{self.client_id}:{self.secret}".encode()).decode()
            more["HTTP_AUTHORIZATION"] = f"Basic {pair}"
        else:
            asked = {"client_id": self.client_id} | asked
        kept = {name: value for name, value in asked.items() if value is not None}
        return self.http.post(reverse("oauth_token"), kept, **more)


def agree(browser: Client, url: str, action: str = "grant") -> str:
    """The person reads the page and answers. Returns the address where the answer goes."""
    page = browser.get(url)
    assert page.status_code == 200, page
    signed = re.search(r'name="request" value="([^"]+)"', page.content.decode())
    answer = browser.post(url, {"request": unescape(signed[1]), "action": action})
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


class Elsewhere:
    """A body that issues badges at autre.example, with the one page that it serves."""

    did = "did:web:autre.example:ecole"

    def __init__(self, monkeypatch):
        self.ed, self.rsa = keys.new_ed25519(), keys.new_rsa()
        form = keys.jwk(self.rsa.public_key())
        self.kid = f"{self.did}#{keys.thumbprint(form)}"
        multibase = keys.multibase(self.ed.public_key())
        self.method = f"{self.did}#{multibase}"
        page = documents.did_document(
            did=self.did, multibases=[multibase], jwks=[form | {"kid": self.kid}]
        )

        def read(url, **how):
            assert url == "https://autre.example/ecole/did.json", url
            return public_web.Answer(url, json.dumps(page).encode())

        monkeypatch.setattr(public_web, "read", read)

    def plain(self, *, days: int = -1, until: int | None = None, name: str = "Souder") -> dict:
        """Not signed. Parameters: days from now."""
        now = timezone.now()
        return documents.credential(
            id="https://autre.example/badges/1",
            issuer=documents.profile(id=self.did, name="École"),
            subject="urn:uuid:4f7d3b9e-8a52-4f3e-9d65-2a3a8f4c1b01",
            achievement=documents.achievement(
                id="https://autre.example/modeles/1",
                name=name,
                description="Sait souder.",
                criteria="A soudé deux pièces.",
            ),
            valid_from=now + datetime.timedelta(days=days - 5 if until else days),
            valid_until=until and now + datetime.timedelta(days=until),
        )

    def document(self, **how) -> dict:
        found = self.plain(**how)
        return integrity.sign(found, key=self.ed, method=self.method, created=timezone.now())

    def token(self, **how) -> str:
        return jwt.sign(self.plain(**how), key=self.rsa, kid=self.kid)


def told(answer) -> dict:
    """An error, whole: Imsx_StatusInfo."""
    info = answer.json()
    assert info["imsx_codeMajor"] == "failure" and info["imsx_severity"] == "error"
    (field,) = info["imsx_codeMinor"]["imsx_codeMinorField"]
    return {"status": answer.status_code, "minor": field["imsx_codeMinorFieldValue"]} | {
        "words": info["imsx_description"]
    }
