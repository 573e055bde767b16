"""What somebody needs to take part: a bus pass, a meal, a child minded, a remuneration.

No bank data, anywhere: whoever pays has it already, or asks the person for it.
"""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journeys.activities.models import Session
from journeys.aids.enums import AidKind, AidStatus, Payer, RefusalReason
from journeys.frames.models import Immersion
from journeys.pathway.models import OfJourney
from journeys.pathway.querysets import OfJourneyQuerySet
from rtr.postgres.fields import ScopedForeignKey
from territories.accounts.models import User

MOST = 5000  # euros
WITHIN = [MinValueValidator(0), MaxValueValidator(MOST)]


class AidQuerySet(OfJourneyQuerySet):
    def waiting(self):
        return self.filter(status=AidStatus.ASKED)

    def to_give(self):
        return self.filter(status=AidStatus.GRANTED)


class AidRequest(OfJourney):
    journey = ScopedForeignKey("journeys.Journey", models.CASCADE, related_name="aids")
    kind = models.CharField(_("nature"), max_length=12, choices=AidKind)
    # In words, always; and the session, immersion or appointment they name, if there is one.
    purpose = models.CharField(_("pour quoi"), max_length=120)
    session = models.ForeignKey(Session, models.PROTECT, null=True, blank=True, related_name="+")
    immersion = ScopedForeignKey(
        Immersion, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    appointment = ScopedForeignKey(
        "journeys.Appointment", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    amount_asked = models.DecimalField(
        _("montant demandé"), max_digits=6, decimal_places=2, null=True, blank=True,
        validators=WITHIN,
    )  # fmt: skip
    asked_on = models.DateField(_("demandée le"), default=timezone.localdate)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    status = models.CharField(_("état"), max_length=9, choices=AidStatus, default=AidStatus.ASKED)
    payer = models.CharField(_("qui paie"), max_length=14, choices=Payer, blank=True)
    sent_on = models.DateField(_("envoyée au payeur le"), null=True, blank=True)
    decided_on = models.DateField(_("réponse le"), null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    amount_granted = models.DecimalField(
        _("montant accordé"), max_digits=6, decimal_places=2, null=True, blank=True,
        validators=WITHIN,
    )  # fmt: skip
    refusal = models.CharField(_("raison"), max_length=9, choices=RefusalReason, blank=True)
    given_on = models.DateField(_("remise le"), null=True, blank=True)
    given_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(_("précision"), max_length=200, blank=True)
    changed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    # The status before the last act, to take it back.
    was = models.CharField(max_length=9, blank=True, editable=False)

    objects = AidQuerySet.as_manager()

    class Meta:
        verbose_name = _("aide demandée")
        ordering = ["-asked_on", "-pk"]
        indexes = [
            models.Index(fields=["territory", "-asked_on"], name="aid_by_territory"),
            models.Index(
                fields=["territory", "asked_on"], name="aid_waiting", condition=Q(status="asked")
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="aid_amounts_within",
                condition=(Q(amount_asked__isnull=True) | Q(amount_asked__range=(0, MOST)))
                & (Q(amount_granted__isnull=True) | Q(amount_granted__range=(0, MOST))),
                violation_error_message=_("Un montant va de 0 à 5 000 euros."),
            ),
            models.CheckConstraint(
                name="aid_granted_says_how_much",
                condition=Q(status__in=["asked", "refused"], amount_granted__isnull=True)
                | Q(status__in=["granted", "given"], amount_granted__isnull=False)
                | Q(status="cancelled"),
                violation_error_message=_("Une aide accordée dit son montant."),
            ),
            models.CheckConstraint(
                name="aid_refused_says_why",
                condition=Q(status="refused") & ~Q(refusal="")
                | ~Q(status="refused") & Q(refusal=""),
                violation_error_message=_("Une aide refusée dit pourquoi."),
            ),
            models.CheckConstraint(
                name="aid_given_is_dated",
                condition=Q(status="given", given_on__isnull=False)
                | ~Q(status="given") & Q(given_on__isnull=True),
                violation_error_message=_("Une aide remise porte son jour."),
            ),
            models.CheckConstraint(
                name="aid_answer_is_dated",
                condition=Q(decided_on__isnull=False) | Q(status__in=["asked", "cancelled"]),
                violation_error_message=_("Une réponse porte sa date."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} · {self.asked_on}"

    @property
    def amount(self):
        """What counts today: granted, or asked."""
        return self.amount_granted if self.amount_granted is not None else self.amount_asked
