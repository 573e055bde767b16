"""« Ce que j'en dis »: told, told otherwise, read by whom the person chooses, erased.

What the person keeps for themselves leaves no line in the journal and counts in no version: nobody
else may know that it exists.
"""

import uuid
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.documents.erasing import forget_file
from journeys.documents.pictures import redrawn
from journeys.documents.sounds import clean_sound
from journeys.experiences.enums import PROMPTS, Reader, Teller
from journeys.experiences.models import Experience, Reflection
from journeys.pathway.actions.acting import begin, tell
from journeys.pathway.models import Journey
from rtr.lib.uploads import refuse_too_big
from territories.accounts.models import User
from territories.journal.enums import Act


@dataclass
class Said:
    """What a form holds: words, a voice, a photograph; `without_…`, take away the one kept."""

    did: str = ""
    liked: str = ""
    learnt: str = ""
    follows: str = ""
    skills: list[str] = field(default_factory=list)
    own_words: list[str] = field(default_factory=list)
    voice: UploadedFile | None = None
    photo: UploadedFile | None = None
    without_voice: bool = False
    without_photo: bool = False


@dataclass
class _Files:
    """Written again before anything is locked: it takes seconds."""

    voice: bytes = b""
    seconds: int | None = None
    photo: bytes = b""


def pen_readers(user: User, journey: Journey) -> list[Reader]:
    """For whom this user may write with the person: those among whom they are, since they read."""
    mine = journey.team.standing().filter(user=user)
    if mine.referring().exists():
        return [Reader.REFERENTS, Reader.TEAM]
    return [Reader.TEAM] if mine.exists() else []


def tell_reflection(
    *,
    experience: Experience,
    by: User,
    said: Said,
    reader: str,
    client_uuid: uuid.UUID,
    seen: int | None = None,
) -> Reflection:
    """Keep what the person says, or what a colleague writes with them (« holding the pen »).

    Parameters: `client_uuid`, given by the page: sent twice, it is the same reflection; `seen`, the
    journey's version before the colleague's eyes. Raises ValidationError by field.
    """
    _refuse_before_somebody(by, reader)
    files = _cleaned(said)
    with transaction.atomic():
        by_person = by.territory_id is not None
        journey = _locked(experience.journey) if by_person else begin(experience.journey, seen=seen)
        found = Reflection.objects.filter(journey=journey, client_uuid=client_uuid).first()
        if found:
            return found
        if not by_person and reader not in pen_readers(by, journey):
            raise ValidationError(
                {"reader": _("Qui tient le stylo lit aussi : choisissez qui lit.")}
            )
        reflection = Reflection(
            territory_id=journey.territory_id,
            journey=journey,
            experience=experience,
            teller=Teller.PERSON if by_person else Teller.REFERENT,
            written_by=by,
            reader=reader,
            client_uuid=client_uuid,
        )
        _write(reflection, said, files)
        if not by.helped_by:  # what they were writing alone waits for them
            Experience.objects.filter(pk=experience.pk).update(draft={})
        act = Act.REFLECTION_TOLD if by_person else Act.REFLECTION_WRITTEN
        _note(act, reflection, journey, by)
    return reflection


def retell(*, reflection: Reflection, by: User, said: Said, reader: str) -> Reflection:
    """Say it otherwise, until it was talked about; then one tells again."""
    _refuse_before_somebody(by, reader)
    files = _cleaned(said)
    with transaction.atomic():
        journey = _locked(reflection.journey)
        held = _held(reflection)
        if held.discussed_on:
            raise ValidationError(_("Vous en avez déjà parlé. Racontez de nouveau."))
        held.reader = reader
        _write(held, said, files)
        _note(Act.REFLECTION_CHANGED, held, journey, by)
    return held


@transaction.atomic
def choose_reader(*, reflection: Reflection, by: User, reader: str) -> None:
    """Who reads changes at once, as often as the person likes. Who held the pen has read."""
    journey = _locked(reflection.journey)
    held = _held(reflection)
    before, held.reader = held.reader, reader
    held.full_clean(exclude=["territory", "journey", "experience", "discussed_with", "written_by"])
    held.save(update_fields=["reader"])
    if before != reader:
        act = Act.REFLECTION_TOLD if before == Reader.ME else Act.READER_CHANGED
        _note(act, held, journey, by, known=Reader.ME != before)


@transaction.atomic
def erase_reflection(*, reflection: Reflection, by: User) -> None:
    """The person takes it back; voice and photograph go with it (experiences/receivers.py)."""
    journey = _locked(reflection.journey)
    held = _held(reflection)
    _note(Act.REFLECTION_CHANGED, held, journey, by)
    held.delete()


@transaction.atomic
def wish_badge(*, reflection: Reflection, by: User, wished: bool) -> None:
    """« Je voudrais un badge », or not any more; said of what somebody of the team may read."""
    journey = _locked(reflection.journey)
    held = _held(reflection)
    if wished and held.reader == Reader.ME:
        raise ValidationError(_("Choisissez d’abord qui lit ce récit."))
    if wished == bool(held.badge_asked_on):
        return
    held.badge_asked_on = timezone.localdate() if wished else None
    held.save(update_fields=["badge_asked_on"])
    _note(Act.BADGE_WISHED, held, journey, by)


def keep_draft(*, experience: Experience, words: dict[str, str]) -> None:
    """What is being written, as it is: found again if the page closes."""
    kept = {name: words.get(name, "")[:500] for name in PROMPTS}
    Experience.objects.filter(pk=experience.pk).update(draft=kept if any(kept.values()) else {})


def _refuse_before_somebody(by: User, reader: str) -> None:
    """« Pour moi seul » is told alone, not on the screen of a colleague who helps."""
    if by.helped_by and reader == Reader.ME:
        text = _("%(name)s voit cette page. Racontez-le seul, ou choisissez qui lit.")
        raise ValidationError({"reader": text % {"name": by.helped_by.first_name}})


def _cleaned(said: Said) -> _Files:
    files, errors = _Files(), {}
    try:
        if said.voice:
            files.voice, _type, files.seconds = clean_sound(said.voice)
    except ValidationError as error:
        errors["voice"] = error.messages
    try:
        if said.photo:
            refuse_too_big(said.photo)
            files.photo = redrawn(said.photo)
    except ValidationError as error:
        errors["photo"] = error.messages
    if errors:
        raise ValidationError(errors)
    return files


def _write(held: Reflection, said: Said, files: _Files) -> None:
    for name in PROMPTS:
        setattr(held, name, getattr(said, name))
    held.skills, held.own_words = said.skills, said.own_words
    _keep(held, "voice", files.voice, said.without_voice)
    if files.voice or not held.voice:
        held.voice_seconds = files.seconds
    _keep(held, "photo", files.photo, said.without_photo)
    held.full_clean(exclude=["territory", "journey", "experience", "discussed_with", "written_by"])
    held.save()


def _keep(held: Reflection, column: str, content: bytes, without: bool) -> None:
    """The new file instead of the former one, which is erased, or none."""
    if content or without:
        forget_file(held, column=column)
        setattr(held, column, "")
    if content:
        getattr(held, column).save("file", ContentFile(content), save=False)


def _locked(journey: Journey) -> Journey:
    """Held without counting one more act: what is kept for oneself must not be seen in a number."""
    return Journey.objects.select_for_update(of=("self",)).get(pk=journey.pk)


def _held(reflection: Reflection) -> Reflection:
    """As it is now, locked. Raises ValidationError when it went meanwhile."""
    rows = Reflection.objects.select_for_update(of=("self",)).select_related("experience")
    held = rows.filter(pk=reflection.pk).first()
    if held is None:
        raise ValidationError(_("Ce récit a été effacé."))
    return held


def _note(act: str, held: Reflection, journey: Journey, by: User, *, known: bool = False) -> None:
    if known or held.reader != Reader.ME:
        tell(act, journey=journey, by=by, about=held)
