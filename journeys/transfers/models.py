"""A file goes from one territory to another: proposed there, accepted here."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journeys.participants.models import Participant
from journeys.transfers.enums import TransferAnswer, TransferReason
from rtr.postgres.fields import ScopedForeignKey
from territories.accounts.models import User
from territories.places.models import Scoped, Territory


class TransferQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Both sides see it: who may propose there, who may answer here; nobody the person
        objected to."""
        mine = user.team_places.filter(journey__participant=OuterRef("participant"))
        side = Q(from_territory__in=user.territories_where("transfers.propose")) | Q(
            to_territory__in=user.territories_where("transfers.answer")
        )
        return self.filter(side, ~Exists(mine.suspended()))

    def open(self):
        return self.filter(answer="")


class Transfer(Scoped):
    """`territory` is where the person is now; the wall lets both sides read the row.

    The other side reads the nickname and the code written here, and nothing of the file.
    """

    participant = ScopedForeignKey(Participant, models.CASCADE, related_name="transfers")
    from_territory = models.ForeignKey(Territory, models.PROTECT, related_name="+")
    to_territory = models.ForeignKey(
        Territory, models.PROTECT, related_name="+", verbose_name=_("vers")
    )
    nickname = models.CharField(_("surnom"), max_length=40)
    code = models.CharField(_("code"), max_length=24)
    reason = models.CharField(_("raison"), max_length=6, choices=TransferReason)
    agreed_on = models.DateField(_("accord de la personne le"))
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_on = models.DateField(_("proposé le"), default=timezone.localdate)
    answer = models.CharField(_("réponse"), max_length=9, choices=TransferAnswer, blank=True)
    answered_on = models.DateField(_("répondu le"), null=True, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    refusal_word = models.CharField(_("mot"), max_length=160, blank=True)

    objects = TransferQuerySet.as_manager()

    class Meta:
        verbose_name = _("transfert")
        ordering = ["-proposed_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["participant"],
                condition=Q(answer=""),
                name="transfer_one_open",
                violation_error_message=_("Un transfert est déjà proposé pour cette personne."),
            ),
            models.CheckConstraint(
                name="transfer_goes_elsewhere",
                condition=~Q(from_territory=F("to_territory")),
                violation_error_message=_("Choisissez un autre territoire."),
            ),
            models.CheckConstraint(
                name="transfer_answer_is_dated",
                condition=Q(answer="", answered_on__isnull=True)
                | ~Q(answer="") & Q(answered_on__isnull=False),
            ),
            models.CheckConstraint(
                name="transfer_refusal_has_a_word",
                condition=~Q(answer="refused") | ~Q(refusal_word=""),
                violation_error_message=_("Dites en un mot pourquoi."),
            ),
        ]

    def __str__(self):
        return f"{self.code} · {self.to_territory}"
