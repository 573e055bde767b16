"""Somebody in front of a contract to sign: which one, as whom, in which language, by which way."""

from dataclasses import dataclass, field
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from journeys.contracts.actions.linking import (
    addresses_of,
    sha256_of,
    state_of,
    territory_behind,
)
from journeys.contracts.enums import Signer
from journeys.contracts.links import SigningLink, ending_of
from journeys.contracts.models import Contract
from journeys.contracts.spoken import Spoken, spoken
from journeys.messages.enums import Channel, Language
from journeys.pathway.models import Journey
from rtr import scope
from territories.accounts.models import User

OPENED, SPOKEN = "signing", "language"  # in the session; the language is that of all its pages
OF_CONTRACT = {"sign_send", "sign_code", "sign_refuse", "sign_pdf"}  # else about an objective
IDLE_SECONDS = 30 * 60  # a contract takes time to read


@dataclass(frozen=True)
class Visit:
    """A person on their way to sign: by a link, or from their own pages (no link then)."""

    journey: Journey
    contract: Contract | None
    signer: str
    spoken: Spoken
    token: str = ""
    link: SigningLink | None = None
    user: User | None = None
    around: dict = field(default_factory=dict)  # what the person's own pages show beside

    @property
    def name(self) -> str:
        """Said before a code is typed: a phone may be shared by several people."""
        participant = self.journey.participant
        return participant.guardian if self.signer == Signer.GUARDIAN else participant.nickname

    @property
    def channel(self) -> str:
        known = addresses_of(self.journey.participant, self.signer)
        wanted = self.link.channel if self.link else Channel.SMS
        return wanted if wanted in known else next(iter(known), "")

    @property
    def ending(self) -> str:
        known = addresses_of(self.journey.participant, self.signer)
        return ending_of(known[self.channel]) if self.channel else ""

    @property
    def frame(self) -> str:
        return "layouts/portal.html" if self.token else "journeys/portal/page.html"

    def url(self, step: str) -> str:
        if self.token:
            return reverse(f"sign_{step}", args=[self.token])
        names = {
            "read": "portal_contract",
            "pdf": "portal_contract_pdf",
            "talk": "portal_call_me",
        }
        return reverse(names.get(step, f"portal_sign_{step}"))


def language_in(request: HttpRequest, otherwise: str) -> str:
    """The language chosen on these pages or on one's own, remembered as long as the session."""
    asked = request.GET.get("langue", "")
    if asked in Language:
        request.session[SPOKEN] = asked
    return request.session.get(SPOKEN) or otherwise


def is_in(request: HttpRequest, link: SigningLink) -> bool:
    return link.pk in request.session.get(OPENED, [])


def let_in(request: HttpRequest, link: SigningLink, language: str) -> None:
    opened = [*request.session.get(OPENED, []), link.pk]
    request.session.cycle_key()
    request.session[OPENED], request.session[SPOKEN] = opened, language
    if not request.user.is_authenticated:  # one's own pages close sooner
        request.session.set_expiry(IDLE_SECONDS)


def by_link(view):
    """Gives the view a Visit; a link that works no more says why, and what to do."""

    @never_cache
    @wraps(view)
    def page(request, token):
        territory_id = territory_behind(token)
        if request.user.is_authenticated and not request.user.territory_id:
            return render(request, "journeys/portal/not_you.html", status=403)
        if territory_id is None:
            return told(request, spoken(language_in(request, Language.FRENCH)), "unknown", 404)
        with scope.over([territory_id]):
            return _visited(request, token, view)

    return page


def _visited(request: HttpRequest, token: str, view) -> HttpResponse:
    link = link_behind(token)
    words = spoken(language_in(request, link.language))
    if request.user.is_authenticated and not _is_theirs(link, request.user):
        return told(request, words, "not_you", 403)
    inside = is_in(request, link)
    if state := state_of(link, is_in=inside):
        again = reverse("sign_again", args=[token]) if state in ("expired", "opened") else ""
        return told(request, words, state, 410, again)
    if not inside and request.resolver_match.view_name != "sign_door":
        return redirect("sign_door", token)
    if link.contract is None and request.resolver_match.view_name in OF_CONTRACT:
        raise Http404
    request.session.modified = True
    user = request.user if request.user.is_authenticated else None
    visit = Visit(link.journey, link.contract, link.signer, words, token, link, user)
    return view(request, visit)


def _is_theirs(link: SigningLink, user: User) -> bool:
    """On one's own pages one opens one's own links, not those of the guardian or of another."""
    return link.signer == Signer.PARTICIPANT and user.pk == link.journey.participant.user_id


def link_behind(token: str) -> SigningLink:
    related = ("contract", "objective__achievement", "given_by", "journey__territory__programme")
    links = SigningLink.objects.select_related("journey__participant", *related)
    link = links.get(token_sha256=sha256_of(token))
    if link.contract:
        link.contract.journey = link.journey
    return link


def told(
    request: HttpRequest,
    words: Spoken,
    state: str,
    status: int,
    again_url: str = "",
    said: str = "",
) -> HttpResponse:
    """A link that does not lead on: why, and what to do."""
    own = words.words["state"]
    context = {
        "spoken": words,
        "title": own[state],
        "said": said or own[f"{state}_said"],
        "again_url": again_url,
    }
    return render(request, "journeys/contracts/phone/state.html", context, status=status)
