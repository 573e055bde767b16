"""Rights: whose rows are known to whom, what each address answers, a row of each person.

See tests/security/answers.py for how an answer is written; `found` is a Person of world.py: keep
rows in `found.rows` (their names make the arguments of addresses) and words in `found.word(…)`.
"""

import datetime

from django.utils import timezone

from journeys.models import Consent, DataRequest
from tests.security.answers import ONLY_PART, TEAM, Address, Public, act, only_post

KNOWN: dict[str, dict[str, set[str]]] = {}

# A copy holds working notes too (rule 20), and what others hold of the person.
COPIED = "working referral message secrets"

ADDRESSES: dict[str, Address | Public] = {
    "request_answer": act(TEAM, "asked"),
    "help_open": act(),
    # On the person's own phone
    "portal_copy": Address(ONLY_PART),
    "portal_copy_read": Address(ONLY_PART, also_tells=COPIED),
    "portal_copy_take": Address(ONLY_PART, get=405, also_tells=COPIED),
    "portal_correct": Address(ONLY_PART, post=422),
    "portal_nickname": Address(ONLY_PART, post=422),
    "portal_stop": Address(ONLY_PART, post=422),
    "portal_erase": Address(ONLY_PART, post=302),
    "portal_erase_mine": Address(ONLY_PART, get=405, post=302),
    "portal_erased": Public((200, 200), (200, 200)),
    "portal_request_take_back": only_post(ONLY_PART, "own", "asked"),
    "portal_consents": Address(ONLY_PART),
    # « lien » that is nobody's
    "portal_consent": Address(ONLY_PART, "", ("journey",), get=404, post=404),
    # Nobody but the author opened the file of « mine »
    "portal_openings": Address(ONLY_PART, "", ("journey",), get=404, post=404),
    "portal_help_end": only_post(ONLY_PART, ""),
}

# Models whose rows are about somebody: inside the second wall; those about nobody, and why.
INSIDE = "Consent DataRequest"
OUTSIDE: dict[str, str] = {}
# Names of models whose scope is that of their journey, and of those that have their own.
OF_JOURNEY = "Consent DataRequest"
OTHERS = ""
# kind of row: (model, its rows of a Person of the world)
KINDS: dict[str, tuple] = {}
# Coordinators and managers know of every kind there where they are, unless said otherwise here:
# role: {kind: keys of the people whose rows are known}, roles being those of test_model_matrix.
ORACLE: dict[str, dict[str, str]] = {}
# (queryset class, name of its method, the kind whose rows tell when it is weakened)
FUNCTIONS: list[tuple] = []


def rows(found, author) -> None:
    """One that waits for an answer, one agreement taken back."""
    of = {"territory": found.journey.territory, "journey": found.journey}
    today = timezone.localdate()
    found.rows.asked = DataRequest.objects.create(
        **of,
        kind="correct",
        subject="other",
        text=found.word("answers", "Corriger"),
        due_on=today + datetime.timedelta(days=30),
    )
    Consent.objects.create(**of, to="tutor", withdrawn_on=today, withdrawn_by=author)
