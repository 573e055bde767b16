"""What pages show of contracts: the agreement in force, the steps of the day, who signs."""

import datetime
from dataclasses import dataclass

from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.contracts.actions.linking import addresses_of, next_reminder_on
from journeys.contracts.actions.preparing import missing
from journeys.contracts.actions.signing import BY_HAND, IN_SESSION, awaited, signer_of
from journeys.contracts.enums import Signer
from journeys.contracts.links import SigningLink
from journeys.contracts.models import Contract, Objective, Signature, SignedText
from journeys.contracts.spoken import Spoken, spoken
from journeys.contracts.writing import Paragraph, hours_in, paragraphs, terms_of
from journeys.messages.enums import Language
from journeys.pathway.models import Journey
from rtr.lib import french
from territories.accounts.models import User

# The page where each thing a draft may miss is written.
STEP_OF = {
    "first_name": "contract_identity",
    "last_name": "contract_identity",
    "birth_date": "contract_identity",
    "guardian": "contract_identity",
    "objectives": "contract_objectives",
    "weekly_hours": "contract_terms",
    "planned_end_on": "contract_terms",
}


# -- The agreement, for the file's first page ------------------------------------------------------


def agreement_of(journey: Journey) -> dict:
    """For `journeys/contracts/_summary.html`: the objectives agreed, the contract in force, the
    one in preparation. Three queries."""
    contracts = list(_with_signatures(journey))
    objectives = objectives_of(journey)
    return {
        "objectives": objectives,
        "reached": sum(objective.reached_on is not None for objective in objectives),
        "contract": next((one for one in contracts if one.signed_on), None),
        "prepared": next((one for one in contracts if one.is_pending), None),
    }


def _with_signatures(journey: Journey):
    """Versions of the contract, the last one first."""
    signatures = Signature.objects.select_related("user").order_by("signed_at")
    contracts = journey.contracts.order_by("-number")
    return contracts.prefetch_related(Prefetch("signatures", signatures))


def objectives_of(journey: Journey) -> list[Objective]:
    agreed = journey.objectives.all().agreed()
    return list(agreed.select_related("achievement").order_by("rank", "pk"))


def proposals_of(journey: Journey, *, everything: bool = False):
    """Objectives that wait for one of the two; `everything`: those agreed since too, for the second
    tap of somebody who says yes."""
    rows = journey.objectives.filter(contract__isnull=True)
    return (rows if everything else rows.proposed()).select_related("achievement")


def versions_of(journey: Journey) -> list[Contract]:
    return list(_with_signatures(journey))


# -- Contract day ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Step:
    """A page of the day: what is written there, and what is missing."""

    url_name: str
    title: str
    said: str
    missing: list[str]
    url: str

    @property
    def is_done(self) -> bool:
        return not self.missing


def steps_of(contract: Contract) -> list[Step]:
    """The three pages to fill in, with what is on them; reading again comes after."""
    lacking = missing(contract)
    titles = {
        "contract_identity": (_("Qui signe ce contrat"), _identity_in_words(contract)),
        "contract_objectives": (_("Ce que nous visons"), _objectives_in_words(contract)),
        "contract_terms": (_("Le temps, la fin, la langue"), _terms_in_words(contract)),
    }
    return [
        Step(
            url_name,
            title,
            said,
            [todo for field, todo in lacking.items() if STEP_OF[field] == url_name],
            reverse(url_name, args=[contract.journey_id]),
        )
        for url_name, (title, said) in titles.items()
    ]


def _identity_in_words(contract: Contract) -> str:
    participant = contract.journey.participant
    parts = [participant.full_name] if participant.full_name else []
    if participant.guardian:
        parts.append(_("avec %(name)s") % {"name": participant.guardian})
    return ", ".join(parts)


def _objectives_in_words(contract: Contract) -> str:
    count = contract.objectives.count()
    if not count:
        return ""
    word = french.plural(count, _("objectif"), _("objectifs"))
    return french.capitalised(f"{french.spelled(count)} {word}")


def _terms_in_words(contract: Contract) -> str:
    if not contract.weekly_hours or not contract.planned_end_on:
        return ""
    hours = f"{contract.weekly_hours} {french.plural(contract.weekly_hours, _('heure'))}"
    end = french.day(contract.planned_end_on, weekday=False)
    return _("%(hours)s par semaine, jusqu’au %(end)s") % {"hours": hours, "end": end}


# -- Who signs -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sent:
    """What became of the links sent to a signer: the last one, the last reminder, the next one."""

    last: SigningLink
    reminded_at: datetime.datetime | None
    next_on: datetime.date | None
    is_known: bool  # it went where the person is reached today

    @property
    def is_open(self) -> bool:
        return self.last.opened_at is not None


def sent_to(contract: Contract, signer: Signer) -> Sent | None:
    links = [link for link in contract.links.all() if link.signer == signer]
    if not links:
        return None
    reminders = [link.given_at for link in links if link.is_reminder]
    known = addresses_of(contract.journey.participant, signer).values()
    return Sent(
        links[-1], max(reminders, default=None), next_reminder_on(links), links[-1].to in known
    )


@dataclass(frozen=True)
class Place:
    """A signature, there or awaited; `url` is where this user makes or receives it, `link_url`
    where they send a link, if the person can be reached."""

    signer: Signer
    name: str
    signature: Signature | None
    url: str = ""
    sent: Sent | None = None
    link_url: str = ""

    @property
    def is_own(self) -> bool:
        return self.signer in IN_SESSION


def places_of(contract: Contract, user: User | None) -> list[Place]:
    """The person, their guardian, then those of the team who signed, or the one who may now.

    Parameters: `user`, who of the team looks; None for the person themselves.
    """
    there = {signature.signer: signature for signature in contract.signatures.all()}
    participant, journey = contract.journey.participant, contract.journey
    places = []
    for signer in BY_HAND:
        name = participant.nickname if signer == Signer.PARTICIPANT else participant.guardian
        if name:
            places.append(_own_place(contract, signer, name, there.get(signer)))
    for signer in IN_SESSION:
        if signer in there:
            places.append(Place(signer, there[signer].name, there[signer]))
    mine = signer_of(user, journey) if user else None
    if mine and mine not in there and not contract.signed_on:
        url = reverse("contract_sign_self", args=[journey.pk])
        places.append(Place(mine, user.get_full_name(), None, url))
    elif not there.keys() & set(IN_SESSION):
        places.append(Place(Signer.COORDINATOR, "", None))
    return places


def _own_place(contract: Contract, signer: Signer, name: str, signature) -> Place:
    """The person or the guardian: by hand, or by a link where there is somewhere to send it."""
    if signature:
        return Place(signer, name, signature)
    args = [contract.journey_id, signer.value]
    reached = addresses_of(contract.journey.participant, signer)
    return Place(
        signer,
        name,
        None,
        reverse("contract_sign_hand", args=args),
        sent_to(contract, signer),
        reverse("contract_link", args=args) if reached else "",
    )


# -- What the person reads, in the language they choose -------------------------------------------


@dataclass(frozen=True)
class Shown:
    """A text to read and its language; `is_missing`: the one asked for does not exist."""

    language: Spoken
    paragraphs: list[Paragraph]
    sha256: str
    is_missing: bool = False

    @property
    def is_original(self) -> bool:
        return self.language.language == Language.FRENCH


def shown_in(contract: Contract, language: str) -> Shown:
    """The frozen text in that language; else in easy French, else the French one."""
    there = {one.language: one for one in contract.translations.all()}
    if language != Language.FRENCH:
        for candidate in (language, Language.EASY_FRENCH):
            if found := there.get(candidate):
                text = paragraphs(found.text)
                return Shown(spoken(candidate), text, found.sha256, candidate != language)
    is_missing = language != Language.FRENCH
    french_text = paragraphs(contract.text)
    return Shown(spoken(Language.FRENCH), french_text, contract.sha256, is_missing)


@dataclass(frozen=True)
class Change:
    """What a version changes: what was, what is now."""

    now: str
    was: str = ""


def changes_of(contract: Contract, in_words: Spoken) -> list[Change]:
    """An amendment against the version in force: a plain list, empty for a first contract."""
    signed = contract.journey.contracts.all().signed().filter(number__lt=contract.number)
    before = signed.order_by("number").last()
    if before is None:
        return []
    pairs = [
        (
            "hours",
            hours_in(in_words, before.weekly_hours),
            hours_in(in_words, contract.weekly_hours),
        ),
        ("end", in_words.day(before.planned_end_on), in_words.day(contract.planned_end_on)),
    ]
    changes = [
        Change(in_words.say("text", word, now), in_words.say("text", word, was))
        for word, was, now in pairs
        if was != now
    ]
    changes += [Change(one.wording) for one in contract.objectives.all()]
    if contract.text and terms_of(before.text) != terms_of(contract.text):
        changes.append(Change(in_words.say("read", "changed_terms")))
    return changes


def who_signs(contract: Contract, in_words: Spoken) -> list[dict]:
    """Each signature, there or awaited, by the words of a language: who, their name, when."""
    there = list(contract.signatures.all())
    rows = [
        {
            "who": in_words.words["who"][one.signer],
            "name": one.name,
            "on": in_words.day(timezone.localdate(one.signed_at)),
            "how": in_words.words["how"][one.method],
        }
        for one in there
    ]
    participant = contract.journey.participant
    names = {Signer.PARTICIPANT: participant.full_name, Signer.GUARDIAN: participant.guardian}
    if contract.signed_on is None:
        for signer in awaited(contract):
            who = in_words.words["who"][signer]
            rows.append({"who": who, "name": names.get(signer, ""), "on": "", "how": ""})
    return rows


# -- Anybody's question ----------------------------------------------------------------------------


def known_text(sha256: str) -> SignedText | None:
    """The hash of a frozen text, if it is one of ours; it names nobody."""
    return SignedText.objects.filter(pk=sha256).first()
