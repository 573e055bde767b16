"""The people: a code and a nickname from the first minute, an identity only when it is time."""

import datetime
import uuid

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from journeys.participants import lists
from journeys.participants.enums import (
    CameBy,
    DayPart,
    DeclineReason,
    ReferralAnswer,
    SupportKind,
)
from rtr.lib.codelists import CodeField
from rtr.lib.words import plain, search_words
from rtr.postgres.fields import ScopedForeignKey, ScopedOneToOneField
from territories.accounts.models import User
from territories.organisations.models import Organisation
from territories.places.models import Place, Scoped
from territories.programmes.models import Programme


class ParticipantQuerySet(models.QuerySet):
    def visible_to(self, user):
        """People whose existence the user may know.

        A coordinator: everyone of the territories. A referent: those whose team holds them, and
        (nickname and code only) those of the organisation. A participant: themselves. Whoever the
        person objected to sees nothing of them, whatever the role.
        """
        if user.territory_id:
            return self.filter(user=user.pk)
        mine = user.team_places.filter(journey__participant=OuterRef("pk"))
        seen = Q(territory_id__in=user.territories_where("journeys.read_all"))
        if own := user.territories_where("journeys.read_own"):
            seen |= Q(territory_id__in=own) & Q(Exists(mine.standing()))
        if user.may("participants.welcome"):
            seen |= user.houses_where("participants.welcome")
        return self.filter(seen, ~Exists(mine.suspended()))

    def nicknamed(self, nickname: str):
        """People called so, accents and case apart."""
        return self.filter(search_name=plain(" ".join(nickname.split()))[:60])

    def search(self, text: str, *, identity: bool):
        """People with a word starting like each word of `text`, accents and case apart.

        `identity` also looks at names and phone; without it only nickname and code (rule: the
        referents of an organisation know its other people by these alone).
        """
        for word in Word.split(text):
            hits = Word.objects.filter(word__gte=word, word__lt=word + "\U0010ffff")
            if not identity:
                hits = hits.filter(is_identity=False)
            self = self.filter(pk__in=hits.values("participant_id"))
        return self


class NotMerged(models.Manager):
    """Everybody, once: a file merged into another is found by `everyone` alone."""

    def get_queryset(self):
        return super().get_queryset().filter(merged_into__isnull=True)


class Participant(Scoped):
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="+",
        verbose_name=_("structure qui accueille"),
    )
    code = models.CharField(_("code"), max_length=24, unique=True)
    nickname = models.CharField(_("surnom"), max_length=40)
    # Set by a trigger, lower case without accents: the order of every list.
    search_name = models.CharField(max_length=60, editable=False, default="", db_collation="C")
    channel = CodeField(_("rencontre"), codes=lists.CHANNELS)
    welcomed_on = models.DateField(_("accueil"), default=timezone.localdate)
    welcomed_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    # The one contact a person may leave before any contract, to be called back.
    contact = models.CharField(_("moyen de rappeler"), max_length=80, blank=True)
    call_back_asked_on = models.DateField(_("rappel souhaité le"), null=True, blank=True)
    call_back_moment = models.CharField(
        _("moment du rappel"), max_length=9, choices=DayPart, blank=True, default="", db_default=""
    )
    # For this call only: forgotten the night after it was made.
    call_back_phone = PhoneNumberField(_("numéro du rappel"), blank=True, default="", db_default="")
    # The code of the language chosen for one's own pages and messages; nothing until one chooses.
    language = models.CharField(
        _("langue choisie"), max_length=7, blank=True, default="", db_default=""
    )
    # Whom of the team the person would like to hear, if they said so.
    call_back_with = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("rappel par"),
        db_index=False,
        db_constraint=False,
    )
    # Identity: only once a contract is drafted, erased if it is not signed in time.
    identified_on = models.DateField(_("identité notée le"), null=True, blank=True)
    first_name = models.CharField(_("prénom"), max_length=60, blank=True)
    last_name = models.CharField(_("nom"), max_length=60, blank=True)
    birth_date = models.DateField(_("date de naissance"), null=True, blank=True)
    phone = PhoneNumberField(_("téléphone"), blank=True)
    guardian = models.CharField(
        _("curateur ou tuteur"),
        max_length=120,
        blank=True,
        help_text=_("Signe aussi le contrat."),
    )
    # Where the guardian receives a link of their own; and that there is one, when nobody knows who.
    guardian_phone = PhoneNumberField(
        _("téléphone du curateur"), blank=True, default="", db_default=""
    )
    guardian_email = models.EmailField(
        _("courriel du curateur"), blank=True, default="", db_default=""
    )
    is_guardian_unknown = models.BooleanField(
        _("une mesure existe, on ne sait pas encore qui"), default=False, db_default=False
    )
    user = models.OneToOneField(
        User, models.SET_NULL, null=True, blank=True, related_name="participant"
    )
    # The same person's other file, that this one went into (journeys/duplicates).
    merged_into = ScopedForeignKey(
        "self",
        models.CASCADE,
        null=True,
        editable=False,
        related_name="absorbed",
        db_index=False,  # below, for the few that have one
    )

    objects = NotMerged.from_queryset(ParticipantQuerySet)()
    everyone = ParticipantQuerySet.as_manager()

    class Meta:
        verbose_name = _("participant")
        ordering = ["territory", "search_name", "pk"]
        indexes = [
            models.Index(fields=["territory", "search_name", "id"], name="participant_list"),
            models.Index(fields=["territory", "organisation"], name="participant_by_organisation"),
            models.Index(
                fields=["territory", "birth_date"],
                name="participant_by_birth_date",
                condition=Q(birth_date__isnull=False),
            ),
            models.Index(
                fields=["merged_into"],
                name="participant_absorbed",
                condition=Q(merged_into__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="participant_identity_when_time",
                condition=Q(identified_on__isnull=False)
                | Q(
                    first_name="",
                    last_name="",
                    birth_date__isnull=True,
                    phone="",
                    guardian="",
                ),
                violation_error_message=_(
                    "Aucune identité n’est notée avant la préparation d’un contrat."
                ),
            ),
            models.CheckConstraint(
                name="participant_guardian_when_time",
                condition=Q(identified_on__isnull=False)
                | Q(guardian_phone="", guardian_email="", is_guardian_unknown=False),
            ),
        ]

    def __str__(self):
        return f"{self.nickname} {self.code}"

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def has_guardian(self) -> bool:
        return bool(self.guardian) or self.is_guardian_unknown


class GivenCode(models.Model):
    """Every code ever given, so that none is given twice, even after a purge.

    Not personal: nothing but the words. Written by a trigger, outside the second wall.
    """

    code = models.CharField(max_length=24, primary_key=True)

    class Meta:
        verbose_name = _("code donné")

    def __str__(self):
        return self.code


class Word(models.Model):
    """Words that find a person: `word >= 'am' and word < …` on a B-tree, under the policy.

    Written by triggers on Participant, so that bulk writes count too. Trigram indexes cannot be
    used below a policy (LIKE is not leakproof).
    """

    id = models.BigAutoField(primary_key=True)
    territory = models.ForeignKey("territories.Territory", models.DO_NOTHING, related_name="+")
    word = models.CharField(max_length=60, db_collation="C")
    is_identity = models.BooleanField()
    participant = ScopedForeignKey(Participant, models.CASCADE, related_name="words")

    class Meta:
        db_table = "journeys_participant_word"
        verbose_name = _("mot de recherche")
        indexes = [
            models.Index(fields=["territory", "word", "participant"], name="word_range"),
        ]

    def __str__(self):
        return self.word

    @staticmethod
    def split(text: str) -> list[str]:
        """Search words of what a person typed, written like the index writes them.

        Phone numbers typed with spaces, dots or +33 become one word; at most six words.
        """
        return search_words(text)


class PersonLink(Scoped):
    """Joins the rows of one human being met in several programmes or territories."""

    participant = ScopedOneToOneField(Participant, models.CASCADE, related_name="person_link")
    person = models.UUIDField(default=uuid.uuid4, db_index=True)
    agreed_on = models.DateField(_("accord de la personne le"), null=True, blank=True)

    class Meta:
        verbose_name = _("même personne")

    def __str__(self):
        return str(self.person)


class OutreachQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(
            Q(territory_id__in=user.territories_where("journeys.read_all"))
            | user.houses_where("outreach.record")
        )


class Outreach(Scoped):
    """A presence on site: how many people were met, and no file."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    channel = CodeField(_("nature"), codes=lists.CHANNELS)
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, verbose_name=_("lieu connu")
    )
    where = models.CharField(_("où"), max_length=120)
    on = models.DateField(_("jour"), default=timezone.localdate)
    people_met = models.PositiveSmallIntegerField(_("personnes rencontrées"))
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = OutreachQuerySet.as_manager()

    class Meta:
        verbose_name = _("présence")
        ordering = ["-on", "-pk"]

    def __str__(self):
        return f"{self.where} · {self.on}"


class ReferralQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those one answers, and those that one's own structure sent from an account."""
        return self.filter(
            Q(territory_id__in=user.territories_where("referrals.answer"))
            | user.houses_where("referrals.send")
        )

    def open(self):
        return self.filter(answer="")


class Referral(Scoped):
    """Somebody, with the person's agreement, asks us to meet them (rule 2)."""

    channel = CodeField(_("orienté par"), codes=lists.PRESCRIBERS)
    prescriber = models.CharField(_("prescripteur"), max_length=120)
    prescriber_email = models.EmailField(_("adresse du prescripteur"), blank=True)
    received_on = models.DateField(_("reçue le"), default=timezone.localdate)
    first_name = models.CharField(_("prénom"), max_length=60, blank=True)
    contact = models.CharField(_("contact"), max_length=80, blank=True)
    agreed_on = models.DateField(_("accord de la personne"))
    answer = models.CharField(_("réponse"), max_length=8, choices=ReferralAnswer, blank=True)
    answered_on = models.DateField(_("répondue le"), null=True, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decline_reason = models.CharField(_("raison"), max_length=13, choices=DeclineReason, blank=True)
    participant = ScopedForeignKey(
        Participant, models.SET_NULL, null=True, blank=True, related_name="referrals"
    )
    erased_on = models.DateField(_("effacée le"), null=True, blank=True)
    came_by = models.CharField(
        _("venue par"), max_length=7, choices=CameBy, default=CameBy.TEAM, db_default=CameBy.TEAM
    )
    # From an account: who sent it, for which structure, whose colleagues read the answer.
    sent_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    reminded_on = models.DateField(_("rappelée à l’équipe le"), null=True, blank=True)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        verbose_name = _("orientation")
        ordering = ["received_on", "pk"]
        indexes = [
            models.Index(
                fields=["territory", "received_on"],
                name="referral_open",
                condition=Q(answer=""),
            ),
            models.Index(
                fields=["organisation", "territory"],
                name="referral_by_organisation",
                condition=Q(organisation__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="referral_answer_is_dated",
                condition=Q(answer="", answered_on__isnull=True)
                | ~Q(answer="") & Q(answered_on__isnull=False),
                violation_error_message=_("Une réponse porte sa date."),
            ),
            models.CheckConstraint(
                name="referral_decline_has_reason",
                condition=~Q(answer="declined") | ~Q(decline_reason=""),
                violation_error_message=_("Dites pourquoi l’orientation est déclinée."),
            ),
            models.CheckConstraint(
                name="referral_erased_is_empty",
                condition=Q(erased_on__isnull=True) | Q(first_name="", contact=""),
            ),
        ]

    def __str__(self):
        return f"{self.first_name} · {self.prescriber}"

    @property
    def answer_before(self) -> datetime.date:
        """The last day for an answer; the night after, it expires."""
        days = self.territory.programme.referral_answer_days
        return self.received_on + datetime.timedelta(days=days)


class OtherSupport(Scoped):
    """Who else supports the person: the programme adds to them, it does not replace them."""

    participant = ScopedForeignKey(Participant, models.CASCADE, related_name="other_supports")
    kind = models.CharField(_("qui"), max_length=14, choices=SupportKind)
    since_on = models.DateField(_("depuis le"), null=True, blank=True)
    until_on = models.DateField(_("jusqu’au"), null=True, blank=True)
    rhythm = models.CharField(_("comment"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("autre accompagnement")
        ordering = ["kind"]
        constraints = [
            models.CheckConstraint(
                name="support_ends_after_start",
                condition=Q(until_on__isnull=True)
                | Q(since_on__isnull=True)
                | Q(until_on__gte=F("since_on")),
                violation_error_message=_("La fin vient avant le début."),
            )
        ]

    def __str__(self):
        return self.get_kind_display()


class PurgedCount(models.Model):
    """What stays of the files erased after a butinage without contract: a number."""

    territory = models.ForeignKey("territories.Territory", models.PROTECT, related_name="+")
    month = models.DateField(_("mois d’accueil"))
    channel = models.CharField(_("rencontre"), max_length=30)
    people = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("compte après effacement")
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "month", "channel"], name="purged_count_once"
            )
        ]

    def __str__(self):
        return f"{self.month:%Y-%m} {self.channel} {self.people}"
