"""What the person agreed to and that no other table keeps; given and withdrawn, each dated."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journeys.pathway.models import Journey, OfJourney
from territories.accounts.models import User


class ConsentTo(models.TextChoices):
    TUTOR = "tutor", _("l’avis du tuteur")


class Consent(OfJourney):
    """One row a giving, closed by its withdrawal. What is done unless the person says no has no
    row until they do: that one was never given."""

    to = models.CharField(_("à quoi"), max_length=10, choices=ConsentTo)
    given_on = models.DateField(_("accord du"), null=True)
    given_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, verbose_name=_("noté par")
    )
    withdrawn_on = models.DateField(_("retiré le"), null=True)
    withdrawn_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, verbose_name=_("retiré par")
    )

    class Meta:
        verbose_name = _("accord")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["journey", "to"],
                condition=Q(withdrawn_on__isnull=True),
                name="consent_once_at_a_time",
            ),
            models.CheckConstraint(
                name="consent_given_or_withdrawn",
                condition=Q(given_on__isnull=False) | Q(withdrawn_on__isnull=False),
            ),
        ]

    def __str__(self):
        return self.get_to_display()


def last_of(journey: Journey, to: str) -> Consent | None:
    return Consent.objects.filter(journey=journey, to=to).last()


def is_refused(journey: Journey, to: str) -> bool:
    found = last_of(journey, to)
    return found is not None and found.withdrawn_on is not None


def withdraw(journey: Journey, to: str, by: User) -> None:
    """From now on, no; an agreement already taken back stays as it was."""
    if is_refused(journey, to):
        return
    row = last_of(journey, to) or Consent(territory_id=journey.territory_id, journey=journey, to=to)
    row.withdrawn_on, row.withdrawn_by = timezone.localdate(), by
    row.save()


def give(journey: Journey, to: str, by: User) -> None:
    if is_refused(journey, to):
        of = {"territory_id": journey.territory_id, "journey": journey, "to": to}
        Consent.objects.create(**of, given_on=timezone.localdate(), given_by=by)
