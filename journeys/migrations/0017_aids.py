"""Aids asked for and given."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import rtr.postgres.fields
from django.conf import settings
from django.db import migrations, models

from rtr.postgres.operations import Wall


class Migration(migrations.Migration):
    dependencies = [
        ("journeys", "0016_appointments"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AidRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("transport", "transport"),
                            ("meal", "repas"),
                            ("childcare", "garde d’enfants"),
                            ("remuneration", "rémunération de stagiaire"),
                            ("equipment", "équipement"),
                            ("other", "autre aide"),
                        ],
                        max_length=12,
                        verbose_name="nature",
                    ),
                ),
                ("purpose", models.CharField(max_length=120, verbose_name="pour quoi")),
                (
                    "amount_asked",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=6,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(5000),
                        ],
                        verbose_name="montant demandé",
                    ),
                ),
                (
                    "asked_on",
                    models.DateField(
                        default=django.utils.timezone.localdate, verbose_name="demandée le"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("asked", "demandée"),
                            ("granted", "accordée"),
                            ("refused", "pas accordée"),
                            ("given", "remise"),
                            ("cancelled", "annulée"),
                        ],
                        default="asked",
                        max_length=9,
                        verbose_name="état",
                    ),
                ),
                (
                    "payer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("house", "une structure du programme"),
                            ("france_travail", "France Travail"),
                            ("region", "la Région"),
                            ("department", "le Département"),
                            ("caf", "la CAF"),
                            ("other", "un autre payeur"),
                        ],
                        max_length=14,
                        verbose_name="qui paie",
                    ),
                ),
                (
                    "sent_on",
                    models.DateField(blank=True, null=True, verbose_name="envoyée au payeur le"),
                ),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="réponse le")),
                (
                    "amount_granted",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=6,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(5000),
                        ],
                        verbose_name="montant accordé",
                    ),
                ),
                (
                    "refusal",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("elsewhere", "Une autre aide existe pour cela"),
                            ("budget", "Plus de budget pour le moment"),
                            ("outside", "Hors de ce que l’aide peut payer"),
                            ("late", "Demandée trop tard"),
                            ("paper", "Il manque un papier"),
                        ],
                        max_length=9,
                        verbose_name="raison",
                    ),
                ),
                ("given_on", models.DateField(blank=True, null=True, verbose_name="remise le")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="précision")),
                (
                    "changed_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("was", models.CharField(blank=True, editable=False, max_length=9)),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "immersion",
                    rtr.postgres.fields.ScopedForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="journeys.immersion",
                    ),
                ),
                (
                    "journey",
                    rtr.postgres.fields.ScopedForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="aids",
                        to="journeys.journey",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="journeys.session",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territories.territory",
                        verbose_name="territoire",
                    ),
                ),
                (
                    "appointment",
                    rtr.postgres.fields.ScopedForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="journeys.appointment",
                    ),
                ),
            ],
            options={
                "verbose_name": "aide demandée",
                "ordering": ["-asked_on", "-pk"],
                "indexes": [
                    models.Index(fields=["territory", "-asked_on"], name="aid_by_territory"),
                    models.Index(
                        condition=models.Q(("status", "asked")),
                        fields=["territory", "asked_on"],
                        name="aid_waiting",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("amount_asked__isnull", True),
                                ("amount_asked__range", (0, 5000)),
                                _connector="OR",
                            ),
                            models.Q(
                                ("amount_granted__isnull", True),
                                ("amount_granted__range", (0, 5000)),
                                _connector="OR",
                            ),
                        ),
                        name="aid_amounts_within",
                        violation_error_message="Un montant va de 0 à 5 000 euros.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("amount_granted__isnull", True),
                                ("status__in", ["asked", "refused"]),
                            ),
                            models.Q(
                                ("amount_granted__isnull", False),
                                ("status__in", ["granted", "given"]),
                            ),
                            ("status", "cancelled"),
                            _connector="OR",
                        ),
                        name="aid_granted_says_how_much",
                        violation_error_message="Une aide accordée dit son montant.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("status", "refused"), models.Q(("refusal", ""), _negated=True)
                            ),
                            models.Q(
                                models.Q(("status", "refused"), _negated=True), ("refusal", "")
                            ),
                            _connector="OR",
                        ),
                        name="aid_refused_says_why",
                        violation_error_message="Une aide refusée dit pourquoi.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("given_on__isnull", False), ("status", "given")),
                            models.Q(
                                models.Q(("status", "given"), _negated=True),
                                ("given_on__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="aid_given_is_dated",
                        violation_error_message="Une aide remise porte son jour.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_on__isnull", False),
                            ("status__in", ["asked", "cancelled"]),
                            _connector="OR",
                        ),
                        name="aid_answer_is_dated",
                        violation_error_message="Une réponse porte sa date.",
                    ),
                ],
            },
        ),
        Wall("aidrequest"),
    ]
