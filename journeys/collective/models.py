"""Collective actions: a path of sessions that a group walks together, and what it writes of it.

An action and its steps are about nobody. Members, the group's journal and the talks at the end are
about somebody: behind the wall. A member is a nickname for the others, whoever they are (rule 14).
"""

import uuid

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journeys.activities.models import Activity, Session
from journeys.collective.enums import Place
from journeys.documents.models import private_name
from journeys.participants.models import Participant
from journeys.pathway.enums import Reader
from journeys.pathway.models import Journey, OfJourney
from journeys.pathway.querysets import OwnWordsQuerySet
from rtr.postgres.fields import ScopedForeignKey
from territories.accounts.models import User
from territories.places.models import Scoped, Territory


class CollectiveActionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """All of a territory for who leads it, those of one's house for an animator, those one
        leads, those of one's participants; to a member, their own."""
        if user.territory_id:
            mine = GroupMember.objects.filter(action=OuterRef("pk"), participant__user=user.pk)
            return self.filter(Exists(mine.inside()))
        everywhere = Q(activity__territory_id__in=user.territories_where("collective.read_all"))
        followed = Journey.objects.visible_to(user)
        theirs = GroupMember.objects.filter(
            action=OuterRef("pk"), participant__journey__in=followed, left_on=None
        )
        return self.filter(everywhere | _of_house(user) | _led_by(user) | Q(Exists(theirs)))

    def managed_by(self, user):
        """Those whose group, words and steps the user may change."""
        everywhere = Q(activity__territory_id__in=user.territories_where("collective.lead_all"))
        return self.filter(everywhere | _of_house(user) | _led_by(user))

    def going_on(self):
        return self.filter(ended_on=None)


def _of_house(user) -> Q:
    houses = user.houses_where("collective.of_house")
    return Q(activity__in=Activity.objects.filter(houses))


def _led_by(user) -> Q:
    there = Q(activity__territory_id__in=user.territories_where("collective.lead"))
    return there & (Q(leader=user.pk) | Q(co_leader=user.pk))


class CollectiveAction(models.Model):
    """Built on an activity, which says where, with whom and how many places."""

    activity = models.OneToOneField(Activity, models.PROTECT, related_name="collective_action")
    # The public page's address: it is told by the group, and says nothing of the programme.
    slug = models.SlugField(_("adresse"), max_length=90, unique=True)
    question = models.CharField(_("question du groupe"), max_length=200)
    leader = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("anime"))
    co_leader = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("anime aussi"),
    )
    from_on = models.DateField(_("du"))
    until_on = models.DateField(_("au"))
    ended_on = models.DateField(_("terminée le"), null=True, blank=True)

    objects = CollectiveActionQuerySet.as_manager()

    class Meta:
        verbose_name = _("action collective")
        ordering = ["-from_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="collective_action_ends_after_start",
                condition=Q(until_on__gte=F("from_on")),
                violation_error_message=_("La fin vient avant le début."),
            ),
            models.CheckConstraint(
                name="collective_action_two_leaders",
                condition=Q(co_leader=None) | ~Q(co_leader=F("leader")),
                violation_error_message=_("Choisissez deux personnes différentes."),
            ),
        ]

    def __str__(self):
        return self.activity.title

    @property
    def territory(self) -> Territory:
        return self.activity.territory

    @property
    def territory_id(self) -> int:
        return self.activity.territory_id

    @property
    def leaders(self) -> list[User]:
        return [user for user in (self.leader, self.co_leader) if user]


class Step(models.Model):
    """A session of the path, with its number and what it is called."""

    action = models.ForeignKey(CollectiveAction, models.CASCADE, related_name="steps")
    session = models.OneToOneField(Session, models.CASCADE, related_name="step")
    number = models.PositiveSmallIntegerField(_("numéro"))
    title = models.CharField(_("titre"), max_length=80)

    class Meta:
        verbose_name = _("étape")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["action", "number"], name="step_once")]

    def __str__(self):
        return f"{self.number}. {self.title}"


class OfActionQuerySet(models.QuerySet):
    """Rows of an action are known by those who know it."""

    def visible_to(self, user):
        return self.filter(action__in=CollectiveAction.objects.visible_to(user))


class GroupMemberQuerySet(OfActionQuerySet):
    def present(self):
        return self.filter(left_on=None)

    def inside(self):
        return self.present().filter(place=Place.IN)

    def waiting(self):
        return self.present().filter(place=Place.WAITING)


class GroupMember(Scoped):
    """Somebody in the whole path; the row follows the person, the action stays."""

    action = models.ForeignKey(CollectiveAction, models.PROTECT, related_name="members")
    participant = ScopedForeignKey(
        Participant, models.CASCADE, null=True, blank=True, related_name="groups"
    )
    nickname = models.CharField(_("surnom"), max_length=40)
    place = models.CharField(_("place"), max_length=7, choices=Place, default=Place.IN)
    joined_at = models.DateTimeField(_("depuis le"), default=timezone.now)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    left_on = models.DateField(_("parti le"), null=True, blank=True)
    # A form sent twice adds one person; the numbers of their enrolments come from it too.
    client_uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # The talk at the end, noted for everyone alike; what was said is an EndInterview.
    interviewed_on = models.DateField(_("entretien de fin le"), null=True, blank=True)
    interviewed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("avec")
    )

    objects = GroupMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("membre du groupe")
        ordering = ["joined_at", "pk"]
        indexes = [models.Index(fields=["action", "joined_at"], name="group_member_list")]
        constraints = [
            models.UniqueConstraint(
                fields=["action", "participant"],
                condition=Q(participant__isnull=False, left_on=None),
                name="group_member_once",
                violation_error_message=_("Cette personne est déjà dans le groupe."),
            ),
            models.CheckConstraint(
                name="group_member_interviewed_by_somebody",
                condition=Q(interviewed_on=None, interviewed_by=None)
                | Q(interviewed_on__isnull=False, interviewed_by__isnull=False),
            ),
        ]

    def __str__(self):
        return self.nickname


class GroupEntryQuerySet(OfActionQuerySet):
    def visible_to(self, user):
        return OfActionQuerySet.visible_to(self, user).filter(removed_at=None)


class GroupEntry(Scoped):
    """The group's journal: what we did, what we decided.

    It stays with the action: who wrote it is an account, which the wall does not hold, and their
    nickname is read from the members.
    """

    action = models.ForeignKey(CollectiveAction, models.CASCADE, related_name="entries")
    step = models.ForeignKey(Step, models.SET_NULL, null=True, blank=True, related_name="entries")
    on = models.DateField(_("le"), default=timezone.localdate)
    did = models.CharField(_("ce que nous avons fait"), max_length=1000)
    decided = models.CharField(_("ce que nous avons décidé"), max_length=500, blank=True)
    photo = models.FileField(upload_to=private_name, blank=True)
    photo_alt = models.CharField(_("ce que montre la photo"), max_length=120, blank=True)
    written_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(_("retiré le"), null=True, blank=True)
    removed_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = GroupEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("page du journal de groupe")
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["action", "on"], name="group_entry_list")]

    def __str__(self):
        return f"{self.action} · {self.on}"


class EndInterview(OfJourney):
    """What the person says of the action, in a talk at its end."""

    action = models.ForeignKey(CollectiveAction, models.PROTECT, related_name="interviews")
    discovered = models.CharField(_("ce que j’ai découvert"), max_length=500, blank=True)
    follows = models.CharField(_("ce que je voudrais ensuite"), max_length=500, blank=True)
    change = models.CharField(_("ce que je changerais"), max_length=500, blank=True)
    on = models.DateField(_("le"), default=timezone.localdate)
    with_user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("avec"))
    reader = models.CharField(_("qui lit"), max_length=9, choices=Reader, default=Reader.REFERENTS)

    objects = OwnWordsQuerySet.as_manager()

    class Meta:
        verbose_name = _("entretien de fin d’action")
        ordering = ["-on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["journey", "action"], name="end_interview_once"),
            models.CheckConstraint(
                name="end_interview_says_something",
                condition=~Q(discovered="", follows="", change=""),
                violation_error_message=_("Notez une réponse au moins."),
            ),
        ]

    def __str__(self):
        return f"{self.action} · {self.on}"
