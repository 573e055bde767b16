"""Immersions and safety briefings."""

import django.db.models.deletion
import django.utils.timezone
import rtr.postgres.fields
from django.conf import settings
from django.db import migrations, models

from rtr.postgres.operations import Wall


class Migration(migrations.Migration):
    dependencies = [
        ("journeys", "0011_activities"),
        ("territories", "0007_invitations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Immersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("host_name", models.CharField(max_length=120, verbose_name="entreprise")),
                ("host_siret", models.CharField(max_length=14, verbose_name="SIRET")),
                ("tutor", models.CharField(max_length=120, verbose_name="tuteur")),
                (
                    "tutor_contact",
                    models.CharField(max_length=120, verbose_name="contact du tuteur"),
                ),
                ("prescriber", models.CharField(max_length=120, verbose_name="prescripteur")),
                ("insurer", models.CharField(max_length=120, verbose_name="assureur")),
                ("policy", models.CharField(max_length=60, verbose_name="police d’assurance")),
                ("tasks", models.CharField(max_length=500, verbose_name="tâches")),
                ("from_on", models.DateField(verbose_name="du")),
                ("until_on", models.DateField(verbose_name="au")),
                (
                    "weekly_hours",
                    models.PositiveSmallIntegerField(verbose_name="heures par semaine"),
                ),
                (
                    "signed_on",
                    models.DateField(blank=True, null=True, verbose_name="convention signée le"),
                ),
                (
                    "cancelled_on",
                    models.DateField(blank=True, null=True, verbose_name="annulée le"),
                ),
                (
                    "convention",
                    rtr.postgres.fields.ScopedForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="journeys.document",
                    ),
                ),
                (
                    "host",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territories.organisation",
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
                    "renews",
                    rtr.postgres.fields.ScopedForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="renewals",
                        to="journeys.immersion",
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
                "verbose_name": "immersion",
                "ordering": ["-from_on", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until_on__gte", models.F("from_on"))),
                        name="immersion_ends_after_start",
                        violation_error_message="La fin vient avant le début.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SafetyBriefing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "on",
                    models.DateField(default=django.utils.timezone.localdate, verbose_name="le"),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "equipment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territories.equipment",
                    ),
                ),
                (
                    "participant",
                    rtr.postgres.fields.ScopedForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="briefings",
                        to="journeys.participant",
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
                "verbose_name": "consignes de sécurité",
                "ordering": ["-on", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("participant", "equipment", "on"), name="briefing_once_a_day"
                    )
                ],
            },
        ),
        Wall("immersion"),
        Wall("safetybriefing"),
    ]
