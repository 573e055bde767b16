"""Badges that were awarded, who holds them, and to whom their holder shows them."""

import secrets
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from badges.achievements.models import AchievementVersion
from badges.credentials import hooks
from badges.credentials.enums import ForeignKind, IdentityKind, RevokeReason, State
from badges.issuers.models import Issuer, IssuerKey, StatusList
from rtr.due import DueQuerySet, DueRow
from rtr.postgres.fields import ScopedForeignKey
from territories.accounts.models import User
from territories.organisations.models import Organisation
from territories.places.models import Scoped


class HeldQuerySet(models.QuerySet):
    """Rows about one recipient; `holder` is the path to it."""

    holder = "recipient"

    def visible_to(self, user):
        """A person's own; a colleague's, where they read all badges."""
        if user.territory_id:  # a person, who has no role
            own = Recipient._base_manager.filter(user=user)
            return self.filter(**{f"{self.holder}__in": own.values("pk")})
        there = user.territories_where("badges.read_all")
        return self.open_to(user).filter(territory_id__in=there)

    def open_to(self, user):
        """But of people whom an app above closes to this account."""
        closed = Q()
        for recipients in hooks.closed_to:
            closed |= Q(**{f"{self.holder}__in": recipients(user)})
        return self.filter(~closed)


class RecipientQuerySet(HeldQuerySet):
    holder = "pk"


class Recipient(Scoped):
    """Who holds badges: the engine knows no more of them than this."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    user = models.OneToOneField(
        User, models.SET_NULL, null=True, blank=True, related_name="recipient"
    )

    objects = RecipientQuerySet.as_manager()

    class Meta:
        verbose_name = _("détenteur")

    def __str__(self):
        return str(self.uuid)


class CredentialQuerySet(HeldQuerySet, DueQuerySet):
    def live(self):
        """Neither revoked nor expired."""
        now = timezone.now()
        in_time = Q(valid_until__isnull=True) | Q(valid_until__gt=now)
        return self.exclude(state=State.REVOKED).filter(in_time)

    def signed(self):
        return self.filter(state=State.SIGNED)

    def signed_by(self, key):
        """Live or not, the badges whose document this key signed."""
        return self.filter(Q(ed_key=key) | Q(rsa_key=key)).exclude(document="")


class Credential(Scoped, DueRow):
    """A badge of somebody. Its due work (`status`) is to be signed; `state` is what it is worth.

    `document`, the OpenBadgeCredential with its proof, as text of JSON; `token`, the same as a
    VC-JWT. Both stand from the first signature on and are replaced at a re-issue.
    Source: Open Badges 3.0, class AchievementCredential.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    recipient = ScopedForeignKey(Recipient, models.CASCADE, related_name="credentials")
    issuer = models.ForeignKey(Issuer, models.PROTECT, related_name="credentials")
    version = models.ForeignKey(AchievementVersion, models.PROTECT, related_name="credentials")
    # Who recognised it, which a neutral issuer does not say.
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="credentials"
    )
    # `urn:uuid:` of the subject: another one in each badge, so that two do not name one person.
    subject = models.UUIDField(default=uuid4, editable=False)
    awarded_on = models.DateTimeField(_("délivré le"), default=timezone.now)
    awarded_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    batch = models.UUIDField(null=True, blank=True, editable=False)  # awarded in one gesture
    valid_from = models.DateTimeField(_("valable depuis le"), default=timezone.now)
    valid_until = models.DateTimeField(_("valable jusqu’au"), null=True, blank=True)
    evidence_narrative = models.TextField(_("récit choisi"), blank=True)
    evidence_url = models.URLField(_("lien choisi"), max_length=300, blank=True)
    identity_kind = models.CharField(_("identité"), max_length=12, choices=IdentityKind, blank=True)
    identity_hash = models.CharField(max_length=71, blank=True)  # sha256$ and 64 figures
    identity_salt = models.CharField(max_length=32, blank=True)
    state = models.CharField(_("valeur"), max_length=7, choices=State, default=State.AWARDED)
    status_list = models.ForeignKey(StatusList, models.PROTECT, related_name="+")
    status_index = models.PositiveIntegerField()
    edition = models.PositiveSmallIntegerField(_("édition"), default=1)
    document = models.TextField(blank=True, editable=False)
    token = models.TextField(blank=True, editable=False)
    signed_on = models.DateTimeField(_("signé le"), null=True, blank=True)
    ed_key = models.ForeignKey(IssuerKey, models.PROTECT, null=True, blank=True, related_name="+")
    rsa_key = models.ForeignKey(IssuerKey, models.PROTECT, null=True, blank=True, related_name="+")
    revoked_on = models.DateTimeField(_("annulé le"), null=True, blank=True)
    revoked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    revoked_reason = models.CharField(_("raison"), max_length=7, choices=RevokeReason, blank=True)
    revoked_words = models.CharField(_("précision"), max_length=300, blank=True)

    objects = CredentialQuerySet.as_manager()

    class Meta(DueRow.Meta):
        verbose_name = _("badge délivré")
        verbose_name_plural = _("badges délivrés")
        ordering = ["-awarded_on", "-pk"]
        indexes = [
            *DueRow.Meta.indexes,
            models.Index(fields=["recipient", "-awarded_on"], name="credential_of_recipient"),
            models.Index(fields=["batch"], name="credential_batch", condition=~Q(batch=None)),
        ]
        constraints = [
            *DueRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["status_list", "status_index"], name="credential_index_once"
            ),
            models.CheckConstraint(
                name="credential_signed_has_a_document",
                condition=~Q(state=State.SIGNED)
                | ~Q(document="") & ~Q(token="") & Q(signed_on__isnull=False),
                violation_error_message=_("Un badge signé a son document."),
            ),
            models.CheckConstraint(
                name="credential_revoked_says_why",
                condition=Q(state=State.REVOKED, revoked_on__isnull=False) & ~Q(revoked_reason="")
                | ~Q(state=State.REVOKED) & Q(revoked_on__isnull=True, revoked_reason=""),
                violation_error_message=_("Une annulation a une date et une raison."),
            ),
            models.CheckConstraint(
                name="credential_ends_after_start",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
                violation_error_message=_("La fin vient après le début."),
            ),
        ]

    def __str__(self):
        return f"{self.version.name} · {self.uuid}"

    @property
    def url(self) -> str:
        """Its `id`, for ever."""
        return f"{settings.BADGES_URL}/badges/{self.uuid}"

    @property
    def is_signed(self) -> bool:
        return bool(self.document)

    @property
    def is_revoked(self) -> bool:
        return self.state == State.REVOKED

    @property
    def is_expired(self) -> bool:
        return bool(self.valid_until and self.valid_until <= timezone.now())


class CollectionQuerySet(HeldQuerySet):
    def kept(self):
        return self.filter(removed_on__isnull=True)


class Collection(Scoped):
    """« Mon portefeuille »: badges that their holder put together, to show them at once.

    `removed_on`: nothing is left of it but its links, which answer that they are closed.
    """

    recipient = ScopedForeignKey(Recipient, models.CASCADE, related_name="collections")
    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    name = models.CharField(_("nom"), max_length=120)
    words = models.TextField(_("quelques mots"), max_length=1000, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    removed_on = models.DateTimeField(_("retiré le"), null=True, blank=True)

    objects = CollectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("portefeuille")
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name


class ItemQuerySet(HeldQuerySet):
    holder = "collection__recipient"


class CollectionItem(Scoped):
    collection = ScopedForeignKey(Collection, models.CASCADE, related_name="items")
    credential = ScopedForeignKey(Credential, models.CASCADE, related_name="collected")
    rank = models.PositiveSmallIntegerField(_("rang"), default=0)

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("badge d’un portefeuille")
        ordering = ["rank", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["collection", "credential"], name="collected_once")
        ]

    def __str__(self):
        return f"{self.collection} · {self.rank}"


def new_token() -> str:
    return secrets.token_urlsafe(18)  # 144 bits


class ShareLinkQuerySet(HeldQuerySet):
    def open(self):
        return self.filter(withdrawn_on__isnull=True, until__gt=timezone.now())


class ShareLink(Scoped):
    """The holder shows a badge, or a collection, by a link, until a day; they may take it back.

    `words`, the consent as it was read. The token is kept in clear: its holder shows it again as
    a QR code, and it opens nothing more than the row beside it.
    """

    recipient = ScopedForeignKey(Recipient, models.CASCADE, related_name="shares")
    credential = ScopedForeignKey(
        Credential, models.CASCADE, null=True, blank=True, related_name="shares"
    )
    collection = ScopedForeignKey(
        Collection, models.CASCADE, null=True, blank=True, related_name="shares"
    )
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    until = models.DateTimeField(_("jusqu’au"))
    consented_on = models.DateTimeField(_("accord donné le"), default=timezone.now)
    words = models.TextField(_("ce qui a été lu"))
    shows_name = models.BooleanField(_("mon nom est montré"), default=False)
    name_shown = models.CharField(_("nom montré"), max_length=120, blank=True)
    withdrawn_on = models.DateTimeField(_("accord repris le"), null=True, blank=True)

    objects = ShareLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("partage")
        ordering = ["-consented_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="share_of_one_thing",
                condition=Q(credential__isnull=False, collection__isnull=True)
                | Q(credential__isnull=True, collection__isnull=False),
                violation_error_message=_("On partage un badge ou un portefeuille."),
            ),
            models.CheckConstraint(
                name="share_names_or_not",
                condition=Q(shows_name=True) | Q(name_shown=""),
                violation_error_message=_("Un nom caché ne s’écrit pas."),
            ),
        ]

    def __str__(self):
        return f"{self.consented_on:%Y-%m-%d}"

    @property
    def is_open(self) -> bool:
        return self.withdrawn_on is None and self.until > timezone.now()

    @property
    def url(self) -> str:
        return f"{settings.BADGES_URL}/partage/{self.token}"


class ForeignBadge(Scoped):
    """A badge that others issued, in the holder's wallet, verified on the day it came.

    `raw`, as it was given; `checks`, what the verification said: [{code, ok, words}].
    """

    recipient = ScopedForeignKey(Recipient, models.CASCADE, related_name="foreign_badges")
    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    kind = models.CharField(_("format"), max_length=8, choices=ForeignKind)
    raw = models.TextField(editable=False)
    sha256 = models.CharField(max_length=64, editable=False)  # of `raw`: not twice in a wallet
    name = models.CharField(_("nom"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    issuer_name = models.CharField(_("émetteur"), max_length=200, blank=True)
    issuer_url = models.URLField(max_length=500, blank=True)
    awarded_on = models.DateTimeField(_("délivré le"), null=True, blank=True)
    valid_until = models.DateTimeField(_("valable jusqu’au"), null=True, blank=True)
    verified_on = models.DateTimeField(_("vérifié le"), null=True, blank=True)
    is_genuine = models.BooleanField(_("authentique"), default=False)
    checks = models.JSONField(_("vérifications"), default=list, blank=True)
    image = models.BinaryField(null=True, blank=True)  # PNG, drawn again
    imported_on = models.DateTimeField(_("importé le"), default=timezone.now)

    objects = HeldQuerySet.as_manager()

    class Meta:
        verbose_name = _("badge venu d’ailleurs")
        ordering = ["-imported_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["recipient", "sha256"], name="foreign_badge_once")
        ]

    def __str__(self):
        return self.name
