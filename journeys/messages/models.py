"""What leaves the house for a person, and what comes back.

Written with the act that causes it, sent afterwards.
"""

import uuid

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journeys.messages.enums import Channel, Delivery, Language, Meaning
from rtr.due import DueQuerySet, DueRow, Status
from rtr.postgres.fields import ScopedForeignKey
from territories.places.models import Scoped
from territories.programmes.models import Programme

# What a message came to that somebody must look at, until they did (`read_at`).
TROUBLE = Q(status__in=[Status.UNCERTAIN, Status.FAILED]) | Q(delivery=Delivery.UNDELIVERED)


class MessageQuerySet(DueQuerySet):
    def visible_to(self, user):
        """Messages of the territories whose coordination or management the person holds, but
        for those about somebody who objected to them."""
        objected = user.team_places.filter(journey__participant=OuterRef("participant"))
        places = user.territories_where("messages.read")
        return self.filter(~Exists(objected.suspended()), territory_id__in=places)


class OutboundQuerySet(MessageQuerySet):
    def in_trouble(self):
        """Those nobody knows to have left, or known not to have arrived, and not looked at yet."""
        return self.filter(TROUBLE, read_at__isnull=True)

    def planned(self):
        return self.filter(status=Status.DUE)

    def cancel(self, why: str) -> None:
        """Those planned will not leave; one being sent at this moment is not planned again."""
        now = timezone.now()
        self.filter(status=Status.LEASED).update(useless_after=now)
        forgotten = When(is_secret=True, then=Value("", models.TextField()))
        body = Case(forgotten, default=F("body"))
        self.planned().update(status=Status.CANCELLED, last_error=why, body=body)


class OutboundMessage(Scoped, DueRow):
    # Given to the provider with the message: it names it in receipts, and tells a double.
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    channel = models.CharField(_("voie"), max_length=4, choices=Channel, default=Channel.MAIL)
    # Whom it is for, when it is for a participant; a prescriber or a colleague is an address only.
    participant = ScopedForeignKey(
        "journeys.Participant", models.CASCADE, null=True, blank=True, related_name="messages"
    )
    to = models.CharField(_("à"), max_length=254)
    subject = models.CharField(_("objet"), max_length=200, blank=True)
    body = models.TextField(_("texte"))
    cause = models.CharField(_("ce qui l’a fait écrire"), max_length=60, blank=True)
    language = models.CharField(
        _("langue"), max_length=7, choices=Language, db_default=Language.FRENCH
    )
    written_at = models.DateTimeField(_("écrit le"), default=timezone.now, db_default=Now())
    # After this moment it says nothing useful any more: it is cancelled instead of sent.
    useless_after = models.DateTimeField(_("inutile après le"), null=True, blank=True)
    # What a person just asked for (a code) is sent at once, at any hour.
    is_awaited = models.BooleanField(_("attendu sur le moment"), db_default=False)
    # A code, a one-use link: the text is forgotten once it has left.
    is_secret = models.BooleanField(_("secret"), default=False, db_default=False)
    segments = models.PositiveSmallIntegerField(_("longueur, en SMS"), null=True, blank=True)
    provider = models.CharField(_("envoyé par"), max_length=20, blank=True, db_default="")
    receipt = models.CharField(_("récépissé"), max_length=200, blank=True)
    sent_at = models.DateTimeField(_("envoyé le"), null=True, blank=True)
    delivery = models.CharField(
        _("arrivée"), max_length=11, choices=Delivery, blank=True, db_default=""
    )
    delivery_at = models.DateTimeField(_("arrivée dite le"), null=True, blank=True)
    # Somebody looked at what became of it.
    read_at = models.DateTimeField(_("regardé le"), null=True, blank=True)

    objects = OutboundQuerySet.as_manager()

    class Meta(DueRow.Meta):
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        indexes = [
            *DueRow.Meta.indexes,
            models.Index(fields=["territory", "-written_at"], name="message_by_territory"),
            models.Index(fields=["participant"], name="message_by_participant"),
            models.Index(fields=["receipt"], name="message_by_receipt", condition=~Q(receipt="")),
            models.Index(fields=["to", "-id"], name="message_by_address"),
            models.Index(
                fields=["territory"],
                name="message_in_trouble",
                condition=TROUBLE & Q(read_at__isnull=True),
            ),
        ]
        constraints = [
            *DueRow.Meta.constraints,
            models.CheckConstraint(
                name="message_secret_forgotten",
                condition=Q(is_secret=False)
                | Q(status__in=[Status.DUE, Status.LEASED])
                | Q(body=""),
                violation_error_message=_("Un texte secret s’oublie une fois envoyé."),
            ),
        ]

    def __str__(self):
        return f"{self.get_channel_display()} {self.uuid}"

    def settle(self, status: Status, **fields) -> None:
        if self.is_secret and status not in (Status.DUE, Status.LEASED):
            fields["body"] = ""
        super().settle(status, **fields)


class InboundQuerySet(MessageQuerySet):
    def unread(self):
        return self.filter(read_at__isnull=True)


class InboundMessage(Scoped):
    """What came back by text message: understood, answered, or left for somebody to read."""

    answers = ScopedForeignKey(
        OutboundMessage, models.SET_NULL, null=True, blank=True, related_name="answers"
    )
    participant = ScopedForeignKey(
        "journeys.Participant",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="answers_received",
    )
    sender = models.CharField(_("de"), max_length=20)
    text = models.CharField(_("texte"), max_length=500, blank=True)
    meaning = models.CharField(_("veut dire"), max_length=5, choices=Meaning)
    provider = models.CharField(_("reçu par"), max_length=20)
    # The provider's own number of it: the same one told twice counts once.
    provider_id = models.CharField(max_length=120)
    received_at = models.DateTimeField(_("reçu le"), default=timezone.now)
    # By somebody, or by the platform when it understood and did what was asked.
    read_at = models.DateTimeField(_("lu le"), null=True, blank=True)

    objects = InboundQuerySet.as_manager()

    class Meta:
        verbose_name = _("message reçu")
        ordering = ["-received_at", "-pk"]
        indexes = [
            models.Index(fields=["territory", "-received_at"], name="inbound_by_territory"),
            models.Index(
                fields=["territory"], name="inbound_unread", condition=Q(read_at__isnull=True)
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "provider", "provider_id"], name="inbound_once"
            )
        ]

    def __str__(self):
        return f"{self.get_meaning_display()} {self.received_at:%Y-%m-%d}"


class StrayAnswers(models.Model):
    """How many answers a day came from numbers that nobody knows; nothing else is kept of them."""

    on = models.DateField(_("jour"), primary_key=True)
    count = models.PositiveIntegerField(_("réponses"), default=0)

    class Meta:
        verbose_name = _("réponses d’inconnus")

    def __str__(self):
        return f"{self.on} · {self.count}"


class OptOut(Scoped):
    """A number that asked for no more messages; only what its owner asks for is still sent."""

    phone = models.CharField(_("téléphone"), max_length=20)
    since = models.DateTimeField(_("depuis le"), default=timezone.now)
    until = models.DateTimeField(_("jusqu’au"), null=True, blank=True)

    class Meta:
        verbose_name = _("refus des messages")
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "phone"],
                condition=Q(until__isnull=True),
                name="opt_out_once_at_a_time",
            )
        ]

    def __str__(self):
        return f"{self.since:%Y-%m-%d}"


class MessageTemplate(models.Model):
    """A programme's own words for a kind of message, in one language; else the house's."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="message_templates")
    cause = models.CharField(_("message"), max_length=60)
    language = models.CharField(_("langue"), max_length=7, choices=Language)
    subject = models.CharField(_("objet"), max_length=200, blank=True)
    body = models.TextField(_("texte"), max_length=1000)

    class Meta:
        verbose_name = _("modèle de message")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "cause", "language"], name="message_template_once"
            )
        ]

    def __str__(self):
        return f"{self.cause} {self.language}"
