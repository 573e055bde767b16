"""The page of the news taken after an exit: its words in five languages, and what its link opens.

The words are in journeys/data/after.toml: this page is read by people who never sign in.
"""

import hashlib
import tomllib
from functools import cache

from django.conf import settings
from django.utils import timezone
from django.utils.translation.trans_real import parse_accept_lang_header

from journeys.messages.enums import Language
from journeys.participants.lists import DATA
from journeys.participants.models import Participant
from journeys.pathway.enums import FollowUpStatus
from journeys.pathway.models import FollowUp, FollowUpTry, TeamMember
from rtr import scope
from rtr.lib import contacts

PENDING = (FollowUpStatus.DUE, FollowUpStatus.ASKED)
REFUSE, STOP = "refuse", "stop"


@cache
def _words() -> dict[str, dict]:
    return tomllib.loads((DATA / "after.toml").read_text(encoding="utf-8"))


def words(language: str) -> dict:
    return _words()[language]


def is_answer(code: str) -> bool:
    return code in words(Language.FRENCH)["answers"]


def language_of(participant: Participant, *read: str) -> str:
    """The one the person chose, else the first of `read`, else that of the last contract, else
    French."""
    if not participant.language and not read:
        contracts = participant.journey.contracts.order_by("-number")
        read = tuple(contracts.values_list("language", flat=True)[:1])
    known = dict(settings.LANGUAGES)
    return next((code for code in (participant.language, *read) if code in known), Language.FRENCH)


def language_for(asked: str, accepted: str) -> str:
    """The language chosen on the page, or the first of the browser's that we have.

    Parameters: `accepted`, the Accept-Language header.
    """
    if asked in Language.values:
        return asked
    for code, _weight in parse_accept_lang_header(accepted[:200]):
        if code.split("-")[0] in Language.values:
            return code.split("-")[0]
    return Language.FRENCH


def phone_of(participant: Participant) -> str:
    """Where a text message reaches the person, in E.164; nothing when it cannot."""
    if participant.phone:
        return participant.phone.as_e164
    return contacts.phone(participant.contact)


def sha256_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def link_of(token: str) -> FollowUpTry | None:
    """The message that carried this link, whatever became of its question."""
    with scope.everything("a link names its territory once found"):
        rows = FollowUpTry.objects.select_related("follow_up", "territory")
        return rows.filter(token_sha256=sha256_of(token)).first()


def is_open(link: FollowUpTry) -> bool:
    return link.follow_up.status in PENDING and link.expires_at > timezone.now()


def is_answered(link: FollowUpTry) -> bool:
    return link.follow_up.status in (FollowUpStatus.ANSWERED, FollowUpStatus.REFUSED)


def helper_of(follow_up: FollowUp) -> str:
    """The first name of who refers for the journey, if somebody still does."""
    # A referent before the coordination: the later word in the alphabet.
    team = TeamMember.objects.filter(journey=follow_up.journey_id).referring().standing()
    names = team.order_by("-role", "from_on", "pk").values_list("user__first_name", flat=True)
    return names.first() or ""
