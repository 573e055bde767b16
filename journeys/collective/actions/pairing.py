"""Pairs: made and changed by who leads; feedback is given by one of the two to the other."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.collective.pairs import Pair, PairFeedback
from territories.accounts.models import User
from territories.journal.actions import record
from territories.journal.enums import Act


@transaction.atomic
def keep_pair(*, pair: Pair, by: User) -> Pair:
    """Raises ValidationError, in the words of the constraints."""
    pair.full_clean(exclude=["territory"])
    pair.save()
    record(Act.PAIR_CHANGED, by=by, territory_id=pair.territory_id, about=pair)
    return pair


@transaction.atomic
def give_feedback(*, feedback: PairFeedback, by: User) -> PairFeedback:
    """Raises PermissionDenied for who leads neither side, ValidationError when nothing is said."""
    side = feedback.pair.side_of(by)
    if not side:
        raise PermissionDenied
    if feedback.on > timezone.localdate():
        raise ValidationError({"on": _("Ce jour n’est pas encore venu.")})
    feedback.side, feedback.written_by = side, by
    feedback.territory_id = feedback.pair.territory_id
    feedback.full_clean(exclude=["territory", "pair"])
    feedback.save()
    record(Act.PAIR_CHANGED, by=by, territory_id=feedback.territory_id, about=feedback.pair)
    return feedback
