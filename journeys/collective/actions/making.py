"""Productions: made, added to, taken away; each author's choice counts, and may be taken back."""

import datetime

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.collective.enums import PartKind, Visibility
from journeys.collective.models import CollectiveAction, GroupMember
from journeys.collective.productions import Production, ProductionAuthor, ProductionPart
from journeys.documents.audio import BEGINNINGS
from journeys.documents.cleaning import HEIC, JPEG, PDF, cleaned
from journeys.documents.erasing import forget_file
from journeys.documents.models import COMES_BACK
from journeys.documents.sounds import MP3, clean_sound
from territories.accounts.models import User
from territories.journal.actions import record
from territories.journal.enums import Act

MOST_PARTS = 30
LONGEST = 20 * 60  # seconds of a podcast
KINDS = {JPEG: PartKind.IMAGE, PDF: PartKind.PDF, MP3: PartKind.SOUND}


@transaction.atomic
def keep_production(*, production: Production, by: User) -> Production:
    production.territory_id = production.action.territory_id
    if production.made_on > timezone.localdate():
        raise ValidationError({"made_on": _("Ce jour n’est pas encore venu.")})
    if not production.pk:
        production.added_by = by
    production.save()
    _tell(Act.PRODUCTION_CHANGED, production, by)
    return production


@transaction.atomic
def add_part(*, part: ProductionPart, by: User, file: UploadedFile | None = None) -> ProductionPart:
    """Add a file, written again by us, a link or a point. Raises ValidationError."""
    production = _held(part.production)
    count = production.parts.count()
    if count >= MOST_PARTS:
        raise ValidationError(_("Trente éléments sont déjà là : retirez-en un d’abord."))
    part.territory_id, part.rank = production.territory_id, count
    if file:
        content, part.content_type = _cleaned(file)
        part.kind = KINDS[part.content_type]
        part.file.save("file", ContentFile(content), save=False)
    part.full_clean(exclude=["territory", "production"])
    part.save()
    _tell(Act.PRODUCTION_CHANGED, production, by)
    return part


def _cleaned(file: UploadedFile) -> tuple[bytes, str]:
    """Raises ValidationError for whatever is no photograph, no PDF and no sound."""
    file.seek(0)
    head = file.read(12)
    try:
        if head[8:12] not in HEIC and any(
            head[at : at + len(sign)] == sign for sign, at, _name in BEGINNINGS
        ):
            return clean_sound(file, longest=LONGEST)[:2]
        return cleaned(file)
    except ValidationError as error:
        raise ValidationError({"file": error.messages}) from error


@transaction.atomic
def remove_part(*, part: ProductionPart, by: User) -> None:
    forget_file(part)
    part.delete()
    _tell(Act.PRODUCTION_CHANGED, part.production, by)


@transaction.atomic
def remove_production(*, production: Production, by: User) -> None:
    production.removed_at, production.removed_by = timezone.now(), by
    production.save(update_fields=["removed_at", "removed_by"])
    _tell(Act.PRODUCTION_CHANGED, production, by)


@transaction.atomic
def restore_production(*, production: int, by: User) -> Production:
    mine = Production.objects.filter(removed_by=by, removed_at__gt=timezone.now() - COMES_BACK)
    found = mine.select_for_update(of=("self",)).filter(pk=production).first()
    if found is None:
        raise ValidationError(_("Ce qui est retiré revient pendant un quart d’heure."))
    found.removed_at = found.removed_by = None
    found.save(update_fields=["removed_at", "removed_by"])
    return found


def erase_removed() -> None:
    """Each night: what was taken away and can come back no more, with its files."""
    gone = Production.objects.filter(removed_at__lte=timezone.now() - COMES_BACK)
    with transaction.atomic():
        for part in ProductionPart.objects.filter(production__in=gone).exclude(file=""):
            forget_file(part)
        gone.delete()


# -- Authors ---------------------------------------------------------------------------------------


@transaction.atomic
def add_authors(*, production: Production, members: list[GroupMember], by: User) -> None:
    """Name who made it: it is the group's until each of them has chosen."""
    production = _held(production)
    ProductionAuthor.objects.bulk_create(
        [
            ProductionAuthor(
                territory_id=production.territory_id, production=production, member=member.pk
            )
            for member in members
        ],
        ignore_conflicts=True,
    )
    _tell(Act.PRODUCTION_CHANGED, production, by)


@transaction.atomic
def choose(
    *,
    author: ProductionAuthor,
    visibility: int,
    shows_nickname: bool,
    by: User,
    on: datetime.date | None = None,
) -> ProductionAuthor:
    """What this author lets see, said by themselves or noted after what they said.

    Parameters: `on`, the day they said it. Raises ValidationError for a day to come.
    """
    author = ProductionAuthor.objects.select_for_update(of=("self",)).get(pk=author.pk)
    on = on or timezone.localdate()
    if on > timezone.localdate():
        raise ValidationError({"on": _("Ce jour n’est pas encore venu.")})
    author.visibility = Visibility(visibility)
    author.shows_nickname = shows_nickname and visibility > Visibility.GROUP
    author.chosen_on, author.chosen_by, author.withdrawn_on = on, by, None
    author.save()
    _tell(Act.AUTHOR_CHOSE, author.production, by)
    return author


@transaction.atomic
def take_back(*, author: ProductionAuthor, by: User) -> None:
    """The production is the group's again, at once, and the nickname is shown no more."""
    author = choose(author=author, visibility=Visibility.GROUP, shows_nickname=False, by=by)
    author.withdrawn_on = timezone.localdate()
    author.save(update_fields=["withdrawn_on"])


def _held(production: Production) -> Production:
    rows = Production.objects.standing().select_for_update(of=("self",))
    found = rows.select_related("action__activity").filter(pk=production.pk).first()
    if found is None:
        raise ValidationError(_("Cette production a été retirée entre-temps."))
    return found


def _tell(act: str, production: Production, by: User) -> None:
    record(act, by=by, territory_id=production.territory_id, about=production)


def is_by_the_person(author: ProductionAuthor) -> bool:
    """Said by themselves, in their own pages: a participant's account has a territory."""
    return bool(author.chosen_by and author.chosen_by.territory_id)


def group_of(action: CollectiveAction) -> dict[int, str]:
    """Nicknames of those who are or were in the group, by member."""
    return dict(action.members.values_list("pk", "nickname"))
