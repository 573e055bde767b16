"""Addresses and SIRET of organisations, equipment of places."""

import django.contrib.postgres.fields
import django.db.models.deletion
import phonenumber_field.modelfields
from django.contrib.postgres.operations import AddConstraintNotValid, ValidateConstraint
from django.db import migrations, models

import rtr.lib.codelists

SIRET_ONCE = models.UniqueConstraint(
    fields=("siret",),
    name="organisation_siret_once",
    violation_error_message="Une structure a déjà ce SIRET.",
)
ENDS_AFTER_START = models.CheckConstraint(
    condition=models.Q(
        ("until_on__isnull", True), ("until_on__gt", models.F("from_on")), _connector="OR"
    ),
    name="consortium_ends_after_start",
    violation_error_message="La fin vient après le début.",
)


class Migration(migrations.Migration):
    dependencies = [("territories", "0005_programme_management")]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="address",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=200, verbose_name="adresse"
            ),
        ),
        migrations.AddField(
            model_name="organisation",
            name="city",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=120, verbose_name="ville"
            ),
        ),
        migrations.AddField(
            model_name="organisation",
            name="closed_because",
            field=models.CharField(
                blank=True,
                choices=[
                    ("stopped", "a cessé son activité"),
                    ("merged", "a rejoint une autre structure"),
                    ("mistake", "avait été notée par erreur"),
                ],
                db_default="",
                default="",
                max_length=12,
                verbose_name="pourquoi",
            ),
        ),
        migrations.AddField(
            model_name="organisation",
            name="closed_on",
            field=models.DateField(blank=True, null=True, verbose_name="fermée le"),
        ),
        migrations.AddField(
            model_name="organisation",
            name="email",
            field=models.EmailField(
                blank=True, db_default="", default="", max_length=254, verbose_name="adresse e-mail"
            ),
        ),
        migrations.AddField(
            model_name="organisation",
            name="noted_in",
            field=models.ManyToManyField(blank=True, related_name="+", to="territories.programme"),
        ),
        migrations.AddField(
            model_name="organisation",
            name="phone",
            field=phonenumber_field.modelfields.PhoneNumberField(
                blank=True,
                db_default="",
                default="",
                max_length=128,
                region=None,
                verbose_name="téléphone",
            ),
        ),
        migrations.AddField(
            model_name="organisation",
            name="postcode",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=5, verbose_name="code postal"
            ),
        ),
        migrations.AddField(
            model_name="organisation",
            name="siret",
            field=models.CharField(blank=True, max_length=14, null=True, verbose_name="SIRET"),
        ),
        migrations.AddField(
            model_name="organisation",
            name="site",
            field=models.URLField(blank=True, db_default="", default="", verbose_name="site"),
        ),
        migrations.AddField(
            model_name="place",
            name="accessibility",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=rtr.lib.codelists.CodeField(),
                blank=True,
                db_default=[],
                default=list,
                size=None,
                verbose_name="accessibilité",
            ),
        ),
        migrations.AddField(
            model_name="place",
            name="address",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=200, verbose_name="adresse"
            ),
        ),
        migrations.AddField(
            model_name="place",
            name="closed_because",
            field=models.CharField(
                blank=True,
                choices=[
                    ("gone", "n’existe plus"),
                    ("shut", "n’accueille plus nos activités"),
                    ("mistake", "avait été noté par erreur"),
                ],
                db_default="",
                default="",
                max_length=12,
                verbose_name="pourquoi",
            ),
        ),
        migrations.AddField(
            model_name="place",
            name="closed_on",
            field=models.DateField(blank=True, null=True, verbose_name="fermé le"),
        ),
        migrations.AddField(
            model_name="place",
            name="how_to_come",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=300, verbose_name="comment venir"
            ),
        ),
        migrations.AddField(
            model_name="place",
            name="opening",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=200, verbose_name="ouverture"
            ),
        ),
        migrations.AddField(
            model_name="place",
            name="postcode",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=5, verbose_name="code postal"
            ),
        ),
        migrations.CreateModel(
            name="Equipment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="nom")),
                ("quantity", models.PositiveSmallIntegerField(default=1, verbose_name="nombre")),
                (
                    "needs_briefing",
                    models.BooleanField(
                        default=False, verbose_name="demande une consigne de sécurité"
                    ),
                ),
                (
                    "out_of_service_on",
                    models.DateField(blank=True, null=True, verbose_name="hors service depuis le"),
                ),
                ("withdrawn_on", models.DateField(blank=True, null=True, verbose_name="retiré le")),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="equipment",
                        to="territories.place",
                    ),
                ),
            ],
            options={
                "verbose_name": "équipement",
                "ordering": ["name", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gte", 1)),
                        name="equipment_one_at_least",
                        violation_error_message="Notez un exemplaire au moins.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_on", None)),
                        fields=("place", "name"),
                        name="equipment_once",
                        violation_error_message="Cet équipement est déjà noté dans ce lieu.",
                    ),
                ],
            },
        ),
        # Some hundred bodies, none of which has a SIRET yet: the key is made at once.
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "alter table territories_organisation"
                    " add constraint organisation_siret_once unique (siret)",
                    "alter table territories_organisation drop constraint organisation_siret_once",
                )
            ],
            state_operations=[migrations.AddConstraint("organisation", SIRET_ONCE)],
        ),
        AddConstraintNotValid("consortiummember", ENDS_AFTER_START),
        ValidateConstraint("consortiummember", ENDS_AFTER_START.name),
    ]
