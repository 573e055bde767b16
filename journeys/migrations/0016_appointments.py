"""Appointments, their reminders; when and where somebody would be called back."""

import django.db.models.deletion
import django.utils.timezone
import phonenumber_field.modelfields
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
        migrations.AddField(
            model_name="participant",
            name="call_back_moment",
            field=models.CharField(
                blank=True,
                choices=[("morning", "le matin"), ("afternoon", "l’après-midi")],
                db_default="",
                default="",
                max_length=9,
                verbose_name="moment du rappel",
            ),
        ),
        migrations.AddField(
            model_name="participant",
            name="call_back_phone",
            field=phonenumber_field.modelfields.PhoneNumberField(
                blank=True,
                db_default="",
                default="",
                max_length=128,
                region=None,
                verbose_name="numéro du rappel",
            ),
        ),
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
                ("ends_at", models.DateTimeField(editable=False, verbose_name="fin")),
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
                ("link", models.URLField(blank=True, verbose_name="lien de la visio")),
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
                            ("to_change", "demande à changer"),
                            ("cancelled", "annulé"),
                            ("came", "venu"),
                            ("missed", "pas pu venir"),
                        ],
                        max_length=9,
                        verbose_name="état",
                    ),
                ),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="répondu le"),
                ),
                (
                    "moved_from",
                    models.DateTimeField(blank=True, null=True, verbose_name="déplacé du"),
                ),
                (
                    "cancelled_by",
                    models.CharField(
                        blank=True,
                        choices=[("team", "l’équipe"), ("person", "la personne")],
                        max_length=6,
                        verbose_name="annulé par",
                    ),
                ),
                (
                    "cancel_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("busy", "Un empêchement"),
                            ("day", "Le jour ne va plus"),
                            ("no_need", "Ce n’est plus nécessaire"),
                            ("other", "Une autre raison"),
                        ],
                        max_length=7,
                        verbose_name="raison",
                    ),
                ),
                (
                    "changed_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("was", models.CharField(blank=True, editable=False, max_length=9)),
                ("version", models.PositiveSmallIntegerField(default=0, editable=False)),
                (
                    "contact",
                    rtr.postgres.fields.ScopedForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="journeys.contact",
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="appointment_ends_after_start",
                        violation_error_message="Un rendez-vous dure cinq minutes au moins.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("status", "cancelled"),
                                models.Q(("cancelled_by", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("status", "cancelled"), _negated=True),
                                ("cancel_reason", ""),
                                ("cancelled_by", ""),
                            ),
                            _connector="OR",
                        ),
                        name="appointment_cancelled_says_by_whom",
                        violation_error_message="Une annulation dit de qui elle vient.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("days", models.PositiveSmallIntegerField(verbose_name="jours avant")),
                ("for_at", models.DateTimeField(verbose_name="pour le")),
                (
                    "appointment",
                    rtr.postgres.fields.ScopedForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="journeys.appointment",
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
                    "message",
                    rtr.postgres.fields.ScopedForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="journeys.outboundmessage",
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
                "verbose_name": "rappel de rendez-vous",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("appointment", "days", "for_at"), name="reminder_once_a_moment"
                    )
                ],
            },
        ),
        Wall("appointment"),
        Wall("reminder"),
    ]
