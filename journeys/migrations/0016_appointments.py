"""Appointments."""

import django.db.models.deletion
import rtr.postgres.fields
from django.conf import settings
from django.db import migrations, models

from rtr.postgres.operations import Wall


class Migration(migrations.Migration):
    dependencies = [
        ("journeys", "0015_registers"),
        ("territories", "0007_invitations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Appointment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="début")),
                (
                    "minutes",
                    models.PositiveSmallIntegerField(default=45, verbose_name="durée, en minutes"),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("meet", "sur place"),
                            ("call", "par téléphone"),
                            ("video", "en visio"),
                        ],
                        max_length=6,
                        verbose_name="comment",
                    ),
                ),
                ("where", models.CharField(blank=True, max_length=120, verbose_name="où")),
                (
                    "proposed_by",
                    models.CharField(
                        choices=[("team", "l’équipe"), ("person", "la personne")],
                        max_length=6,
                        verbose_name="proposé par",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("proposed", "proposé"),
                            ("accepted", "accepté"),
                            ("cancelled", "annulé"),
                            ("came", "venu"),
                            ("missed", "pas pu venir"),
                        ],
                        max_length=9,
                        verbose_name="état",
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "moved_from",
                    models.DateTimeField(blank=True, null=True, verbose_name="déplacé du"),
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
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territories.place",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    "with_user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="avec",
                    ),
                ),
            ],
            options={
                "verbose_name": "rendez-vous",
                "ordering": ["starts_at", "pk"],
                "indexes": [
                    models.Index(
                        fields=["with_user", "starts_at"], name="appointment_of_colleague"
                    ),
                    models.Index(fields=["territory", "starts_at"], name="appointment_calendar"),
                ],
            },
        ),
        Wall("appointment"),
    ]
