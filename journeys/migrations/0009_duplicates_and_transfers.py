"""Two files of one person; a file that changes territory."""

import django.core.serializers.json
import django.db.models.deletion
import django.utils.timezone
import rtr.postgres.fields
from django.conf import settings
from django.db import migrations, models

from rtr.postgres.operations import ScopedKey, Wall


class Migration(migrations.Migration):
    dependencies = [
        ("journeys", "0008_referrals_and_follow_ups"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="KeptApart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("other_id", models.BigIntegerField()),
                (
                    "on",
                    models.DateField(default=django.utils.timezone.localdate, verbose_name="le"),
                ),
            ],
            options={
                "verbose_name": "dossiers à ne pas réunir",
                "ordering": ["-on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Merge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("absorbed_code", models.CharField(max_length=24, verbose_name="code")),
                (
                    "at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="réunis le"
                    ),
                ),
                (
                    "record",
                    models.JSONField(
                        blank=True,
                        default=list,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                    ),
                ),
                ("undone_on", models.DateField(blank=True, null=True, verbose_name="annulé le")),
                (
                    "settled_on",
                    models.DateField(blank=True, null=True, verbose_name="définitif depuis le"),
                ),
            ],
            options={
                "verbose_name": "réunion de deux dossiers",
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Transfer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("nickname", models.CharField(max_length=40, verbose_name="surnom")),
                ("code", models.CharField(max_length=24, verbose_name="code")),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("moved", "La personne a déménagé"),
                            ("closer", "Les activités y sont plus proches"),
                            ("job", "Un emploi ou une formation l’y appelle"),
                            ("choice", "La personne préfère y être accompagnée"),
                            ("error", "Le dossier a été ouvert au mauvais endroit"),
                        ],
                        max_length=6,
                        verbose_name="raison",
                    ),
                ),
                ("agreed_on", models.DateField(verbose_name="accord de la personne le")),
                (
                    "proposed_on",
                    models.DateField(
                        default=django.utils.timezone.localdate, verbose_name="proposé le"
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("accepted", "accepté"),
                            ("refused", "refusé"),
                            ("withdrawn", "retiré"),
                            ("expired", "sans réponse"),
                        ],
                        max_length=9,
                        verbose_name="réponse",
                    ),
                ),
                ("answered_on", models.DateField(blank=True, null=True, verbose_name="répondu le")),
                ("refusal_word", models.CharField(blank=True, max_length=160, verbose_name="mot")),
            ],
            options={
                "verbose_name": "transfert",
                "ordering": ["-proposed_on", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="journey",
            name="merged_on",
            field=models.DateField(editable=False, null=True, verbose_name="réuni le"),
        ),
        migrations.AddField(
            model_name="participant",
            name="merged_into",
            field=rtr.postgres.fields.ScopedForeignKey(
                db_constraint=False,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="absorbed",
                to="journeys.participant",
            ),
        ),
        migrations.AddField(
            model_name="keptapart",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="keptapart",
            name="one",
            field=rtr.postgres.fields.ScopedForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="kept_apart",
                to="journeys.participant",
            ),
        ),
        migrations.AddField(
            model_name="keptapart",
            name="territory",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="territories.territory",
                verbose_name="territoire",
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="absorbed",
            field=rtr.postgres.fields.ScopedForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="merges_as_absorbed",
                to="journeys.participant",
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="kept",
            field=rtr.postgres.fields.ScopedForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="merges",
                to="journeys.participant",
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="territory",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="territories.territory",
                verbose_name="territoire",
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="undone_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="transfer",
            name="answered_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="transfer",
            name="from_territory",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="territories.territory",
            ),
        ),
        migrations.AddField(
            model_name="transfer",
            name="participant",
            field=rtr.postgres.fields.ScopedForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="transfers",
                to="journeys.participant",
            ),
        ),
        migrations.AddField(
            model_name="transfer",
            name="proposed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="transfer",
            name="territory",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="territories.territory",
                verbose_name="territoire",
            ),
        ),
        migrations.AddField(
            model_name="transfer",
            name="to_territory",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="territories.territory",
                verbose_name="vers",
            ),
        ),
        migrations.AddConstraint(
            model_name="keptapart",
            constraint=models.UniqueConstraint(fields=("one", "other_id"), name="kept_apart_once"),
        ),
        migrations.AddConstraint(
            model_name="keptapart",
            constraint=models.CheckConstraint(
                condition=models.Q(("one", models.F("other_id")), _negated=True),
                name="kept_apart_are_two",
            ),
        ),
        migrations.AddIndex(
            model_name="merge",
            index=models.Index(fields=["territory", "absorbed_code"], name="merge_by_code"),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.UniqueConstraint(
                condition=models.Q(("undone_on__isnull", True)),
                fields=("absorbed",),
                name="merge_absorbed_once",
                violation_error_message="Ce dossier vient d’être réuni avec un autre.",
            ),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.CheckConstraint(
                condition=models.Q(("kept", models.F("absorbed")), _negated=True),
                name="merge_of_two",
            ),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("settled_on__isnull", True), ("undone_on__isnull", True)),
                    ("record", []),
                    _connector="OR",
                ),
                name="merge_settled_or_undone_keeps_nothing",
            ),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("answer", "")),
                fields=("participant",),
                name="transfer_one_open",
                violation_error_message="Un transfert est déjà proposé pour cette personne.",
            ),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.CheckConstraint(
                condition=models.Q(("from_territory", models.F("to_territory")), _negated=True),
                name="transfer_goes_elsewhere",
                violation_error_message="Choisissez un autre territoire.",
            ),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", ""), ("answered_on__isnull", True)),
                    models.Q(
                        models.Q(("answer", ""), _negated=True), ("answered_on__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="transfer_answer_is_dated",
            ),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", "refused"), _negated=True),
                    models.Q(("refusal_word", ""), _negated=True),
                    _connector="OR",
                ),
                name="transfer_refusal_has_a_word",
                violation_error_message="Dites en un mot pourquoi.",
            ),
        ),
        migrations.AddField(
            model_name="personlink",
            name="agreed_on",
            field=models.DateField(blank=True, null=True, verbose_name="accord de la personne le"),
        ),
        ScopedKey("participant", "merged_into"),
        Wall("merge"),
        Wall("keptapart"),
        Wall("transfer", also=("from_territory_id", "to_territory_id")),
    ]
