"""Invitations: a role offered by mail to an address, for a time."""

import datetime
import uuid

from django.core import signing
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rtr.due import Status
from territories.accounts.enums import Role
from territories.accounts.mails import AccountMail
from territories.accounts.models import User
from territories.members.enums import InvitationState
from territories.organisations.models import Organisation
from territories.places.models import Territory
from territories.programmes.models import Programme

LASTS = datetime.timedelta(days=14)
signer = signing.TimestampSigner(salt="rtr.invitation")


class InvitationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Invitations to the programmes that the person manages."""
        return self.filter(programme__in=user.programmes_where("programme.manage"))

    def open(self):
        """Neither accepted nor cancelled; those that have run out may be sent again."""
        return self.filter(accepted_at=None, cancelled_at=None)

    def for_token(self, token: str) -> "Invitation | None":
        """The invitation whose link this is, whatever became of it since."""
        try:
            number = uuid.UUID(signer.unsign(token))
        except (signing.BadSignature, ValueError):
            return None
        return self.select_related("programme", "organisation").filter(uuid=number).first()


class Invitation(models.Model):
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("courriel"))
    first_name = models.CharField(_("prénom"), max_length=60)
    last_name = models.CharField(_("nom"), max_length=60)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("structure")
    )
    role = models.CharField(_("rôle"), max_length=17, choices=Role)
    territories = models.ManyToManyField(Territory, related_name="+", verbose_name=_("territoires"))
    until_on = models.DateField(_("jusqu’au"), null=True, blank=True)
    # A manager said so, knowing that this person had left: without it a closed account stays so.
    reopens = models.BooleanField(_("rouvre le compte"), default=False)
    # Nobody for a programme's first manager, invited from the machine itself.
    invited_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    invited_at = models.DateTimeField(_("envoyée le"), default=timezone.now)
    expires_at = models.DateTimeField(_("valable jusqu’au"))
    accepted_at = models.DateTimeField(_("acceptée le"), null=True, blank=True)
    accepted_by = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")
    cancelled_at = models.DateTimeField(_("annulée le"), null=True, blank=True)
    mail = models.ForeignKey(AccountMail, models.SET_NULL, null=True, related_name="+")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        ordering = ["expires_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["email", "programme", "organisation", "role"],
                condition=Q(accepted_at=None, cancelled_at=None),
                name="invitation_once",
                violation_error_message=_("Cette adresse est déjà invitée à ce rôle."),
            ),
            models.CheckConstraint(
                name="invitation_one_end",
                condition=Q(accepted_at=None) | Q(cancelled_at=None),
                violation_error_message=_("Cette invitation est déjà acceptée."),
            ),
        ]

    def __str__(self):
        return f"{self.get_role_display()} · {self.organisation}"

    @property
    def state(self) -> InvitationState:
        if self.accepted_at:
            return InvitationState.ACCEPTED
        if self.cancelled_at:
            return InvitationState.CANCELLED
        over = self.expires_at <= timezone.now()
        over |= self.until_on is not None and self.until_on <= timezone.localdate()
        return InvitationState.EXPIRED if over else InvitationState.PENDING

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def sender(self) -> str:
        return self.invited_by.get_full_name() if self.invited_by else gettext("L’équipe de RTR")

    @property
    def link_token(self) -> str:
        return signer.sign(self.uuid.hex)

    @property
    def is_refused(self) -> bool:
        """The mail will not arrive: the server says that the address takes none."""
        return self.mail is not None and self.mail.status == Status.FAILED

    @property
    def is_uncertain(self) -> bool:
        return self.mail is not None and self.mail.status == Status.UNCERTAIN
