"""Who signs in, and what each may do where."""

import datetime
import uuid
from functools import cached_property

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from territories.accounts.enums import EndReason, Role
from territories.accounts.permissions import PERMISSIONS
from territories.organisations.models import Organisation
from territories.places.models import Territory
from territories.programmes.models import Programme


class UserQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Whoever has, had or is to have a role in the programmes that the person manages."""
        roles = Membership.objects.visible_to(user)
        return self.filter(Exists(roles.filter(user=OuterRef("pk"))))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def create_user(self, email=None, password=None, **fields):
        user = self.model(email=self.normalize_email(email).lower() or None, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class User(AbstractBaseUser):
    """A person who signs in. A participant's account holds a uuid only: identity is elsewhere."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("adresse e-mail"), unique=True, null=True, blank=True)
    first_name = models.CharField(_("prénom"), max_length=60, blank=True)
    last_name = models.CharField(_("nom"), max_length=60, blank=True)
    # A participant's account only: the territory behind whose wall it lives.
    territory = models.ForeignKey(
        Territory, models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_active = models.BooleanField(_("compte ouvert"), default=True)
    created_at = models.DateTimeField(default=timezone.now)
    # In this request, who of the team is beside this participant and sees the page.
    helped_by: "User | None" = None

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = _("compte")
        ordering = ["first_name", "last_name", "pk"]

    def __str__(self):
        if self.territory_id:
            return gettext("La personne")
        return self.get_full_name() or str(self.uuid)

    def get_full_name(self):
        return f"{self.first_name} {self.last_name}".strip()

    @cached_property
    def roles(self) -> list["Membership"]:
        """Memberships in force today; read once a request. A person's account has none."""
        if self.territory_id:
            return []
        return list(
            self.memberships.active()
            .select_related("programme", "organisation")
            .prefetch_related("territories")
        )

    @cached_property
    def territory_ids(self) -> set[int]:
        """Territories of all roles, or a participant's own: the scope of the second wall."""
        if self.territory_id:
            return {self.territory_id}
        return {pk for role in self.roles for pk in role.territory_ids}

    @cached_property
    def programme_ids(self) -> set[int]:
        return {role.programme_id for role in self.roles}

    @cached_property
    def organisation_ids(self) -> set[int]:
        return {role.organisation_id for role in self.roles}

    def territories_where(self, permission: str) -> set[int]:
        """Territories in which one of the person's roles gives this permission."""
        holders = PERMISSIONS[permission]
        return {pk for role in self.roles if role.role in holders for pk in role.territory_ids}

    def may(self, permission: str, territory_id: int | None = None) -> bool:
        """Whether a role gives this permission, there if a territory is named, or anywhere."""
        territories = self.territories_where(permission)
        return bool(territories) if territory_id is None else territory_id in territories

    def programmes_where(self, permission: str) -> set[int]:
        holders = PERMISSIONS[permission]
        return {role.programme_id for role in self.roles if role.role in holders}

    def organisations_where(self, permission: str) -> set[int]:
        holders = PERMISSIONS[permission]
        return {role.organisation_id for role in self.roles if role.role in holders}

    def houses_where(self, permission: str) -> Q:
        """Rows of one's organisation, there where the role held for it gives this permission.

        Each role by itself: a house in one territory opens nothing in the territory of another.
        """
        holders = PERMISSIONS[permission]
        houses = Q(pk__in=[])
        for role in self.roles:
            if role.role in holders:
                there = Q(territory_id__in=role.territory_ids)
                houses |= there & Q(organisation_id=role.organisation_id)
        return houses

    def organisation_where(self, permission: str, territory_id: int) -> Organisation | None:
        """The organisation for which the person acts there: that of the first role allowing it."""
        holders = PERMISSIONS[permission]
        for role in self.roles:
            if role.role in holders and territory_id in role.territory_ids:
                return role.organisation
        return None

    @property
    def is_staff_member(self) -> bool:
        return bool(self.roles)


class MembershipQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Roles in the programmes that the person manages."""
        return self.filter(programme__in=user.programmes_where("programme.manage"))

    def active(self, on=None):
        on = on or timezone.localdate()
        return self.filter(from_on__lte=on).not_over(on)

    def not_over(self, on=None):
        """In force that day, or to come."""
        on = on or timezone.localdate()
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gt=on))


class Membership(models.Model):
    """A user, in an organisation, with a role, in some territories, between two dates."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    role = models.CharField(_("rôle"), max_length=17, choices=Role)
    territories = models.ManyToManyField(Territory, related_name="memberships")
    from_on = models.DateField(_("depuis le"), default=timezone.localdate)
    until_on = models.DateField(_("jusqu’au"), null=True, blank=True)
    end_reason = models.CharField(
        _("raison"), max_length=7, choices=EndReason, blank=True, db_default=""
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("appartenance")
        ordering = ["user", "role"]
        constraints = [
            models.CheckConstraint(
                name="membership_ends_after_start",
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                violation_error_message=_("La fin vient avant le début."),
            )
        ]

    def __str__(self):
        return f"{self.user} · {self.get_role_display()} · {self.organisation}"

    @property
    def territory_ids(self) -> list[int]:
        return [territory.pk for territory in self.territories.all()]

    def end(self, *, on: datetime.date, reason: str) -> None:
        self.until_on, self.end_reason = on, reason
        self.save(update_fields=["until_on", "end_reason"])
