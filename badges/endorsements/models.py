"""Endorsements: others say that a badge, a badge model or an issuer is worth something."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from badges.achievements.models import AchievementVersion
from badges.credentials.models import Credential, HeldQuerySet
from badges.endorsements.enums import Identity, State
from badges.issuers.models import Issuer, IssuerKey, StatusList
from rtr.postgres.fields import ScopedForeignKey
from territories.accounts.models import User
from territories.places.models import Scoped


class EndorsementQuerySet(HeldQuerySet):
    holder = "credential__recipient"

    def given(self):
        return self.filter(state=State.GIVEN)


class Endorsement(Scoped):
    """An invitation, then an EndorsementCredential signed by an issuer of the kind `endorser`.

    `token_sha256`, of the link that was mailed or printed, empty once answered; `document`, the
    signed credential as text of JSON.
    Source: Open Badges 3.0, class EndorsementCredential.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    credential = ScopedForeignKey(
        Credential, models.CASCADE, null=True, blank=True, related_name="endorsements"
    )
    version = models.ForeignKey(
        AchievementVersion, models.CASCADE, null=True, blank=True, related_name="endorsements"
    )
    issuer = models.ForeignKey(
        Issuer, models.CASCADE, null=True, blank=True, related_name="endorsements"
    )
    state = models.CharField(_("état"), max_length=9, choices=State, default=State.INVITED)
    invited_email = models.EmailField(_("adresse e-mail"), blank=True)
    invited_name = models.CharField(_("nom"), max_length=120, blank=True)
    invited_organisation = models.CharField(_("structure"), max_length=160, blank=True)
    invited_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    invited_on = models.DateTimeField(_("invité le"), default=timezone.now)
    token_sha256 = models.CharField(max_length=64, unique=True, null=True, blank=True)
    until = models.DateTimeField(_("lien ouvert jusqu’au"), null=True, blank=True)
    comment = models.TextField(_("ses mots"), max_length=2000, blank=True)
    identity = models.CharField(
        _("identité"), max_length=6, choices=Identity, default=Identity.NONE
    )
    answered_on = models.DateTimeField(_("répondu le"), null=True, blank=True)
    withdrawn_on = models.DateTimeField(_("repris le"), null=True, blank=True)
    endorser = models.ForeignKey(
        Issuer, models.PROTECT, null=True, blank=True, related_name="endorsements_given"
    )
    status_list = models.ForeignKey(
        StatusList, models.PROTECT, null=True, blank=True, related_name="+"
    )
    status_index = models.PositiveIntegerField(null=True, blank=True)
    document = models.TextField(blank=True, editable=False)
    key = models.ForeignKey(IssuerKey, models.PROTECT, null=True, blank=True, related_name="+")

    objects = EndorsementQuerySet.as_manager()

    class Meta:
        verbose_name = _("endossement")
        ordering = ["-invited_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="endorsement_of_one_thing",
                condition=Q(credential__isnull=False, version__isnull=True, issuer__isnull=True)
                | Q(credential__isnull=True, version__isnull=False, issuer__isnull=True)
                | Q(credential__isnull=True, version__isnull=True, issuer__isnull=False),
                violation_error_message=_("Un endossement porte sur une seule chose."),
            ),
            models.CheckConstraint(
                name="endorsement_given_is_signed",
                condition=~Q(state=State.GIVEN)
                | ~Q(document="") & Q(endorser__isnull=False, answered_on__isnull=False),
                violation_error_message=_("Un endossement donné est signé."),
            ),
            models.UniqueConstraint(
                fields=["status_list", "status_index"], name="endorsement_index_once"
            ),
        ]

    def __str__(self):
        return f"{self.get_state_display()} · {self.uuid}"
