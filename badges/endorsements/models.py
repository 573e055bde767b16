"""Endorsements: others say that a badge, a badge model or an issuer is worth something."""

from uuid import uuid4

from django.conf import settings
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
from territories.organisations.models import Organisation
from territories.places.models import Scoped


class EndorsementQuerySet(HeldQuerySet):
    holder = "credential__recipient"

    def visible_to(self, user):
        """Those of the badges one may read; those that one's house was asked for, or gave, but of
        whoever objected to them; those of models and issuers, where one asks for some."""
        badges = Q(pk__in=HeldQuerySet.visible_to(self, user).values("pk"))
        of_house = self.open_to(user).filter(user.houses_where("badges.of_house"))
        houses = Q(pk__in=of_house.values("pk"))
        asked = Q(credential=None, territory__in=user.territories_where("endorsements.ask"))
        return self.filter(badges | houses | asked)

    def given(self):
        return self.filter(state=State.GIVEN)

    def to_answer(self):
        return self.filter(state=State.INVITED, until__gt=timezone.now())


class Endorsement(Scoped):
    """An invitation, then an EndorsementCredential signed by who endorses or by their body.

    `token_sha256`, of the link that was mailed or printed; once it served to endorse, of the one
    that takes the endorsement back. `was_mailed`: who opens the link reads the mail of
    `invited_email`. `organisation`, the body in whose name one was asked, or spoke; `agreed_on`,
    when the holder of the badge wished it; `document`, the signed credential as text of JSON.
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
    function = models.CharField(_("fonction"), max_length=120, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="endorsements"
    )
    was_mailed = models.BooleanField(_("lien envoyé par e-mail"), default=False)
    agreed_on = models.DateTimeField(_("accord de la personne le"), null=True, blank=True)
    name_shown = models.CharField(_("nom montré"), max_length=120, blank=True)
    invited_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    invited_on = models.DateTimeField(_("invité le"), default=timezone.now)
    token_sha256 = models.CharField(max_length=64, unique=True, null=True, blank=True)
    until = models.DateTimeField(_("lien ouvert jusqu’au"), null=True, blank=True)
    comment = models.TextField(_("ses mots"), max_length=2000, blank=True)
    identity = models.CharField(
        _("identité"), max_length=6, choices=Identity, default=Identity.NONE
    )
    vouched_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
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
            models.CheckConstraint(
                name="endorsement_of_a_badge_was_wished",
                condition=Q(credential__isnull=True) | Q(agreed_on__isnull=False),
                violation_error_message=_("La personne qui a le badge en est d’accord."),
            ),
            models.UniqueConstraint(
                fields=["status_list", "status_index"], name="endorsement_index_once"
            ),
        ]

    def __str__(self):
        return f"{self.get_state_display()} · {self.uuid}"

    @property
    def url(self) -> str:
        """The `id` of its document, for ever."""
        return f"{settings.BADGES_URL}/soutiens/{self.uuid}"

    @property
    def version_named(self) -> AchievementVersion | None:
        """The badge model that it speaks of, itself or through somebody's badge."""
        return self.credential.version if self.credential_id else self.version

    @property
    def issued_by(self) -> Organisation | None:
        """The body that what it speaks of comes from."""
        if self.credential_id:
            return self.credential.organisation
        return (
            self.version.achievement.organisation if self.version_id else self.issuer.organisation
        )

    @property
    def subject_name(self) -> str:
        """What it speaks of, as everybody may read it."""
        return self.version_named.name if self.version_named else self.issuer.name
