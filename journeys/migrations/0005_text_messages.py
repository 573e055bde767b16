"""Text messages: whom they went to, what became of them, what was answered."""

import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
from django.contrib.postgres.operations import AddConstraintNotValid, ValidateConstraint
from django.db import migrations, models

import rtr.postgres.fields
from rtr.postgres.operations import ScopedKey, Wall


class Migration(migrations.Migration):
    dependencies = [
        ("journeys", "0004_messages"),
        ("territories", "0004_changes_found_by_person"),
    ]

    operations = [
        migrations.CreateModel(
            name="InboundMessage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sender", models.CharField(max_length=20, verbose_name="de")),
                ("text", models.CharField(blank=True, max_length=500, verbose_name="texte")),
                (
                    "meaning",
                    models.CharField(
                        choices=[
                            ("yes", "oui"),
                            ("no", "non"),
                            ("stop", "plus de messages"),
                            ("start", "de nouveau des messages"),
                            ("other", "autre chose"),
                        ],
                        max_length=5,
                        verbose_name="veut dire",
                    ),
                ),
                ("provider", models.CharField(max_length=20, verbose_name="reçu par")),
                ("provider_id", models.CharField(max_length=120)),
                (
                    "received_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="reçu le"),
                ),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="lu le")),
            ],
            options={
                "verbose_name": "message reçu",
                "ordering": ["-received_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="MessageTemplate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("cause", models.CharField(max_length=60, verbose_name="message")),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("fr", "Français"),
                            ("fr-falc", "Français facile"),
                            ("en", "English"),
                            ("ar", "العربية"),
                            ("uk", "Українська"),
                        ],
                        max_length=7,
                        verbose_name="langue",
                    ),
                ),
                ("subject", models.CharField(blank=True, max_length=200, verbose_name="objet")),
                ("body", models.TextField(max_length=1000, verbose_name="texte")),
            ],
            options={
                "verbose_name": "modèle de message",
            },
        ),
        migrations.CreateModel(
            name="StrayAnswers",
            fields=[
                ("on", models.DateField(primary_key=True, serialize=False, verbose_name="jour")),
                ("count", models.PositiveIntegerField(default=0, verbose_name="réponses")),
            ],
            options={"verbose_name": "réponses d’inconnus"},
        ),
        migrations.CreateModel(
            name="OptOut",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("phone", models.CharField(max_length=20, verbose_name="téléphone")),
                (
                    "since",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="depuis le"
                    ),
                ),
                ("until", models.DateTimeField(blank=True, null=True, verbose_name="jusqu’au")),
            ],
            options={
                "verbose_name": "refus des messages",
            },
        ),
        migrations.AddField(
            model_name="outboundmessage",
            name="delivery",
            field=models.CharField(
                blank=True,
                choices=[("delivered", "arrivé"), ("undelivered", "pas arrivé")],
                db_default="",
                max_length=11,
                verbose_name="arrivée",
            ),
        ),
        migrations.AddField(
            model_name="outboundmessage",
            name="delivery_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="arrivée dite le"),
        ),
        migrations.AddField(
            model_name="outboundmessage",
            name="is_awaited",
            field=models.BooleanField(db_default=False, verbose_name="attendu sur le moment"),
        ),
        migrations.AddField(
            model_name="outboundmessage",
            name="is_secret",
            field=models.BooleanField(db_default=False, default=False, verbose_name="secret"),
        ),
        migrations.AddField(
            model_name="outboundmessage",
            name="read_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="regardé le"),
        ),
        migrations.AddField(
            model_name="outboundmessage",
            name="language",
            field=models.CharField(
                choices=[
                    ("fr", "Français"),
                    ("fr-falc", "Français facile"),
                    ("en", "English"),
                    ("ar", "العربية"),
                    ("uk", "Українська"),
                ],
                db_default="fr",
                max_length=7,
                verbose_name="langue",
            ),
        ),
        migrations.AddField(
            model_name="outboundmessage",
            name="participant",
            field=rtr.postgres.fields.ScopedForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="messages",
                to="journeys.participant",
            ),
        ),
        migrations.AddField(
            model_name="outboundmessage",
            name="provider",
            field=models.CharField(
                blank=True, db_default="", max_length=20, verbose_name="envoyé par"
            ),
        ),
        migrations.AddField(
            model_name="outboundmessage",
            name="segments",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="longueur, en SMS"
            ),
        ),
        migrations.AddField(
            model_name="outboundmessage",
            name="sent_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="envoyé le"),
        ),
        migrations.AddField(
            model_name="outboundmessage",
            name="useless_after",
            field=models.DateTimeField(blank=True, null=True, verbose_name="inutile après le"),
        ),
        migrations.AddField(
            model_name="outboundmessage",
            name="written_at",
            field=models.DateTimeField(
                db_default=django.db.models.functions.datetime.Now(),
                default=django.utils.timezone.now,
                verbose_name="écrit le",
            ),
        ),
        migrations.AlterField(
            model_name="outboundmessage",
            name="channel",
            field=models.CharField(
                choices=[("mail", "Courriel"), ("sms", "SMS")],
                default="mail",
                max_length=4,
                verbose_name="voie",
            ),
        ),
        migrations.AlterField(
            model_name="outboundmessage",
            name="status",
            field=models.CharField(
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
        migrations.AddField(
            model_name="inboundmessage",
            name="answers",
            field=rtr.postgres.fields.ScopedForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="answers",
                to="journeys.outboundmessage",
            ),
        ),
        migrations.AddField(
            model_name="inboundmessage",
            name="participant",
            field=rtr.postgres.fields.ScopedForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="answers_received",
                to="journeys.participant",
            ),
        ),
        migrations.AddField(
            model_name="inboundmessage",
            name="territory",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="territories.territory",
                verbose_name="territoire",
            ),
        ),
        migrations.AddField(
            model_name="messagetemplate",
            name="programme",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="message_templates",
                to="territories.programme",
            ),
        ),
        migrations.AddField(
            model_name="optout",
            name="territory",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="territories.territory",
                verbose_name="territoire",
            ),
        ),
        migrations.AddIndex(
            model_name="inboundmessage",
            index=models.Index(fields=["territory", "-received_at"], name="inbound_by_territory"),
        ),
        migrations.AddIndex(
            model_name="inboundmessage",
            index=models.Index(
                condition=models.Q(("read_at__isnull", True)),
                fields=["territory"],
                name="inbound_unread",
            ),
        ),
        migrations.AddConstraint(
            model_name="inboundmessage",
            constraint=models.UniqueConstraint(
                fields=("territory", "provider", "provider_id"), name="inbound_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="messagetemplate",
            constraint=models.UniqueConstraint(
                fields=("programme", "cause", "language"), name="message_template_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="optout",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until__isnull", True)),
                fields=("territory", "phone"),
                name="opt_out_once_at_a_time",
            ),
        ),
        AddConstraintNotValid(
            model_name="outboundmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_secret", False),
                    ("status__in", ["due", "leased"]),
                    ("body", ""),
                    _connector="OR",
                ),
                name="message_secret_forgotten",
                violation_error_message="Un texte secret s’oublie une fois envoyé.",
            ),
        ),
        ValidateConstraint(model_name="outboundmessage", name="message_secret_forgotten"),
        ScopedKey("outboundmessage", "participant"),
        Wall("inboundmessage"),
        Wall("optout"),
    ]
