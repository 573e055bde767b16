"""What a manager sets: the address of a territory's page, its context, settings and their history."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid, ValidateConstraint
from django.db import migrations, models

import rtr.lib.codelists
import territories.journal.enums

IN_ORDER = [
    models.CheckConstraint(
        condition=models.Q(
            ("butinage_min_days__lte", models.F("butinage_max_days")),
            ("butinage_max_days__lte", models.F("butinage_limit_days")),
        ),
        name="programme_butinage_in_order",
        violation_error_message="La durée au moins ne dépasse pas la durée habituelle, qui ne dépasse pas la limite.",
    ),
    models.CheckConstraint(
        condition=models.Q(("objectives_at_signature__lte", models.F("objectives_in_all"))),
        name="programme_objectives_in_order",
        violation_error_message="Les objectifs à la signature ne dépassent pas les objectifs visés en tout.",
    ),
    models.CheckConstraint(
        condition=models.Q(("followup_alert_days__lte", models.F("followup_late_days"))),
        name="programme_follow_up_in_order",
        violation_error_message="L’alerte vient avant le retard.",
    ),
]


class Migration(migrations.Migration):
    dependencies = [("territories", "0004_changes_found_by_person")]

    operations = [
        migrations.AddField(
            model_name="territory",
            name="email",
            field=models.EmailField(
                blank=True,
                db_default="",
                default="",
                max_length=254,
                verbose_name="adresse e-mail",
            ),
        ),
        migrations.AddField(
            model_name="territory",
            name="phone",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=20, verbose_name="téléphone"
            ),
        ),
        migrations.AddField(
            model_name="territory",
            name="welcome",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                max_length=200,
                verbose_name="phrase d’accueil",
            ),
        ),
        migrations.AddField(
            model_name="territory",
            name="takes_referrals",
            field=models.BooleanField(
                db_default=True, default=True, verbose_name="reçoit des orientations"
            ),
        ),
        migrations.CreateModel(
            name="ContextFigure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("indicator", rtr.lib.codelists.CodeField(verbose_name="indicateur")),
                ("year", models.PositiveSmallIntegerField(verbose_name="année")),
                (
                    "value",
                    models.DecimalField(decimal_places=2, max_digits=14, verbose_name="valeur"),
                ),
                ("source", models.CharField(max_length=160, verbose_name="source")),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "added_by",
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="context",
                        to="territories.territory",
                    ),
                ),
            ],
            options={
                "verbose_name": "donnée de contexte",
                "ordering": ["territory", "indicator", "-year", "source"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("territory", "indicator", "year", "source"),
                        name="context_figure_once",
                        violation_error_message="Cet indicateur a déjà une valeur pour cette année et cette source.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SettingChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("before", models.JSONField()),
                ("after", models.JSONField()),
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
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="territories.programme",
                    ),
                ),
            ],
            options={"verbose_name": "changement de réglage", "ordering": ["-pk"]},
        ),
        migrations.AlterField(
            model_name="journalentry",
            name="act",
            field=models.CharField(choices=territories.journal.enums.acts, max_length=20),
        ),
        *(AddConstraintNotValid("programme", each) for each in IN_ORDER),
        *(ValidateConstraint("programme", each.name) for each in IN_ORDER),
    ]
