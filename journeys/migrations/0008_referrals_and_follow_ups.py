"""Referrals from outside; follow-ups asked by message or by phone."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import rtr.postgres.fields
from rtr.postgres.operations import Wall


class Migration(migrations.Migration):
    dependencies = [
        ("journeys", "0007_signing_links"),
        ("territories", "0004_changes_found_by_person"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="referral",
            name="came_by",
            field=models.CharField(
                choices=[
                    ("team", "notée par l’équipe"),
                    ("public", "page publique"),
                    ("account", "compte de prescripteur"),
                ],
                db_default="team",
                default="team",
                max_length=7,
                verbose_name="venue par",
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="sent_by",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="organisation",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="territories.organisation",
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="reminded_on",
            field=models.DateField(blank=True, null=True, verbose_name="rappelée à l’équipe le"),
        ),
        migrations.AddField(
            model_name="followup",
            name="since_on",
            field=models.DateField(blank=True, null=True, verbose_name="depuis le"),
        ),
        migrations.AddField(
            model_name="followup",
            name="answered_how",
            field=models.CharField(
                blank=True,
                choices=[("sms", "SMS"), ("call", "Appel"), ("visit", "De vive voix")],
                db_default="",
                default="",
                max_length=5,
                verbose_name="répondu par",
            ),
        ),
        migrations.AddField(
            model_name="followup",
            name="unreachable_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("no_answer", "Elle ne répond à aucun essai"),
                    ("wrong_number", "Plus aucun numéro n’est le sien"),
                    ("moved", "Elle est partie sans laisser de contact"),
                ],
                db_default="",
                default="",
                max_length=12,
                verbose_name="pourquoi injoignable",
            ),
        ),
        migrations.CreateModel(
            name="FollowUpTry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "how",
                    models.CharField(
                        choices=[("sms", "SMS"), ("call", "Appel"), ("visit", "De vive voix")],
                        max_length=5,
                        verbose_name="comment",
                    ),
                ),
                (
                    "on",
                    models.DateField(default=django.utils.timezone.localdate, verbose_name="jour"),
                ),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("asked", "envoyé"),
                            ("no_answer", "pas de réponse"),
                            ("wrong_number", "ce numéro n’est plus le sien"),
                            ("answered", "a répondu"),
                            ("refused", "ne souhaite pas répondre"),
                        ],
                        max_length=12,
                        verbose_name="résultat",
                    ),
                ),
                (
                    "token_sha256",
                    models.CharField(blank=True, max_length=64, null=True, unique=True),
                ),
                ("expires_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "follow_up",
                    rtr.postgres.fields.ScopedForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tries",
                        to="journeys.followup",
                    ),
                ),
                (
                    "journey",
                    rtr.postgres.fields.ScopedForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="follow_up_tries",
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
                "verbose_name": "essai de suivi",
                "ordering": ["on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("token_sha256__isnull", True),
                            ("expires_at__isnull", False),
                            _connector="OR",
                        ),
                        name="follow_up_link_expires",
                    )
                ],
            },
        ),
        Wall("followuptry"),
    ]
