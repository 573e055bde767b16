from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class InvitationState(TextChoices):
    """Computed, never stored."""

    PENDING = "pending", _("En attente")
    EXPIRED = "expired", _("Expirée")
    ACCEPTED = "accepted", _("Acceptée")
    CANCELLED = "cancelled", _("Annulée")
