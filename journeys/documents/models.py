"""Proofs: seen by whom, when; kept as a file only where it must be."""

import uuid

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journeys.documents.enums import DocumentKind
from journeys.participants.models import Participant
from rtr.postgres.fields import ScopedForeignKey
from territories.accounts.models import User
from territories.places.models import Scoped


def private_name(document, filename: str) -> str:
    """A name that says nothing: <territory>/<uuid>, the type being in `content_type`."""
    return f"documents/{document.territory_id}/{uuid.uuid4().hex}"


class DocumentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Papers of the people whose journey the user may open (evaluators: none)."""
        mine = user.team_places.filter(journey__participant=OuterRef("participant"))
        seen = Q(territory_id__in=user.territories_where("journeys.read_all"))
        if own := user.territories_where("contracts.prepare"):
            seen |= Q(territory_id__in=own) & Q(Exists(mine.standing().referring()))
        return self.filter(seen & ~Exists(mine.suspended()))


class Document(Scoped):
    participant = ScopedForeignKey(Participant, models.CASCADE, related_name="documents")
    kind = models.CharField(_("nature"), max_length=14, choices=DocumentKind)
    title = models.CharField(_("titre"), max_length=120, blank=True)
    # « vu par… le… »: most proofs are looked at and given back.
    seen_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    seen_on = models.DateField(_("vue le"), default=timezone.localdate)
    file = models.FileField(upload_to=private_name, blank=True)
    content_type = models.CharField(max_length=40, blank=True)
    added_at = models.DateTimeField(default=timezone.now)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("pièce")
        ordering = ["-seen_on", "-pk"]

    def __str__(self):
        return self.title or self.get_kind_display()
