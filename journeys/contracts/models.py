"""The engagement contract: a frozen text, signed by each in their own act."""

from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from badges.achievements.models import Achievement
from journeys.contracts.enums import (
    Agreed,
    Language,
    Method,
    ObjectiveStatus,
    Signer,
    in_french,
)
from journeys.documents.models import Document
from journeys.messages.enums import Language as Spoken
from journeys.pathway.models import Journey, OfJourney
from journeys.pathway.querysets import OfJourneyQuerySet
from rtr.postgres.fields import ScopedForeignKey
from territories.accounts.models import User
from territories.programmes.models import Programme


class ContractWording(models.Model):
    """The programme's own terms in another language than French; the house knows the rest."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="contract_wordings")
    language = models.CharField(_("langue"), max_length=7, choices=Spoken)
    text = models.TextField(_("texte"), max_length=20_000)

    class Meta:
        verbose_name = _("texte du contrat par langue")
        constraints = [
            models.UniqueConstraint(fields=["programme", "language"], name="contract_wording_once")
        ]

    def __str__(self):
        return self.get_language_display()


class ContractQuerySet(OfJourneyQuerySet):
    def prepared(self):
        """Neither in force nor cancelled."""
        return self.filter(signed_on__isnull=True, cancelled_on__isnull=True)

    def signed(self):
        return self.filter(signed_on__isnull=False)

    def refused(self):
        """Refused, and not written anew since."""
        later = self.model.objects.filter(
            journey=OuterRef("journey"), number__gt=OuterRef("number")
        )
        return self.filter(~Exists(later), refused_at__isnull=False)


class Contract(OfJourney):
    """A version of the contract. Frozen, then signed; amendments are new versions."""

    number = models.PositiveSmallIntegerField(_("version"), default=1)
    prepared_on = models.DateField(_("préparé le"), default=timezone.localdate)
    prepared_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    # The birth date is copied here and frozen: the age at signature never changes afterwards.
    birth_date = models.DateField(_("date de naissance"), null=True, blank=True)
    minimum_age = models.PositiveSmallIntegerField(_("âge minimal"), default=18)
    adult_on = models.GeneratedField(
        expression=Func(
            F("birth_date"),
            F("minimum_age"),
            template="(%(expressions)s))::date",
            arg_joiner=" + make_interval(years => ",
            output_field=models.DateField(),
        ),
        output_field=models.DateField(),
        db_persist=True,
    )
    weekly_hours = models.PositiveSmallIntegerField(_("heures par semaine"), null=True, blank=True)
    planned_end_on = models.DateField(_("fin prévue"), null=True, blank=True)
    language = models.CharField(
        _("langue"), max_length=7, choices=Language, default=Language.FRENCH
    )
    interpreter = models.CharField(_("interprète"), max_length=120, blank=True)
    read_aloud_by = models.CharField(_("lu à voix haute par"), max_length=120, blank=True)
    text = models.TextField(_("texte"), blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    frozen_at = models.DateTimeField(_("texte figé le"), null=True, blank=True)
    signed_on = models.DateField(_("signé par tous le"), null=True, blank=True)
    cancelled_on = models.DateField(_("annulé le"), null=True, blank=True)
    # Who did not want to sign cancels it; a word if they wish, that the team reads.
    refused_at = models.DateTimeField(_("refusé le"), null=True, blank=True)
    refused_by = models.CharField(
        _("refusé par"), max_length=11, choices=Signer, blank=True, default="", db_default=""
    )
    refusal_word = models.CharField(_("mot"), max_length=160, blank=True, default="", db_default="")

    objects = ContractQuerySet.as_manager()

    class Meta:
        verbose_name = _("contrat")
        ordering = ["journey", "number"]
        constraints = [
            models.UniqueConstraint(fields=["journey", "number"], name="contract_number_once"),
            models.UniqueConstraint(
                fields=["journey"],
                condition=Q(signed_on__isnull=True, cancelled_on__isnull=True),
                name="contract_one_prepared",
                violation_error_message=_("Un contrat est déjà en préparation."),
            ),
            models.CheckConstraint(
                name="contract_adult_at_signature",
                condition=Q(signed_on__isnull=True)
                | Q(birth_date__isnull=False, adult_on__lte=F("signed_on")),
                violation_error_message=_("La personne n’a pas l’âge de signer ce contrat."),
            ),
            models.CheckConstraint(
                name="contract_frozen_has_hash",
                condition=Q(frozen_at__isnull=True, sha256="")
                | Q(frozen_at__isnull=False) & ~Q(sha256="") & ~Q(text=""),
            ),
            models.CheckConstraint(
                name="contract_signed_is_frozen",
                condition=Q(signed_on__isnull=True)
                | Q(frozen_at__isnull=False, cancelled_on__isnull=True),
            ),
            models.CheckConstraint(
                name="contract_refused_is_cancelled",
                condition=Q(refused_at__isnull=True, refused_by="", refusal_word="")
                | Q(refused_at__isnull=False, cancelled_on__isnull=False) & ~Q(refused_by=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["territory", "prepared_on"],
                name="contract_prepared",
                condition=Q(signed_on__isnull=True, cancelled_on__isnull=True),
            )
        ]

    def __str__(self):
        return f"{self.journey} · {self.number}"

    @property
    def is_frozen(self) -> bool:
        return self.frozen_at is not None

    @property
    def is_pending(self) -> bool:
        """Neither in force nor cancelled."""
        return self.signed_on is None and self.cancelled_on is None

    def aims(self):
        """The objectives its text lists: those agreed before and still going on, then its own."""
        going_on = Q(pk__in=self.journey.objectives.all().agreed().ongoing().values("pk"))
        return self.journey.objectives.filter(going_on | Q(contract=self))


class Translation(OfJourney):
    """The text in another language, frozen with it; the French one is the reference."""

    journey = ScopedForeignKey(Journey, models.CASCADE, related_name="+")
    contract = ScopedForeignKey(Contract, models.CASCADE, related_name="translations")
    language = models.CharField(_("langue"), max_length=7, choices=Spoken)
    text = models.TextField(_("texte"))
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("traduction du contrat")
        constraints = [
            models.UniqueConstraint(fields=["contract", "language"], name="translation_once")
        ]

    def __str__(self):
        return self.get_language_display()


class SignedText(models.Model):
    """The hash of a frozen text, for `/verifier/contrat/<hash>`; it names nobody, hence no wall.

    A translation names the French text it is of.
    """

    sha256 = models.CharField(max_length=64, primary_key=True)
    frozen_on = models.DateField()
    signed_on = models.DateField(null=True)
    language = models.CharField(
        max_length=7, choices=Spoken, default=Spoken.FRENCH, db_default=Spoken.FRENCH
    )
    original = models.ForeignKey(
        "self", models.CASCADE, null=True, related_name="translations", db_index=False
    )

    class Meta:
        verbose_name = _("empreinte de contrat")
        indexes = [models.Index(fields=["original"], name="signed_text_of")]

    def __str__(self):
        return self.sha256

    @property
    def language_said(self) -> str:
        return in_french(self.language)


class Signature(OfJourney):
    """One person's own act; append-only."""

    journey = ScopedForeignKey(Journey, models.CASCADE, related_name="signatures")
    contract = ScopedForeignKey(Contract, models.CASCADE, related_name="signatures")
    signer = models.CharField(_("qui"), max_length=11, choices=Signer)
    user = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    name = models.CharField(_("nom"), max_length=120)
    method = models.CharField(_("comment"), max_length=11, choices=Method)
    page = ScopedForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    sha256 = models.CharField(max_length=64)
    signed_at = models.DateTimeField(_("le"), default=timezone.now)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    # By a code: the link that led there (none from one's own pages), where the code went, and the
    # language that was before the person's eyes.
    link = ScopedForeignKey(
        "journeys.SigningLink",
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="signatures",
        db_index=False,
    )
    code_sent_to = models.CharField(
        _("code envoyé à"), max_length=64, blank=True, default="", db_default=""
    )
    language = models.CharField(
        _("langue lue"), max_length=7, choices=Language, blank=True, default="", db_default=""
    )

    class Meta:
        verbose_name = _("signature")
        ordering = ["signed_at"]
        indexes = [models.Index(fields=["link"], name="signature_by_link")]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "signer"],
                name="signature_once",
                violation_error_message=_("Cette signature est déjà là."),
            ),
            models.CheckConstraint(
                name="signature_is_ones_own",
                condition=Q(method="session", user__isnull=False, page__isnull=True)
                | Q(method="handwriting", page__isnull=False)
                | Q(method__in=["phone", "mail"], page__isnull=True) & ~Q(code_sent_to=""),
                violation_error_message=_(
                    "On signe dans sa propre session, avec un code reçu sur son propre téléphone, "
                    "ou à la main avec la page photographiée."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.get_signer_display()} · {self.signed_at:%Y-%m-%d}"


class ObjectiveQuerySet(OfJourneyQuerySet):
    def agreed(self):
        """Objectives of a contract in force, or added since by both."""
        both = Q(person_agreed_on__isnull=False, team_agreed_on__isnull=False)
        return self.filter(Q(contract__isnull=True) & both | Q(contract__signed_on__isnull=False))

    def proposed(self):
        """Added after the signature by one side; the other has not said yes."""
        one_side = Q(person_agreed_on__isnull=True) | Q(team_agreed_on__isnull=True)
        return self.filter(one_side, contract__isnull=True, set_aside_on__isnull=True)

    def ongoing(self):
        return self.filter(reached_on__isnull=True, set_aside_on__isnull=True)

    def reached(self):
        return self.filter(reached_on__isnull=False)


class Objective(OfJourney):
    """A key objective, worded with the person; reached by a badge or a dated, reasoned decision."""

    # Empty for an objective added later by a dated agreement of both (rule 5).
    contract = ScopedForeignKey(
        Contract, models.CASCADE, null=True, blank=True, related_name="objectives"
    )
    rank = models.PositiveSmallIntegerField(_("rang"), default=1)
    wording = models.CharField(_("objectif"), max_length=160)
    achievement = models.ForeignKey(
        Achievement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="objectives",
        verbose_name=_("badge visé"),
    )
    agreed_on = models.DateField(_("convenu le"), default=timezone.localdate)
    agreed_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    # Added after the signature: the own dated act of each side (a contract's are its signatures).
    team_agreed_on = models.DateField(_("accord de l’équipe le"), null=True, blank=True)
    person_agreed_on = models.DateField(_("accord de la personne le"), null=True, blank=True)
    person_agreed_how = models.CharField(
        _("comment"), max_length=8, choices=Agreed, blank=True, default="", db_default=""
    )
    present = models.CharField(
        _("qui était là"), max_length=120, blank=True, default="", db_default=""
    )
    reached_on = models.DateField(_("atteint le"), null=True, blank=True)
    # Rule 5: by a badge, or by a decision.
    is_by_badge = models.BooleanField(_("par un badge"), default=False, db_default=False)
    set_aside_on = models.DateField(_("mis de côté le"), null=True, blank=True)
    decision_reason = models.CharField(_("raison"), max_length=200, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)

    objects = ObjectiveQuerySet.as_manager()

    class Meta:
        verbose_name = _("objectif clé")
        ordering = ["rank", "pk"]
        constraints = [
            models.CheckConstraint(
                name="objective_decision_has_reason",
                condition=Q(reached_on__isnull=True, set_aside_on__isnull=True)
                | ~Q(decision_reason=""),
                violation_error_message=_("Une décision dit sa raison."),
            ),
            models.CheckConstraint(
                name="objective_one_decision",
                condition=Q(reached_on__isnull=True) | Q(set_aside_on__isnull=True),
                violation_error_message=_("Un objectif est atteint ou mis de côté, pas les deux."),
            ),
        ]

    def __str__(self):
        return self.wording

    @property
    def waits_for_person(self) -> bool:
        return self.contract_id is None and self.person_agreed_on is None

    @property
    def waits_for_team(self) -> bool:
        return self.contract_id is None and self.team_agreed_on is None

    @property
    def status(self) -> ObjectiveStatus:
        if self.reached_on:
            return ObjectiveStatus.REACHED
        return ObjectiveStatus.SET_ASIDE if self.set_aside_on else ObjectiveStatus.ONGOING
