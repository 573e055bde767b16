"""How people come in: codes, cards."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import rtr.postgres.fields
from rtr.postgres.operations import Wall


class Migration(migrations.Migration):
    dependencies = [
        ("journeys", "0018_suggestions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            "participant",
            "language",
            models.CharField(
                blank=True,
                db_default="",
                default="",
                max_length=7,
                verbose_name="langue choisie",
            ),
        ),
        migrations.AddField(
            model_name="portallink",
            name="code",
            field=models.CharField(blank=True, db_default="", default="", max_length=64),
        ),
        migrations.AddField(
            model_name="portallink",
            name="figures",
            field=models.CharField(blank=True, db_default="", default="", max_length=4),
        ),
        migrations.AddField(
            model_name="portallink",
            name="tries",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.CreateModel(
            name="CardAccess",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token_sha256", models.CharField(max_length=64, unique=True)),
                ("pin", models.CharField(max_length=64)),
                (
                    "given_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="donnée le"
                    ),
                ),
                (
                    "used_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="utilisée le"),
                ),
                ("wrong_since", models.DateTimeField(blank=True, null=True)),
                ("wrong_lately", models.PositiveSmallIntegerField(default=0)),
                ("wrong", models.PositiveSmallIntegerField(default=0)),
                (
                    "revoked_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="arrêtée le"),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "participant",
                    rtr.postgres.fields.ScopedForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cards",
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
                "verbose_name": "carte d’entrée",
                "ordering": ["-given_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="EntryCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("due", "À faire"),
                            ("leased", "En cours"),
                            ("done", "Fait"),
                            ("uncertain", "Incertain"),
                            ("failed", "Abandonné"),
                            ("cancelled", "Annulé"),
                        ],
                        default="due",
                        max_length=9,
                        verbose_name="état",
                    ),
                ),
                (
                    "due_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="à faire le"
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="essais")),
                (
                    "lease_until",
                    models.DateTimeField(blank=True, null=True, verbose_name="réservé jusqu’à"),
                ),
                (
                    "last_error",
                    models.CharField(blank=True, max_length=200, verbose_name="dernière erreur"),
                ),
                ("number", models.CharField(max_length=64)),
                ("network", models.CharField(max_length=64)),
                ("code", models.CharField(max_length=64)),
                ("payload", models.TextField(blank=True)),
                ("language", models.CharField(max_length=7)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField()),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("used_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "code d’entrée",
                "indexes": [
                    models.Index(
                        condition=models.Q(("status__in", ["due", "leased"])),
                        fields=["due_at"],
                        name="entrycode_due",
                    ),
                    models.Index(fields=["number", "asked_at"], name="entry_code_by_number"),
                    models.Index(fields=["network", "asked_at"], name="entry_code_by_network"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lease_until__isnull", False), ("status", "leased")),
                            models.Q(
                                models.Q(("status", "leased"), _negated=True),
                                ("lease_until__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="entrycode_lease",
                        violation_error_message="Une réservation va avec l’état « En cours ».",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WrongCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("network", models.CharField(max_length=64)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "code d’écran faux",
                "indexes": [models.Index(fields=["network", "at"], name="wrong_code_by_network")],
            },
        ),
        Wall("cardaccess"),
    ]
