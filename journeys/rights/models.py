"""What a person asks about their own file, with the month that the law gives for the answer."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journeys.pathway.models import OfJourney
from journeys.pathway.querysets import OfJourneyQuerySet
from journeys.rights.enums import Asked, What
from territories.accounts.models import User


class DataRequestQuerySet(OfJourneyQuerySet):
    def waiting(self):
        return self.filter(answered_on__isnull=True, taken_back_on__isnull=True)


class DataRequest(OfJourney):
    """Asked by the person on their own page, answered by the team: done, or not and why.

    Source: GDPR, article 12(3): within one month.
    """

    kind = models.CharField(_("demande"), max_length=7, choices=Asked)
    subject = models.CharField(_("à propos de"), max_length=8, choices=What, blank=True)
    text = models.CharField(_("ce qui est juste"), max_length=200, blank=True)
    asked_on = models.DateField(_("demandé le"), default=timezone.localdate)
    due_on = models.DateField(_("réponse avant le"))
    taken_back_on = models.DateField(_("annulé le"), null=True, blank=True)
    answered_on = models.DateField(_("répondu le"), null=True, blank=True)
    # Nobody, where the platform did it at once.
    answered_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, verbose_name=_("répondu par")
    )
    is_done = models.BooleanField(_("fait"), null=True)
    answer = models.CharField(_("réponse"), max_length=200, blank=True)

    objects = DataRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("demande sur le dossier")
        ordering = ["-asked_on", "-pk"]
        indexes = [
            models.Index(
                fields=["territory", "due_on"],
                name="data_request_waiting",
                condition=Q(answered_on__isnull=True, taken_back_on__isnull=True),
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["journey", "kind"],
                condition=Q(answered_on__isnull=True, taken_back_on__isnull=True)
                & ~Q(kind="correct"),
                name="data_request_once_at_a_time",
            ),
            models.CheckConstraint(
                name="data_request_due_after_asked",
                condition=Q(due_on__gt=F("asked_on")),
            ),
            models.CheckConstraint(
                name="data_request_answer_says",
                condition=Q(answered_on__isnull=True, is_done__isnull=True, answer="")
                | Q(answered_on__isnull=False, is_done=True)
                | Q(answered_on__isnull=False, is_done=False) & ~Q(answer=""),
                violation_error_message=_("Dites pourquoi ce n’est pas fait."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} · {self.asked_on}"

    @property
    def is_waiting(self) -> bool:
        return self.answered_on is None and self.taken_back_on is None
