"""The journal: who did what to whose file. Ids and field names, never values."""

from auditlog.models import AbstractLogEntry, LogEntryManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from territories.accounts.models import User
from territories.journal.enums import acts
from territories.places.models import Territory


class JournalEntryQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(territory_id__in=user.territories_where("journeys.read_all"))

    def about(self, participant_id: int):
        return self.filter(participant_id=participant_id).select_related("actor").order_by("-pk")

    def about_account(self, user: User):
        """What was done to an account; such lines have no territory."""
        lines = self.filter(territory=None, object_type="user", object_id=user.pk)
        return lines.select_related("actor").order_by("-pk")


class JournalEntry(models.Model):
    """One act. Append-only; the participant reads the lines about their own file."""

    territory = models.ForeignKey(Territory, models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField(db_default=Now())
    actor = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    act = models.CharField(max_length=20, choices=acts)
    # A plain number: the journal stays when a participant's row is purged.
    participant_id = models.BigIntegerField(null=True)
    object_type = models.CharField(max_length=40, blank=True)
    object_id = models.BigIntegerField(null=True)
    fields = ArrayField(models.CharField(max_length=60), default=list)
    # The journey's version after this act: tells a second person what changed meanwhile.
    version = models.PositiveIntegerField(null=True)

    objects = JournalEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("ligne du journal")
        indexes = [
            models.Index(fields=["participant_id", "-id"], name="journal_by_participant"),
            models.Index(fields=["territory", "-id"], name="journal_by_territory"),
        ]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.act}"


def masked(value: str) -> str:
    """What the history keeps of a masked field: that there was something, not a letter of it."""
    return "•••" if value else ""


def _person_of(instance: models.Model) -> int | None:
    """Whom a row is about: the person themselves, whoever it names, or whose journey it is of."""
    if instance._meta.model_name == "participant":
        return instance.pk
    if hasattr(instance, "participant_id"):
        return instance.participant_id
    return instance.journey.participant_id if hasattr(instance, "journey_id") else None


class TerritoryLogEntryManager(LogEntryManager):
    """Gives each change its territory and its person, and keeps neither names nor addresses."""

    def create(self, **fields):
        return super().create(**fields | {"object_repr": "", "actor_email": None})

    def log_create(self, instance, force_log=False, **kwargs):
        kwargs.setdefault("territory_id", getattr(instance, "territory_id", None))
        kwargs.setdefault("participant_id", _person_of(instance))
        return super().log_create(instance, force_log, **kwargs)

    def log_m2m_changes(self, changed_queryset, instance, operation, field_name, **kwargs):
        kwargs.setdefault("territory_id", getattr(instance, "territory_id", None))
        return super().log_m2m_changes(changed_queryset, instance, operation, field_name, **kwargs)


class LogEntry(AbstractLogEntry):
    """What a field held before and after: masked, and erased with the person."""

    territory = models.ForeignKey(Territory, models.PROTECT, related_name="+", null=True)
    # A plain number, as in the journal: it finds what is to be erased.
    participant_id = models.BigIntegerField(null=True)

    objects = TerritoryLogEntryManager()

    class Meta(AbstractLogEntry.Meta):
        abstract = False
        verbose_name = _("changement")
        indexes = [models.Index(fields=["participant_id"], name="changes_by_participant")]
