"""Who issues: a body, the network itself or an endorser, with its keys and its status lists."""

import secrets

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from badges.issuers.enums import Algorithm, KeyState, Kind, State
from badges.proofs.documents import did_web
from territories.accounts.models import User
from territories.organisations.models import Organisation
from territories.programmes.models import Programme

LIST_SIZE = 131_072  # bits; source: Bitstring Status List 1.0, « minimum bitstring length »


class IssuerQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Issuers of the bodies that the person's programmes know, and their programmes' own."""
        bodies = Organisation.objects.visible_to(user).values("pk")
        return self.filter(Q(organisation__in=bodies) | Q(programme__in=user.programme_ids))

    def active(self):
        return self.filter(state=State.ACTIVE)


class Issuer(models.Model):
    """A Profile that signs.

    Source: Open Badges 3.0, class Profile; did:web, W3C CCG.
    """

    kind = models.CharField(_("nature"), max_length=12, choices=Kind)
    organisation = models.OneToOneField(
        Organisation, models.PROTECT, null=True, blank=True, related_name="issuer"
    )
    programme = models.ForeignKey(
        Programme, models.PROTECT, null=True, blank=True, related_name="issuers"
    )
    slug = models.SlugField(_("adresse"), max_length=80, unique=True)
    name = models.CharField(_("nom"), max_length=160)
    description = models.TextField(_("description"), blank=True)
    url = models.URLField(_("site"), blank=True)
    email = models.EmailField(_("adresse e-mail"), blank=True)
    state = models.CharField(_("état"), max_length=9, choices=State, default=State.ACTIVE)
    left_on = models.DateField(_("parti le"), null=True, blank=True)
    # The name of this body would say too much: its badges are issued by that network.
    neutral = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"kind": Kind.NETWORK},
        verbose_name=_("délivre sous le nom de"),
    )
    # The public base address under which its first badge was signed: it may not change any more.
    address = models.URLField(max_length=200, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = IssuerQuerySet.as_manager()

    class Meta:
        verbose_name = _("émetteur")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="issuer_is_a_body_or_not",
                condition=Q(kind=Kind.ORGANISATION, organisation__isnull=False)
                | Q(kind__in=[Kind.NETWORK, Kind.ENDORSER], organisation__isnull=True),
                violation_error_message=_("Un émetteur de structure en nomme une."),
            ),
            models.CheckConstraint(
                name="issuer_left_one_day",
                condition=Q(state=State.LEFT, left_on__isnull=False)
                | ~Q(state=State.LEFT) & Q(left_on__isnull=True),
                violation_error_message=_("Un départ a une date."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def base_url(self) -> str:
        """The public address of its documents, without a slash at the end."""
        return f"{settings.BADGES_URL}/orgs/{self.slug}"

    @property
    def did(self) -> str:
        return did_web(settings.BADGES_URL, "orgs", self.slug)

    @property
    def signs_as(self) -> "Issuer":
        """Who issues what this body awards: itself, or the network in whose name it speaks."""
        return self.neutral or self


class IssuerKeyQuerySet(models.QuerySet):
    def active(self):
        return self.filter(state=KeyState.ACTIVE)


class IssuerKey(models.Model):
    """A key pair. Its private half is sealed, and forgotten once it signs no more.

    `public_multibase`, of an Ed25519 key (`z6Mk…`, 48 characters); `public_jwk`, of an RSA key.
    `kid` is the fragment of its verification method.
    """

    issuer = models.ForeignKey(Issuer, models.CASCADE, related_name="keys")
    algorithm = models.CharField(_("algorithme"), max_length=7, choices=Algorithm)
    kid = models.CharField(max_length=100)
    public_multibase = models.CharField(max_length=100, blank=True)
    public_jwk = models.JSONField(null=True, blank=True)
    private_sealed = models.TextField(blank=True, editable=False)
    state = models.CharField(_("état"), max_length=11, choices=KeyState, default=KeyState.ACTIVE)
    created_on = models.DateTimeField(_("créée le"), default=timezone.now)
    ended_on = models.DateTimeField(_("ne signe plus depuis le"), null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(_("raison"), max_length=300, blank=True)

    objects = IssuerKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("clé")
        ordering = ["issuer", "algorithm", "-created_on"]
        constraints = [
            models.UniqueConstraint(fields=["issuer", "kid"], name="key_id_once"),
            models.UniqueConstraint(
                fields=["issuer", "algorithm"],
                condition=Q(state=KeyState.ACTIVE),
                name="key_one_signs",
            ),
            models.CheckConstraint(
                name="key_private_while_it_signs",
                condition=Q(state=KeyState.ACTIVE, ended_on__isnull=True) & ~Q(private_sealed="")
                | ~Q(state=KeyState.ACTIVE) & Q(private_sealed="", ended_on__isnull=False),
                violation_error_message=_("Une clé qui ne signe plus est oubliée."),
            ),
        ]

    def __str__(self):
        return f"{self.issuer} · {self.get_algorithm_display()} · {self.get_state_display()}"

    @property
    def method(self) -> str:
        """The absolute id of its verification method."""
        return f"{self.issuer.did}#{self.kid}"


def new_seed() -> str:
    return secrets.token_hex(16)


class StatusList(models.Model):
    """Which badges of an issuer are revoked: one bit each, signed anew at each revocation.

    `size`, bits; `given`, how many of them stand for a badge; `revoked`, indexes whose bit is set,
    kept when the badge itself is erased; `document`, the signed BitstringStatusListCredential as
    served; `etag`, of these bytes.
    Source: W3C Bitstring Status List 1.0.
    """

    issuer = models.ForeignKey(Issuer, models.PROTECT, related_name="status_lists")
    number = models.PositiveSmallIntegerField(_("numéro"), default=1)
    size = models.PositiveIntegerField(default=LIST_SIZE)
    given = models.PositiveIntegerField(_("places données"), default=0)
    # Shuffles the places: an index tells neither the order nor how many there are.
    seed = models.CharField(max_length=32, default=new_seed, editable=False)
    revoked = ArrayField(models.PositiveIntegerField(), default=list, blank=True)
    document = models.TextField(blank=True)
    etag = models.CharField(max_length=64, blank=True)
    built_on = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("liste d’état")
        ordering = ["issuer", "number"]
        constraints = [
            models.UniqueConstraint(fields=["issuer", "number"], name="status_list_number_once"),
            models.CheckConstraint(
                name="status_list_hides_in_a_crowd",
                condition=Q(size__gte=LIST_SIZE),
                violation_error_message=_("Une liste d’état compte 131 072 places au moins."),
            ),
        ]

    def __str__(self):
        return f"{self.issuer} · {self.number}"

    @property
    def url(self) -> str:
        return f"{self.issuer.base_url}/status/{self.number}"
