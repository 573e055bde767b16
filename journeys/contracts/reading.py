"""What pages show of contracts: the agreement in force, the steps of the day, who signs."""

from dataclasses import dataclass

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from journeys.contracts.actions.preparing import missing
from journeys.contracts.actions.signing import BY_HAND, IN_SESSION, signer_of
from journeys.contracts.enums import Signer
from journeys.contracts.models import Contract, Objective, Signature, SignedText
from journeys.pathway.models import Journey
from rtr.lib import french
from territories.accounts.models import User

# The page where each thing a draft may miss is written.
STEP_OF = {
    "first_name": "contract_identity",
    "last_name": "contract_identity",
    "birth_date": "contract_identity",
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
class Place:
    """A signature, there or awaited; `url` is where this user makes or receives it."""

    signer: Signer
    name: str
    signature: Signature | None
    url: str = ""

    @property
    def is_own(self) -> bool:
        return self.signer in IN_SESSION


def places_of(contract: Contract, user: User) -> list[Place]:
    """The person, their guardian, then those of the team who signed, or the one who may now."""
    there = {signature.signer: signature for signature in contract.signatures.all()}
    participant, journey = contract.journey.participant, contract.journey
    places = []
    for signer in BY_HAND:
        name = participant.nickname if signer == Signer.PARTICIPANT else participant.guardian
        if name:
            url = _hand_url(contract, signer) if signer not in there else ""
            places.append(Place(signer, name, there.get(signer), url))
    for signer in IN_SESSION:
        if signer in there:
            places.append(Place(signer, there[signer].name, there[signer]))
    mine = signer_of(user, journey)
    if mine and mine not in there and not contract.signed_on:
        url = reverse("contract_sign_self", args=[journey.pk])
        places.append(Place(mine, user.get_full_name(), None, url))
    elif not there.keys() & set(IN_SESSION):
        places.append(Place(Signer.COORDINATOR, "", None))
    return places


def _hand_url(contract: Contract, signer: Signer) -> str:
    return reverse("contract_sign_hand", args=[contract.journey_id, signer.value])


# -- Anybody's question ----------------------------------------------------------------------------


def known_text(sha256: str) -> SignedText | None:
    """The hash of a frozen text, if it is one of ours; it names nobody."""
    return SignedText.objects.filter(pk=sha256).first()
