"""Proofs, seen by whom, when, kept as a file only where they must be; the person's own papers."""

import datetime
import uuid

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journeys.documents.enums import OWN, DocumentKind, RemovalReason
from journeys.participants.models import Participant
from rtr.due import DueRow
from rtr.postgres.fields import ScopedForeignKey
from territories.accounts.models import User
from territories.places.models import Scoped

# A paper that is taken away may come back during this time; its file is erased after it.
COMES_BACK = datetime.timedelta(minutes=15)


def private_name(document, filename: str) -> str:
    """A name that says nothing: <territory>/<uuid>, the type being in `content_type`."""
    return f"documents/{document.territory_id}/{uuid.uuid4().hex}"


class DocumentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Papers of the people whose journey the user may open (evaluators: none); one's own
        papers. Those taken away, for nobody."""
        mine = user.team_places.filter(journey__participant=OuterRef("participant"))
        seen = Q(territory_id__in=user.territories_where("journeys.read_all"))
        if prepared := user.territories_where("contracts.prepare"):
            seen |= Q(territory_id__in=prepared) & Q(Exists(mine.standing().referring()))
        seen |= Q(participant__user=user, kind__in=OWN)
        return self.filter(seen & ~Exists(mine.suspended()), removed_at__isnull=True)

    def own(self):
        return self.filter(kind__in=OWN)

    def proofs(self):
        return self.exclude(kind__in=OWN)

    def standing(self):
        return self.filter(removed_at__isnull=True)

    def gone(self):
        """Taken away, and too late to come back."""
        late = timezone.now() - COMES_BACK
        return self.filter(removed_by__isnull=False, removed_at__lte=late)


class Document(Scoped):
    participant = ScopedForeignKey(Participant, models.CASCADE, related_name="documents")
    kind = models.CharField(_("nature"), max_length=14, choices=DocumentKind)
    title = models.CharField(_("titre"), max_length=120, blank=True)
    # « vu par… le… »: most proofs are looked at and given back. Nobody: the person added it.
    seen_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    seen_on = models.DateField(_("vue le"), default=timezone.localdate)
    # A person's photograph is kept with their agreement, of that day.
    agreed_on = models.DateField(_("accord du"), null=True, blank=True)
    file = models.FileField(upload_to=private_name, blank=True)
    content_type = models.CharField(max_length=40, blank=True)
    added_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(_("retirée le"), null=True, blank=True)
    removed_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    removal_reason = models.CharField(
        _("raison"), max_length=7, choices=RemovalReason, blank=True, db_default=""
    )

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("pièce")
        ordering = ["-seen_on", "-pk"]
        indexes = [
            models.Index(fields=["file"], name="document_by_file", condition=~Q(file="")),
            models.Index(
                fields=["removed_by", "removed_at"],
                name="document_removed",
                condition=Q(removed_by__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="document_own_is_kept",
                condition=Q(kind__in=OWN) & ~Q(file="")
                | ~Q(kind__in=OWN) & Q(seen_by__isnull=False),
                violation_error_message=_("Un papier se garde, un justificatif est vu par…"),
            ),
            models.CheckConstraint(
                name="document_portrait_is_agreed",
                condition=~Q(kind="portrait") | Q(agreed_on__isnull=False),
                violation_error_message=_("Une photo se garde avec l’accord de la personne."),
            ),
            models.CheckConstraint(
                name="document_removed_by_somebody",
                condition=Q(removed_at__isnull=True, removed_by__isnull=True)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
            ),
        ]

    def __str__(self):
        return self.title or self.get_kind_display()

    @property
    def is_own(self) -> bool:
        return self.kind in OWN

    @property
    def may_go(self) -> bool:
        """A page signed by hand stays as long as its signature."""
        return self.kind != DocumentKind.SIGNED_PAGE


class FileToErase(Scoped, DueRow):
    """A file that no row needs any more, written in the transaction that lets go of it: whatever
    dies afterwards, it is erased."""

    name = models.CharField(_("fichier"), max_length=100)

    class Meta(DueRow.Meta):
        verbose_name = _("fichier à effacer")
        verbose_name_plural = _("fichiers à effacer")

    def __str__(self):
        return f"{self.get_status_display()} {self.pk}"
