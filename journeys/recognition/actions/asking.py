"""A request for a badge, from whoever starts it: the person, their team, a code on the wall."""

import uuid

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from badges.achievements.models import Achievement
from journeys.activities.models import Session
from journeys.experiences.actions.telling import wish_badge
from journeys.experiences.enums import Reader
from journeys.experiences.models import Experience, Reflection
from journeys.pathway.actions.acting import begin, save_new, tell
from journeys.pathway.models import Journey
from journeys.recognition.enums import WAITING, StartedBy, State
from journeys.recognition.models import Recognition
from territories.accounts.models import User
from territories.journal.enums import Act
from territories.organisations.models import Organisation


@transaction.atomic
def ask(
    *,
    journey: Journey,
    by: User,
    client_uuid: uuid.UUID,
    achievement: Achievement | None = None,
    asked_for: str = "",
    experience: Experience | None = None,
    reflection: Reflection | None = None,
    words: str = "",
    organisation: Organisation | None = None,
) -> Recognition:
    """« J'aimerais faire reconnaître… »: the person asks.

    Parameters: `achievement`, a published badge, or else `asked_for`, free words; `organisation`,
    who is to answer, that of the activity or of the badge if None; `client_uuid`, given by the
    page: sent twice, it is the same request.
    Raises ValidationError by field; for a reflection kept for oneself, which nobody could read.
    """
    if reflection and reflection.reader == Reader.ME:
        raise ValidationError({"reflection": _("Choisissez d’abord qui lit ce récit.")})
    return _started(
        journey,
        by,
        StartedBy.PARTICIPANT,
        client_uuid,
        seen=None,
        achievement=achievement,
        asked_for=asked_for.strip(),
        experience=experience or (reflection.experience if reflection else None),
        reflection=reflection,
        words=words.strip(),
        organisation=organisation,
    )


@transaction.atomic
def propose(
    *,
    journey: Journey,
    by: User,
    seen: int | None,
    client_uuid: uuid.UUID,
    achievement: Achievement,
    experience: Experience | None = None,
    reason: str = "",
    organisation: Organisation | None = None,
) -> Recognition:
    """A colleague of the team proposes a badge for what the person did; the other side answers."""
    return _started(
        journey,
        by,
        StartedBy.REFERENT,
        client_uuid,
        seen=seen,
        achievement=achievement,
        experience=experience,
        reason=reason.strip(),
        organisation=organisation,
    )


@transaction.atomic
def ask_by_scan(
    *, journey: Journey, by: User, session: Session, achievement: Achievement
) -> Recognition:
    """Somebody present reads the code of a session. Read twice, or asked for otherwise before, it
    is the same request; read once the badge is theirs, it is the one that gave it."""
    before = Recognition.objects.filter(journey=journey, achievement=achievement)
    same = Q(session=session, state=State.ACCEPTED) | Q(state__in=WAITING)
    held = before.filter(same).first()
    if held:
        return held
    lived = Experience.objects.filter(journey=journey, activity=session.activity_id).first()
    return _started(
        journey,
        by,
        StartedBy.SCAN,
        uuid.uuid4(),
        seen=None,
        achievement=achievement,
        experience=lived,
        session=session,
        organisation=session.activity.organisation,
    )


@transaction.atomic
def wish(*, reflection: Reflection, by: User, wished: bool) -> None:
    """« Je voudrais un badge », said of what one told, or not any more: the request with it."""
    wish_badge(reflection=reflection, by=by, wished=wished)
    waiting = Recognition.objects.waiting().filter(reflection=reflection)
    if not wished:
        for one in waiting:
            withdraw(recognition=one, by=by)
    elif not waiting.exists():
        title = reflection.experience.title
        ask(
            journey=reflection.journey,
            by=by,
            client_uuid=uuid.uuid4(),
            asked_for=title,
            reflection=reflection,
        )


@transaction.atomic
def complete(
    *, recognition: Recognition, by: User, words: str, reflection: Reflection | None = None
) -> Recognition:
    """What was asked for is told: the request goes back to who answers."""
    held, journey = begun(recognition, seen=None)
    if held.state != State.MORE:
        raise ValidationError(_("Il n’y a rien à ajouter à cette demande."))
    if not words.strip() and not reflection:
        raise ValidationError({"words": _("Dites quelques mots.")})
    held.state, held.words = State.ASKED, words.strip() or held.words
    held.reflection = reflection or held.reflection
    held.save(update_fields=["state", "words", "reflection"])
    tell(Act.BADGE_ASKED, journey=journey, by=by, about=held)
    return held


@transaction.atomic
def withdraw(*, recognition: Recognition, by: User) -> None:
    """The person, or who proposed, takes the request back. Done twice, it is done once."""
    held, journey = begun(recognition, seen=None)
    if held.is_waiting:
        held.state = State.WITHDRAWN
        held.save(update_fields=["state"])
        unwish(held)
        tell(Act.BADGE_UNASKED, journey=journey, by=by, about=held)


def begun(recognition: Recognition, *, seen: int | None) -> tuple[Recognition, Journey]:
    """The request as it is now, locked after its journey."""
    journey = begin(recognition.journey, seen=seen)
    rows = Recognition.objects.select_for_update(of=("self",))
    held = rows.select_related("achievement", "organisation").filter(pk=recognition.pk).first()
    if held is None:
        raise ValidationError(_("Cette demande n’existe plus."))
    held.journey = journey
    return held, journey


def unwish(held: Recognition) -> None:
    """« Je voudrais un badge » is not said any more of what was told."""
    Reflection.objects.filter(pk=held.reflection_id).update(badge_asked_on=None)


def _started(
    journey: Journey, by: User, started_by: str, client_uuid: uuid.UUID, seen, **of
) -> Recognition:
    journey = begin(journey, seen=seen)
    found = Recognition.objects.filter(journey=journey, client_uuid=client_uuid).first()
    if found:
        return found
    made = Recognition(
        territory_id=journey.territory_id,
        journey=journey,
        started_by=started_by,
        starter=by,
        client_uuid=client_uuid,
        **of | {"organisation": of["organisation"] or _who_answers(of)},
    )
    _refuse_twice(made)
    save_new(made)
    act = Act.BADGE_PROPOSED if started_by == StartedBy.REFERENT else Act.BADGE_ASKED
    tell(act, journey=journey, by=by, about=made)
    return made


def _who_answers(of: dict) -> Organisation | None:
    """Who saw it, else whose badge it is; else the person's own team alone."""
    experience, achievement = of.get("experience"), of.get("achievement")
    if experience and experience.activity_id:
        return experience.activity.organisation
    return achievement.organisation if achievement else None


def _refuse_twice(made: Recognition) -> None:
    same = Recognition.objects.waiting().filter(
        journey=made.journey, achievement=made.achievement, experience=made.experience
    )
    if made.achievement and same.exists():
        raise ValidationError(_("Ce badge est déjà demandé : il attend une réponse."))
