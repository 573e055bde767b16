"""Two files of one person: brought together, or kept apart for good."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journeys.participants.models import Participant
from rtr.postgres.fields import ScopedForeignKey
from territories.accounts.models import User
from territories.places.models import Scoped


class MergeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Merges of the territories one may merge in, of people one may know of."""
        return self.filter(
            territory_id__in=user.territories_where("duplicates.merge"),
            kept__in=Participant.objects.visible_to(user),
        )

    def standing(self):
        return self.filter(undone_on__isnull=True)

    def undoable(self):
        return self.standing().filter(settled_on__isnull=True)


class Merge(Scoped):
    """One file went into another; until it is settled, what was before can be put back."""

    kept = ScopedForeignKey(Participant, models.CASCADE, related_name="merges")
    # Empty once settled: the shell is erased, its code still leads to the file that was kept.
    absorbed = ScopedForeignKey(
        Participant, models.SET_NULL, null=True, related_name="merges_as_absorbed"
    )
    absorbed_code = models.CharField(_("code"), max_length=24)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("réunis le"), default=timezone.now)
    # Steps in the order they were made: model, column, before, after, rows (moving.py).
    record = models.JSONField(default=list, blank=True, encoder=DjangoJSONEncoder)
    undone_on = models.DateField(_("annulé le"), null=True, blank=True)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    settled_on = models.DateField(_("définitif depuis le"), null=True, blank=True)

    objects = MergeQuerySet.as_manager()

    class Meta:
        verbose_name = _("réunion de deux dossiers")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["territory", "absorbed_code"], name="merge_by_code")]
        constraints = [
            models.UniqueConstraint(
                fields=["absorbed"],
                condition=Q(undone_on__isnull=True),
                name="merge_absorbed_once",
                violation_error_message=_("Ce dossier vient d’être réuni avec un autre."),
            ),
            models.CheckConstraint(name="merge_of_two", condition=~Q(kept=F("absorbed"))),
            models.CheckConstraint(
                name="merge_settled_or_undone_keeps_nothing",
                condition=Q(undone_on__isnull=True, settled_on__isnull=True) | Q(record=[]),
            ),
        ]

    def __str__(self):
        return f"{self.absorbed_code} · {self.kept_id}"


class KeptApartQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(
            territory_id__in=user.territories_where("duplicates.merge"),
            one__in=Participant.objects.visible_to(user),
        )


class KeptApart(Scoped):
    """« Ce n’est pas elle »: these two look alike and are two people. No longer hinted."""

    one = ScopedForeignKey(Participant, models.CASCADE, related_name="kept_apart")
    # A plain number: the two files may live in two territories.
    other_id = models.BigIntegerField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    on = models.DateField(_("le"), default=timezone.localdate)

    objects = KeptApartQuerySet.as_manager()

    class Meta:
        verbose_name = _("dossiers à ne pas réunir")
        ordering = ["-on", "-pk"]
        constraints = [
            # The other way round is looked for by the action, under a lock.
            models.UniqueConstraint(fields=["one", "other_id"], name="kept_apart_once"),
            models.CheckConstraint(name="kept_apart_are_two", condition=~Q(one=F("other_id"))),
        ]

    def __str__(self):
        return f"{self.one_id} · {self.other_id}"
