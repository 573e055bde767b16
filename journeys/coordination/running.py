"""What the settings of a programme ask of journeys: the codes of exits, what a shorter term
erases tonight. The counts follow the night's work (journeys/nightly.py), condition by condition."""

import datetime

from dateutil.relativedelta import relativedelta
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import ngettext_lazy

from journeys.participants.models import Referral
from journeys.pathway.lists import OUTCOMES, own_positive
from journeys.pathway.models import Absence, Journey, Note
from rtr import scope
from territories.coordination import above
from territories.programmes.models import Programme


def _tonight(programme: Programme):
    """The next day, when the night's work runs, and the programme's territories."""
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    return tomorrow, list(programme.territories.values_list("pk", flat=True))


def butinages(programme: Programme, days: int) -> int:
    on, ids = _tonight(programme)
    before = on - datetime.timedelta(days=days)
    with scope.over(ids):
        stale = Journey.objects.in_butinage().without_contact_since(before)
        named = {"participant__identified_on__isnull": True, "territory__in": ids}
        return stale.filter(**named, first_contact_on__lt=before).count()


def identities(programme: Programme, days: int) -> int:
    on, ids = _tonight(programme)
    before = on - datetime.timedelta(days=days)
    with scope.over(ids):
        noted = Journey.objects.in_butinage().filter(territory__in=ids)
        return noted.filter(participant__identified_on__lt=before).count()


def expiring(programme: Programme, days: int) -> int:
    on, ids = _tonight(programme)
    before = on - datetime.timedelta(days=days)
    with scope.over(ids):
        waiting = Referral.objects.open().filter(territory__in=ids)
        return waiting.filter(received_on__lt=before).count()


def referrals(programme: Programme, days: int) -> int:
    on, ids = _tonight(programme)
    with scope.over(ids):
        answered = Referral.objects.filter(territory__in=ids, erased_on__isnull=True)
        return answered.filter(answered_on__lte=on - datetime.timedelta(days=days)).count()


def notes(programme: Programme, months: int) -> int:
    on, ids = _tonight(programme)
    with scope.over(ids):
        ended = Absence.objects.exits().filter(
            Q(from_on__lte=on - relativedelta(months=months)), until_on=None, territory__in=ids
        )
        return Note.objects.filter(journey__in=ended.values("journey")).count()


def _said(words):
    return lambda count: str(words % {"count": count})


def _may_be_official() -> list[tuple[str, str]]:
    """Jobs and trainings; the programme's own positive exits are counted apart (rule 10)."""
    own = own_positive()
    return [pair for pair in OUTCOMES.choices() if pair[0] not in own]


above.add_choices("official_positive_exits", _may_be_official)
above.add_danger(
    "butinage_purge_days",
    butinages,
    _said(
        ngettext_lazy(
            "%(count)s fiche sans contrat sera effacée cette nuit ; seul un compte en reste.",
            "%(count)s fiches sans contrat seront effacées cette nuit ; seul un compte en reste.",
            "count",
        ),
    ),
)
above.add_danger(
    "unsigned_contract_days",
    identities,
    _said(
        ngettext_lazy(
            "%(count)s identité notée pour un contrat non signé sera effacée cette nuit.",
            "%(count)s identités notées pour un contrat non signé seront effacées cette nuit.",
            "count",
        ),
    ),
)
above.add_danger(
    "referral_answer_days",
    expiring,
    _said(
        ngettext_lazy(
            "%(count)s orientation sans réponse expirera cette nuit.",
            "%(count)s orientations sans réponse expireront cette nuit.",
            "count",
        ),
    ),
)
above.add_danger(
    "referral_erase_days",
    referrals,
    _said(
        ngettext_lazy(
            "%(count)s orientation déjà répondue perdra prénom et contact cette nuit.",
            "%(count)s orientations déjà répondues perdront prénom et contact cette nuit.",
            "count",
        ),
    ),
)
above.add_danger(
    "notes_purge_months",
    notes,
    _said(
        ngettext_lazy(
            "%(count)s note de parcours terminé sera effacée cette nuit.",
            "%(count)s notes de parcours terminés seront effacées cette nuit.",
            "count",
        ),
    ),
)
