"""The catalogue's life: written, drawn, published version after version, retired; asked for."""

import re

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from badges.achievements.drawing import draw
from badges.achievements.enums import ProposalState, Status
from badges.achievements.models import Achievement, AchievementVersion, Alignment, Proposal
from badges.proofs.documents import clean
from rtr.lib.words import plain
from territories.journal.actions import record
from territories.journal.enums import Act
from territories.organisations.models import Organisation
from territories.programmes.models import Programme

# Frozen with a version, signed inside each badge; and what may change at any time beside it.
WORDS = ("name", "description", "criteria", "category", "level", "tags", "language")
FROZEN = (*WORDS, "validity_months")
FILED = ("organisation", "field", "audience", "is_shared")
SAID = ("name", "description", "criteria")
# Words of somebody's situation: a badge is shown to strangers (domain.md, rule 18).
TELLING = re.compile(
    r"\b(chomage|chomeu(?:r|se)s?|rsa|demandeu(?:r|se)s? d.emploi"
    r"|insertion (?:sociale|professionnelle)|eloignee?s? de l.emploi|sans emploi"
    r"|sans[- ]abri|refugiee?s?|detenue?s?)\b"
)

# -- Writing ---------------------------------------------------------------------------------------


@transaction.atomic
def create(
    *, programme: Programme, by, words: dict, filed: dict, co_designers=(), code: str = ""
) -> Achievement:
    """Write a badge model, as a draft.

    Parameters: `words`, of FROZEN; `filed`, of FILED; `code`, from its name if none is given.
    Raises ValidationError by field.
    """
    words = _told(programme, words)
    achievement = Achievement.objects.create(
        programme=programme,
        code=code or _free_code(programme, words["name"]),
        **{key: words[key] for key in WORDS if key in words},
        **filed,
    )
    achievement.co_designers.set(co_designers)
    AchievementVersion.objects.create(achievement=achievement, number=1, **words)
    _journal(achievement, by)
    return achievement


def _free_code(programme: Programme, name: str) -> str:
    wanted = slugify(name)[:44] or "badge"
    taken = set(
        programme.achievements.filter(code__startswith=wanted).values_list("code", flat=True)
    )
    numbered = (f"{wanted}-{n}" if n > 1 else wanted for n in range(1, len(taken) + 2))
    return next(code for code in numbered if code not in taken)


@transaction.atomic
def _draft_of(*, achievement: Achievement) -> AchievementVersion:
    """The version being written: the one that is, or a copy of the last one published."""
    achievement = Achievement.objects.select_for_update(no_key=True).get(pk=achievement.pk)
    if draft := achievement.versions.drafts().first():
        return draft
    last = achievement.versions.prefetch_related("alignments").first()
    kept = {name: getattr(last, name) for name in (*FROZEN, "image_svg", "design")}
    draft = AchievementVersion.objects.create(
        achievement=achievement, number=last.number + 1, **kept
    )
    Alignment.objects.bulk_create(
        Alignment(version=draft, framework=a.framework, code=a.code, name=a.name, url=a.url)
        for a in last.alignments.all()
    )
    return draft


@transaction.atomic
def write(*, achievement: Achievement, by, words: dict) -> AchievementVersion:
    """Change the words of the draft. Parameters: `words`, of FROZEN. What is published stays."""
    words = _told(achievement.programme, words)
    draft = _draft_of(achievement=achievement)
    before = draft.level
    _set(draft, words)
    if draft.design and draft.level != before:  # the beads of its image
        draft.design = draft.design | {"level": draft.level}
        draft.image_svg = draw(draft.design)
    draft.save()
    if achievement.status == Status.DRAFT:
        _take(achievement, draft)
    _journal(achievement, by, words)
    return draft


@transaction.atomic
def file_under(*, achievement: Achievement, by, filed: dict, co_designers) -> None:
    """Say where it is found, who keeps it, who wrote it, who may award it: at once.

    Parameters: `filed`, of FILED; `co_designers`, organisations.
    """
    _set(achievement, filed)
    achievement.save(update_fields=list(filed))
    achievement.co_designers.set(co_designers)
    _journal(achievement, by, filed)


@transaction.atomic
def align(*, achievement: Achievement, by, rows: list[dict]) -> None:
    """Set what the draft speaks to. Parameters: `rows`, of alignments.checked, each code once."""
    draft = _draft_of(achievement=achievement)
    draft.alignments.all().delete()
    Alignment.objects.bulk_create(Alignment(version=draft, **row) for row in rows)
    _journal(achievement, by, ["alignments"])


@transaction.atomic
def illustrate(*, achievement: Achievement, by, design: dict | None = None, svg: str = "") -> None:
    """Give the draft its image: drawn from a design, or brought (images.from_file).

    Raises ValueError for a choice that the designer does not offer, ValidationError for a title
    that says too much.
    """
    title = design.get("title", "") if design else ""
    if fault := fault_of(achievement.programme, title):
        raise ValidationError({"title": fault})
    draft = _draft_of(achievement=achievement)
    draft.design = design or {}
    draft.image_svg = draw(design) if design else svg
    draft.save(update_fields=["design", "image_svg"])
    _journal(achievement, by, ["image_svg"])


# -- Publishing ------------------------------------------------------------------------------------


def missing(draft: AchievementVersion) -> list[str]:
    """What a draft lacks to be published, in words."""
    lacks = [
        (draft.description, _("une description")),
        (draft.criteria, _("des critères")),
        (draft.image_svg, _("une image")),
    ]
    return [words for value, words in lacks if not value]


@transaction.atomic
def publish(*, achievement: Achievement, by) -> AchievementVersion:
    """Freeze the draft: from now on it is what is awarded. Badges given before keep their version.

    Raises ValidationError when there is nothing to publish, or when something is missing.
    """
    achievement = Achievement.objects.select_for_update(no_key=True).get(pk=achievement.pk)
    draft = achievement.versions.drafts().first()
    if draft is None:
        raise ValidationError(_("Rien n’a changé depuis la version publiée."))
    if lacks := missing(draft):
        raise ValidationError(_("Il manque %(what)s.") % {"what": ", ".join(lacks)})
    _told(achievement.programme, {name: getattr(draft, name) for name in SAID})
    draft.published_on = timezone.now()
    draft.save(update_fields=["published_on"])
    achievement.status = Status.PUBLISHED
    _take(achievement, draft)
    _journal(achievement, by, ["status"])
    return draft


@transaction.atomic
def retire(*, achievement: Achievement, by) -> None:
    """Award it no more. Badges given stay valid, their page stays, objectives keep it."""
    _change_status(achievement, Status.PUBLISHED, Status.RETIRED, by)


@transaction.atomic
def restore(*, achievement: Achievement, by) -> None:
    """Award it again, in its last version."""
    _change_status(achievement, Status.RETIRED, Status.PUBLISHED, by)


def _change_status(achievement: Achievement, was: str, becomes: str, by) -> None:
    changed = Achievement.objects.filter(pk=achievement.pk, status=was).update(status=becomes)
    if not changed:
        raise ValidationError(_("Ce badge a changé entre-temps. Rechargez la page."))
    _journal(achievement, by, ["status"])


@transaction.atomic
def drop_draft(*, achievement: Achievement, by) -> bool:
    """Throw the draft away. Returns: whether the badge itself went, never published by anybody."""
    achievement = Achievement.objects.select_for_update().get(pk=achievement.pk)
    _journal(achievement, by, ["draft"])
    try:
        achievement.versions.drafts().delete()
        if achievement.versions.exists():
            return False
        achievement.delete()
    except ProtectedError:
        raise ValidationError(_("Ce badge sert déjà à quelqu’un : il ne s’efface pas.")) from None
    return True


# -- Asking for a new one --------------------------------------------------------------------------


@transaction.atomic
def propose(
    *, programme: Programme, organisation: Organisation, by, name: str, what: str, seen: str
) -> Proposal:
    """Ask the steward for a badge.

    Parameters: `what`, what it says that one can do; `seen`, what one would have to see.
    Raises ValidationError by field.
    """
    words = _told(programme, {"name": name, "what": what, "seen": seen})
    return Proposal.objects.create(
        programme=programme, organisation=organisation, asked_by=by, **words
    )


@transaction.atomic
def accept(*, proposal: Proposal, by, answer: str = "") -> Achievement:
    """Start the draft that was asked for, in the name of the house that asked.

    Returns: the model, a draft. Raises ValidationError when it was answered already.
    """
    _answer(proposal, by, ProposalState.ACCEPTED, answer)
    proposal.achievement = create(
        programme=proposal.programme,
        by=by,
        words={"name": proposal.name, "description": proposal.what, "criteria": proposal.seen},
        filed={"organisation": proposal.organisation, "field": _("À ranger")},
    )
    proposal.save()
    return proposal.achievement


@transaction.atomic
def decline(*, proposal: Proposal, by, answer: str) -> None:
    """Say no, and why. Raises ValidationError without a reason, or when it was answered already."""
    if not answer.strip():
        raise ValidationError({"answer": _("Dites pourquoi, en quelques mots.")})
    _answer(proposal, by, ProposalState.DECLINED, answer)
    proposal.save()


def _answer(proposal: Proposal, by, state: str, answer: str) -> None:
    rows = Proposal.objects.select_for_update()
    if rows.get(pk=proposal.pk).state != ProposalState.ASKED:
        raise ValidationError(_("Cette proposition a déjà sa réponse."))
    proposal.state, proposal.answer = state, clean(answer)
    proposal.answered_by, proposal.answered_at = by, timezone.now()


# -- Shared ----------------------------------------------------------------------------------------


def _told(programme: Programme, words: dict) -> dict:
    """The words cleaned, and refused if they say more than what the person can do."""
    kept, faults = dict(words), {}
    for name, text in words.items():
        if isinstance(text, str):
            kept[name] = clean(text)
        said = " ".join(text) if name == "tags" else text
        if name in (*SAID, "tags", "what", "seen") and (fault := fault_of(programme, said)):
            faults[name] = fault
    if faults:
        raise ValidationError(faults)
    return kept


def fault_of(programme: Programme, text: str) -> str:
    """Why a text may not be on a badge, in words; empty if it may."""
    if plain(programme.name) in plain(text):
        return _("Un badge ne nomme jamais le programme.")
    if found := TELLING.search(plain(text)):
        return _("Un badge ne dit rien de la situation des personnes : retirez « %(word)s ».") % {
            "word": found.group()
        }
    return ""


def _set(row, values: dict) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def _take(achievement: Achievement, version: AchievementVersion) -> None:
    """The achievement goes by the words of this version."""
    _set(achievement, {name: getattr(version, name) for name in WORDS})
    achievement.save(update_fields=[*WORDS, "status"])


def _journal(achievement: Achievement, by, fields=()) -> None:
    record(Act.CATALOGUE_CHANGED, by=by, territory_id=None, about=achievement, fields=list(fields))
