"""One person's path in one programme, from the first contact to the last exit."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journeys.documents.models import Document
from journeys.participants import lists
from journeys.participants.models import Participant
from journeys.pathway.enums import (
    AbsenceKind,
    BarrierLevel,
    Category,
    ContactKind,
    FollowUpStatus,
    Milestone,
    PauseReason,
    Phase,
    StrengthKind,
    TeamRole,
    TryHow,
    TryResult,
    UnreachableReason,
    YesNoNsp,
)
from journeys.pathway.lists import EXITS, OUTCOMES
from journeys.pathway.querysets import (
    AbsenceQuerySet,
    JourneyQuerySet,
    OfJourneyQuerySet,
    TeamMemberQuerySet,
)
from rtr.lib.codelists import CodeField
from rtr.postgres.fields import ScopedForeignKey, ScopedOneToOneField
from territories.accounts.models import User
from territories.organisations.models import Organisation
from territories.places.models import Neighbourhood, Scoped, span
from territories.programmes.models import Period


class NotMerged(models.Manager):
    """Every journey, once: that of a file merged into another is found by `everyone` alone."""

    def get_queryset(self):
        return super().get_queryset().filter(merged_on__isnull=True)


class Journey(Scoped):
    """Never broken: pauses and exits are spans of it, a person who comes back continues it."""

    participant = ScopedOneToOneField(Participant, models.CASCADE, related_name="journey")
    first_contact_on = models.DateField(_("première rencontre"), default=timezone.localdate)
    # Set by the full signature of the first contract, with the limit (rules 4 and 8).
    entry_on = models.DateField(_("entrée"), null=True, blank=True)
    limit_on = models.DateField(_("limite de durée"), null=True, blank=True)
    # Kept by a trigger on Contact: the day of the last one.
    last_contact_on = models.DateField(_("dernier contact"), null=True, blank=True, editable=False)
    # One more at each act: a second person acting on an older page is told what changed.
    version = models.PositiveIntegerField(default=0, editable=False)
    # Its file went into another one of the same person (journeys/duplicates).
    merged_on = models.DateField(_("réuni le"), null=True, editable=False)

    objects = NotMerged.from_queryset(JourneyQuerySet)()
    everyone = JourneyQuerySet.as_manager()

    class Meta:
        verbose_name = _("parcours")
        indexes = [
            models.Index(fields=["territory", "last_contact_on"], name="journey_by_contact"),
            models.Index(fields=["territory", "limit_on"], name="journey_by_limit"),
            models.Index(
                fields=["territory", "first_contact_on"],
                name="journey_in_butinage",
                condition=Q(entry_on__isnull=True),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="journey_entry_after_first_contact",
                condition=Q(entry_on__isnull=True) | Q(entry_on__gte=F("first_contact_on")),
                violation_error_message=_("L’entrée vient avant la première rencontre."),
            ),
            models.CheckConstraint(
                name="journey_limit_with_entry",
                condition=Q(entry_on__isnull=True, limit_on__isnull=True)
                | Q(entry_on__isnull=False, limit_on__isnull=False, limit_on__gte=F("entry_on")),
                violation_error_message=_("La limite de durée part de la date d’entrée."),
            ),
        ]

    def __str__(self):
        return str(self.participant)


class OfJourney(Scoped):
    """Base of the rows of a journey."""

    journey = ScopedForeignKey(Journey, models.CASCADE, related_name="%(class)ss")

    objects = OfJourneyQuerySet.as_manager()

    class Meta:
        abstract = True


class PeriodEntry(OfJourney):
    journey = ScopedForeignKey(Journey, models.CASCADE, related_name="period_entries")
    period = models.ForeignKey(Period, models.PROTECT, related_name="entries")
    on = models.DateField(_("depuis le"), default=timezone.localdate)

    class Meta:
        verbose_name = _("période du parcours")
        constraints = [
            models.UniqueConstraint(fields=["journey", "period"], name="period_entry_once")
        ]

    def __str__(self):
        return str(self.period)


class PhaseChange(OfJourney):
    """Append-only; the current phase is the last row. `rank` counts a journey's rows from 1."""

    journey = ScopedForeignKey(Journey, models.CASCADE, related_name="phase_changes")
    rank = models.PositiveSmallIntegerField(_("rang"))
    phase = models.CharField(_("phase"), max_length=12, choices=Phase)
    step = models.CharField(_("étape"), max_length=60, blank=True)
    on = models.DateField(_("depuis le"), default=timezone.localdate)
    reason = models.CharField(_("raison"), max_length=200, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("changement de phase")
        ordering = ["journey", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["journey", "rank"], name="phase_change_rank_once")
        ]

    def __str__(self):
        return f"{self.get_phase_display()} · {self.on}"


class Absence(OfJourney):
    """A pause or an exit: from a day to the day of return, never two at once."""

    kind = models.CharField(_("nature"), max_length=5, choices=AbsenceKind)
    from_on = models.DateField(_("depuis le"), default=timezone.localdate)
    until_on = models.DateField(_("retour le"), null=True, blank=True)
    expected_return_on = models.DateField(_("retour prévu le"), null=True, blank=True)
    pause_reason = models.CharField(_("raison"), max_length=6, choices=PauseReason, blank=True)
    exit_kind = CodeField(_("sortie"), codes=EXITS, blank=True)
    weeks = models.PositiveSmallIntegerField(
        _("durée du contrat, en semaines"), null=True, blank=True
    )
    agreed_to_contact = models.BooleanField(_("accepte d’être recontacté"), default=False)
    proof = ScopedForeignKey(Document, models.SET_NULL, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("pause ou sortie")
        ordering = ["from_on"]
        constraints = [
            ExclusionConstraint(
                name="absence_one_at_a_time",
                expressions=[
                    ("journey", RangeOperators.EQUAL),
                    (span("from_on", "until_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_(
                    "Une pause ou une sortie couvre déjà ces jours : choisissez d’autres dates."
                ),
            ),
            models.CheckConstraint(
                name="absence_returns_after_start",
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")),
                violation_error_message=_("Le retour vient après le départ, d’un jour au moins."),
            ),
            models.CheckConstraint(
                name="absence_says_why",
                condition=Q(kind="pause", exit_kind="") & ~Q(pause_reason="")
                | Q(kind="exit", pause_reason="") & ~Q(exit_kind=""),
                violation_error_message=_("Une pause dit sa raison, une sortie sa nature."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} · {self.from_on}"


class Outcome(OfJourney):
    """« Étape gagnée »: a job, training or engagement that starts while the journey goes on."""

    kind = CodeField(_("nature"), codes=OUTCOMES)
    host = models.CharField(_("où"), max_length=120, blank=True)
    weekly_hours = models.PositiveSmallIntegerField(_("heures par semaine"), null=True, blank=True)
    started_on = models.DateField(_("début"))
    ended_on = models.DateField(_("fin"), null=True, blank=True)
    proof = ScopedForeignKey(Document, models.SET_NULL, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("étape gagnée")
        ordering = ["started_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="outcome_ends_after_start",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                violation_error_message=_("La fin vient avant le début."),
            )
        ]

    def __str__(self):
        return EXITS.label(self.kind)


class FollowUpQuerySet(OfJourneyQuerySet):
    def pending(self):
        return self.filter(status__in=[FollowUpStatus.DUE, FollowUpStatus.ASKED])


class FollowUp(OfJourney):
    """What became of the person, asked after an exit, if they agreed (rule 11)."""

    journey = ScopedForeignKey(Journey, models.CASCADE, related_name="follow_ups")
    absence = ScopedForeignKey(Absence, models.CASCADE, related_name="follow_ups")
    milestone = models.CharField(_("suivi"), max_length=8, choices=Milestone)
    opens_on = models.DateField(_("à demander dès le"))
    late_on = models.DateField(_("en retard après le"))
    status = models.CharField(
        _("état"), max_length=11, choices=FollowUpStatus, default=FollowUpStatus.DUE
    )
    status_on = models.DateField(_("le"), null=True, blank=True)
    situation = CodeField(_("situation"), codes=EXITS, blank=True)
    since_on = models.DateField(_("depuis le"), null=True, blank=True)
    answered_how = models.CharField(
        _("répondu par"), max_length=5, choices=TryHow, blank=True, default="", db_default=""
    )
    unreachable_reason = models.CharField(
        _("pourquoi injoignable"),
        max_length=12,
        choices=UnreachableReason,
        blank=True,
        default="",
        db_default="",
    )
    # Nobody, when the person answered by their link.
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("suivi")
        ordering = ["opens_on"]
        indexes = [
            models.Index(
                fields=["territory", "opens_on"],
                name="follow_up_pending",
                condition=Q(status__in=["due", "asked"]),
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["absence", "milestone"], name="follow_up_once"),
            models.CheckConstraint(
                name="follow_up_answer_has_situation",
                condition=~Q(status="answered") | ~Q(situation=""),
                violation_error_message=_("Une réponse dit la situation de la personne."),
            ),
        ]

    def __str__(self):
        return f"{self.get_milestone_display()} · {self.get_status_display()}"


class FollowUpTry(OfJourney):
    """One time news were asked for; a text message carries a link, of which a hash is kept."""

    journey = ScopedForeignKey(Journey, models.CASCADE, related_name="follow_up_tries")
    follow_up = ScopedForeignKey(FollowUp, models.CASCADE, related_name="tries")
    how = models.CharField(_("comment"), max_length=5, choices=TryHow)
    on = models.DateField(_("jour"), default=timezone.localdate)
    result = models.CharField(_("résultat"), max_length=12, choices=TryResult)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    token_sha256 = models.CharField(max_length=64, unique=True, null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("essai de suivi")
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="follow_up_link_expires",
                condition=Q(token_sha256__isnull=True) | Q(expires_at__isnull=False),
            )
        ]

    def __str__(self):
        return f"{self.get_how_display()} · {self.on}"


class Extension(OfJourney):
    """More time, with its reason (rule 8). Nothing closes by itself."""

    until_on = models.DateField(_("jusqu’au"))
    reason = models.CharField(_("raison"), max_length=200)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("prolongation")
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(
                name="extension_has_reason",
                condition=~Q(reason=""),
                violation_error_message=_("Une prolongation dit sa raison."),
            )
        ]

    def __str__(self):
        return str(self.until_on)


class Contact(OfJourney):
    """A day somebody was met or spoken to: a fact, without words about it."""

    kind = models.CharField(_("nature"), max_length=7, choices=ContactKind)
    on = models.DateField(_("jour"), default=timezone.localdate)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)

    class Meta:
        verbose_name = _("contact")
        ordering = ["-on", "-pk"]

    def __str__(self):
        return f"{self.get_kind_display()} · {self.on}"


class TeamMember(OfJourney):
    """One member of the follow-up group; the participant sees the list, and may object."""

    journey = ScopedForeignKey(Journey, models.CASCADE, related_name="team")
    user = models.ForeignKey(User, models.PROTECT, related_name="team_places")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    role = models.CharField(_("rôle"), max_length=17, choices=TeamRole)
    reason = models.CharField(_("pourquoi"), max_length=120, blank=True)
    from_on = models.DateField(_("depuis le"), default=timezone.localdate)
    until_on = models.DateField(_("jusqu’au"), null=True, blank=True)
    # The participant's objection suspends access at once (rule 19).
    suspended_on = models.DateField(_("accès suspendu le"), null=True, blank=True)

    objects = TeamMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("membre de l’équipe")
        ordering = ["from_on", "pk"]
        constraints = [
            ExclusionConstraint(
                name="team_member_once_at_a_time",
                expressions=[
                    ("journey", RangeOperators.EQUAL),
                    ("user", RangeOperators.EQUAL),
                    (span("from_on", "until_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Cette personne est déjà dans l’équipe."),
            )
        ]

    def __str__(self):
        return f"{self.user} · {self.get_role_display()}"


class ShareQuerySet(OfJourneyQuerySet):
    def active(self):
        return self.filter(ended_on__isnull=True)


class Share(OfJourney):
    """The person agreed that this member reads this category, from that day."""

    member = ScopedForeignKey(TeamMember, models.CASCADE, related_name="shares")
    category = models.CharField(_("ce qui est lu"), max_length=10, choices=Category)
    agreed_on = models.DateField(_("accord du"), default=timezone.localdate)
    ended_on = models.DateField(_("retiré le"), null=True, blank=True)

    objects = ShareQuerySet.as_manager()

    class Meta:
        verbose_name = _("partage")
        constraints = [
            models.UniqueConstraint(
                fields=["member", "category"],
                condition=Q(ended_on__isnull=True),
                name="share_once_at_a_time",
            )
        ]

    def __str__(self):
        return f"{self.member} · {self.get_category_display()}"


class Strength(OfJourney):
    """What the person brings, wants, has lived. In their words, first on the page (rule 13)."""

    kind = models.CharField(_("nature"), max_length=8, choices=StrengthKind)
    text = models.CharField(_("en quelques mots"), max_length=120)
    said_on = models.DateField(_("dit le"), default=timezone.localdate)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)

    class Meta:
        verbose_name = _("ce que la personne apporte")
        ordering = ["kind", "pk"]

    def __str__(self):
        return self.text


class Barrier(OfJourney):
    """What complicates life now: a coded theme, dated; health has no level (rule 13)."""

    theme = CodeField(_("thème"), codes=lists.BARRIERS)
    level = models.CharField(_("combien"), max_length=6, choices=BarrierLevel, blank=True)
    noted_on = models.DateField(_("noté le"), default=timezone.localdate)
    ended_on = models.DateField(_("réglé le"), null=True, blank=True)

    class Meta:
        verbose_name = _("ce qui complique la vie")
        ordering = ["noted_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["journey", "theme"],
                condition=Q(ended_on__isnull=True),
                name="barrier_once_at_a_time",
                violation_error_message=_("Ce thème est déjà noté."),
            ),
            models.CheckConstraint(
                name="barrier_health_has_no_level",
                condition=~Q(theme="sante") | Q(level=""),
                violation_error_message=_("La santé se note sans degré ni détail."),
            ),
        ]

    def __str__(self):
        return lists.BARRIERS.label(self.theme)


class EntrySituation(Scoped):
    """The entry questions; « ne souhaite pas répondre » is an answer. Done within 30 days."""

    journey = ScopedOneToOneField(Journey, models.CASCADE, related_name="situation")
    employment = CodeField(_("emploi"), codes=lists.EMPLOYMENT, blank=True)
    diploma = CodeField(_("diplôme"), codes=lists.DIPLOMA, blank=True)
    housing = CodeField(_("logement"), codes=lists.HOUSING, blank=True)
    gender = CodeField(_("genre"), codes=lists.GENDER, blank=True)
    nationality = CodeField(_("nationalité"), codes=lists.NATIONALITY, blank=True)
    digital_level = CodeField(_("numérique"), codes=lists.DIGITAL_LEVEL, blank=True)
    # Own categories of sharing (rule 20)
    resources = CodeField(_("ressources"), codes=lists.RESOURCES, blank=True)
    disability = models.CharField(
        _("reconnaissance de handicap (RQTH ou autre titre)"),
        max_length=3,
        choices=YesNoNsp,
        blank=True,
    )
    publics = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    neighbourhood = models.ForeignKey(
        Neighbourhood, models.PROTECT, null=True, blank=True, verbose_name=_("quartier")
    )
    # Frozen at the contract (rule 22): the edition of the list the quarter was on, or nothing.
    qpv_edition = models.CharField(max_length=10, blank=True, editable=False)
    completed_on = models.DateField(_("terminées le"), null=True, blank=True)

    objects = OfJourneyQuerySet.as_manager()

    class Meta:
        verbose_name = _("situation à l’entrée")

    def __str__(self):
        return str(self.journey)


class NoteQuerySet(OfJourneyQuerySet):
    def visible_to(self, user):
        """Shared notes of the journeys where the person agreed, and one's own."""
        journeys = self.model._meta.get_field("journey").related_model.objects.visible_to(user)
        shared = user.team_places.standing().filter(
            shares__category=Category.NOTES, shares__ended_on__isnull=True
        )
        return self.filter(journey__in=journeys).filter(
            Q(author=user.pk)
            | Q(
                is_working=False,
                territory_id__in=user.territories_where("categories.read_all"),
            )
            | Q(is_working=False, journey__in=shared.values("journey"))
        )


class Note(OfJourney):
    """Short and factual; the person may read it. A working note is its author's alone."""

    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    text = models.CharField(_("note"), max_length=500)
    is_working = models.BooleanField(_("note de travail, pour moi seul"), default=False)
    written_at = models.DateTimeField(default=timezone.now)

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note")
        ordering = ["-written_at"]

    def __str__(self):
        return f"{self.author} · {self.written_at:%Y-%m-%d}"
