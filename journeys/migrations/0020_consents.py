"""What a person agrees to and takes back, what they ask about their own file."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import rtr.postgres.fields
from rtr.postgres.operations import Wall


class Migration(migrations.Migration):
    dependencies = [
        ("journeys", "0019_portal_access"),
        ("territories", "0007_invitations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="appointment",
            name="mode",
            field=models.CharField(
                choices=[("meet", "sur place"), ("call", "par téléphone"), ("video", "en vidéo")],
                max_length=6,
                verbose_name="comment",
            ),
        ),
        migrations.AddField(
            model_name="participant",
            name="call_back_with",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="rappel par",
            ),
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "to",
                    models.CharField(
                        choices=[("tutor", "l’avis du tuteur")],
                        max_length=10,
                        verbose_name="à quoi",
                    ),
                ),
                ("given_on", models.DateField(null=True, verbose_name="accord du")),
                ("withdrawn_on", models.DateField(null=True, verbose_name="retiré le")),
                (
                    "given_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="noté par",
                    ),
                ),
                (
                    "journey",
                    rtr.postgres.fields.ScopedForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="journeys.journey",
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
                    "withdrawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="retiré par",
                    ),
                ),
            ],
            options={
                "verbose_name": "accord",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_on__isnull", True)),
                        fields=("journey", "to"),
                        name="consent_once_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("given_on__isnull", False),
                            ("withdrawn_on__isnull", False),
                            _connector="OR",
                        ),
                        name="consent_given_or_withdrawn",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DataRequest",
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
                            ("correct", "corriger"),
                            ("pause", "faire une pause"),
                            ("stop", "arrêter"),
                            ("erase", "effacer le dossier"),
                        ],
                        max_length=7,
                        verbose_name="demande",
                    ),
                ),
                (
                    "subject",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("name", "Mon nom ou mon prénom"),
                            ("birth", "Ma date de naissance"),
                            ("phone", "Mon téléphone"),
                            ("path", "Mon parcours"),
                            ("contract", "Mon contrat"),
                            ("hours", "Mes heures ou mes venues"),
                            ("answers", "Mes réponses sur ma situation"),
                            ("note", "Une note de l’équipe"),
                            ("other", "Autre chose"),
                        ],
                        max_length=8,
                        verbose_name="à propos de",
                    ),
                ),
                (
                    "text",
                    models.CharField(blank=True, max_length=200, verbose_name="ce qui est juste"),
                ),
                (
                    "asked_on",
                    models.DateField(
                        default=django.utils.timezone.localdate, verbose_name="demandé le"
                    ),
                ),
                ("due_on", models.DateField(verbose_name="réponse avant le")),
                (
                    "taken_back_on",
                    models.DateField(blank=True, null=True, verbose_name="annulé le"),
                ),
                ("answered_on", models.DateField(blank=True, null=True, verbose_name="répondu le")),
                ("is_done", models.BooleanField(null=True, verbose_name="fait")),
                ("answer", models.CharField(blank=True, max_length=200, verbose_name="réponse")),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="répondu par",
                    ),
                ),
                (
                    "journey",
                    rtr.postgres.fields.ScopedForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="journeys.journey",
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
            ],
            options={
                "verbose_name": "demande sur le dossier",
                "ordering": ["-asked_on", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("answered_on__isnull", True), ("taken_back_on__isnull", True)
                        ),
                        fields=["territory", "due_on"],
                        name="data_request_waiting",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("answered_on__isnull", True),
                            ("taken_back_on__isnull", True),
                            models.Q(("kind", "correct"), _negated=True),
                        ),
                        fields=("journey", "kind"),
                        name="data_request_once_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due_on__gt", models.F("asked_on"))),
                        name="data_request_due_after_asked",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answer", ""),
                                ("answered_on__isnull", True),
                                ("is_done__isnull", True),
                            ),
                            models.Q(("answered_on__isnull", False), ("is_done", True)),
                            models.Q(
                                ("answered_on__isnull", False),
                                ("is_done", False),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="data_request_answer_says",
                        violation_error_message="Dites pourquoi ce n’est pas fait.",
                    ),
                ],
            },
        ),
        Wall("consent"),
        Wall("datarequest"),
    ]
