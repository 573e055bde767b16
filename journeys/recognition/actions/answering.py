"""A request is answered: the badge is given, more is asked for, or it will be for another day."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from badges.achievements.models import Achievement
from badges.credentials.actions import award
from journeys.contracts.actions.objectives import reach_by_badge
from journeys.experiences.models import Reflection
from journeys.pathway.actions.acting import tell
from journeys.pathway.models import Journey
from journeys.recognition.actions.asking import begun, unwish
from journeys.recognition.enums import State
from journeys.recognition.holding import recipient_of
from journeys.recognition.issuing import issuer_of, version_of
from journeys.recognition.models import Recognition
from journeys.recognition.telling import tell_news
from territories.accounts.models import User
from territories.journal.enums import Act

ANSWERED = ["state", "reviewer", "answered_at", "answer"]
GIVEN = [*ANSWERED, "achievement", "reason", "credential", "objective", "organisation"]


@transaction.atomic
def accept(
    *,
    recognition: Recognition,
    by: User,
    seen: int | None,
    achievement: Achievement | None = None,
    reason: str = "",
) -> Recognition:
    """Give the badge: it is the person's at once, and reaches the objectives that aim at it.

    Parameters: `achievement`, for a request that names none, or another one than it names;
    `reason`, needed where no experience with its reflection says why (rule 18).
    Raises ValidationError by field, and when a colleague answered meanwhile.
    """
    held, journey = _begun(recognition, seen)
    _refuse_own(held, by)
    held.achievement = achievement or held.achievement
    if held.achievement is None:
        raise ValidationError({"achievement": _("Choisissez le badge.")})
    held.reason = reason.strip() or held.reason
    if not held.reason and not has_reason(held):
        text = _("Dites pourquoi : aucun récit d’expérience ne le dit encore.")
        raise ValidationError({"reason": text})
    issuer = issuer_of(held.achievement, held.organisation)
    held.credential = award(
        recipient=recipient_of(journey.participant),
        version=version_of(held.achievement),
        issuer=issuer,
        by=by,
        file_version=journey.version,
    )
    held.organisation = issuer.organisation
    reached = reach_by_badge(journeys=[journey], achievement=held.achievement, by=by)
    held.objective = next(iter(reached), None)
    _answered(held, State.ACCEPTED, by)
    held.save(update_fields=GIVEN)
    tell_news([journey])
    return held


@transaction.atomic
def ask_more(*, recognition: Recognition, by: User, seen: int | None, answer: str) -> Recognition:
    """Say what is missing; the person completes their request when they like."""
    return _said(recognition, by, seen, State.MORE, answer)


@transaction.atomic
def decline(*, recognition: Recognition, by: User, seen: int | None, answer: str) -> Recognition:
    """Not this time, and why: of the request, never of the person, who may ask again."""
    return _said(recognition, by, seen, State.DECLINED, answer)


def has_reason(held: Recognition) -> bool:
    """Whether an experience with its reflection says why; one kept for oneself says it too."""
    if held.reflection_id:
        return True
    told = Reflection.objects.filter(experience=held.experience_id)
    return held.experience_id is not None and told.exists()


def _said(recognition: Recognition, by: User, seen: int | None, state: str, answer: str):
    held, journey = _begun(recognition, seen)
    if not answer.strip():
        raise ValidationError({"answer": _("Dites pourquoi, avec vos mots.")})
    held.answer = answer.strip()
    _answered(held, state, by)
    held.save(update_fields=ANSWERED)
    if state == State.DECLINED:
        unwish(held)
    tell(Act.BADGE_ANSWERED, journey=journey, by=by, about=held, fields=["state"])
    if not held.is_proposed:
        tell_news([journey])
    return held


def _begun(recognition: Recognition, seen: int | None) -> tuple[Recognition, Journey]:
    held, journey = begun(recognition, seen=seen)
    if not held.is_waiting:
        words = {"state": held.get_state_display().lower()}
        raise ValidationError(_("Cette demande a déjà sa réponse : %(state)s.") % words)
    return held, journey


def _answered(held: Recognition, state: str, by: User) -> None:
    held.state, held.reviewer, held.answered_at = state, by, timezone.now()


def _refuse_own(held: Recognition, by: User) -> None:
    """Who proposes does not answer alone, but for the body that recognises."""
    if held.is_proposed and held.starter_id == by.pk:
        mine = Q(pk=held.pk) & by.houses_where("badges.answer")
        if not Recognition.objects.filter(mine).exists():
            raise ValidationError(_("Vous avez proposé ce badge : une autre personne répond."))
