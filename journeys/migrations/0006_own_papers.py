"""The person's own papers, papers that go, files to erase."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid, ValidateConstraint
from django.db import migrations, models

from rtr.postgres.operations import Wall


class Migration(migrations.Migration):
    dependencies = [("journeys", "0005_text_messages")]

    operations = [
        migrations.CreateModel(
            name="FileToErase",
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
                ("name", models.CharField(max_length=100, verbose_name="fichier")),
            ],
            options={
                "verbose_name": "fichier à effacer",
                "verbose_name_plural": "fichiers à effacer",
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="document",
            name="agreed_on",
            field=models.DateField(blank=True, null=True, verbose_name="accord du"),
        ),
        migrations.AddField(
            model_name="document",
            name="removal_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("mistake", "Ajoutée par erreur"),
                    ("useless", "Ne sert plus"),
                    ("asked", "La personne le demande"),
                ],
                db_default="",
                max_length=7,
                verbose_name="raison",
            ),
        ),
        migrations.AddField(
            model_name="document",
            name="removed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="retirée le"),
        ),
        migrations.AddField(
            model_name="document",
            name="removed_by",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="document",
            name="kind",
            field=models.CharField(
                choices=[
                    ("signed_page", "signature manuscrite photographiée"),
                    ("work_contract", "contrat de travail ou bulletin"),
                    ("training", "attestation d’entrée en formation"),
                    ("company", "immatriculation"),
                    ("engagement", "attestation d’engagement"),
                    ("identity", "pièce d’identité"),
                    ("address", "justificatif de domicile"),
                    ("other", "autre pièce"),
                    ("cv", "CV"),
                    ("letter", "lettre de motivation"),
                    ("diploma", "diplôme ou attestation"),
                    ("portrait", "photo de la personne"),
                    ("own_other", "autre papier"),
                ],
                max_length=14,
                verbose_name="nature",
            ),
        ),
        migrations.AlterField(
            model_name="document",
            name="seen_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        AddConstraintNotValid(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind__in", ("cv", "letter", "diploma", "portrait", "own_other")),
                        models.Q(("file", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(
                            ("kind__in", ("cv", "letter", "diploma", "portrait", "own_other")),
                            _negated=True,
                        ),
                        ("seen_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="document_own_is_kept",
                violation_error_message="Un papier se garde, un justificatif est vu par…",
            ),
        ),
        AddConstraintNotValid(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "portrait"), _negated=True),
                    ("agreed_on__isnull", False),
                    _connector="OR",
                ),
                name="document_portrait_is_agreed",
                violation_error_message="Une photo se garde avec l’accord de la personne.",
            ),
        ),
        AddConstraintNotValid(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("removed_at__isnull", True), ("removed_by__isnull", True)),
                    models.Q(("removed_at__isnull", False), ("removed_by__isnull", False)),
                    _connector="OR",
                ),
                name="document_removed_by_somebody",
            ),
        ),
        migrations.AddField(
            model_name="filetoerase",
            name="territory",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="territories.territory",
                verbose_name="territoire",
            ),
        ),
        migrations.AddConstraint(
            model_name="filetoerase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("lease_until__isnull", False), ("status", "leased")),
                    models.Q(
                        models.Q(("status", "leased"), _negated=True), ("lease_until__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="filetoerase_lease",
                violation_error_message="Une réservation va avec l’état « En cours ».",
            ),
        ),
        ValidateConstraint(model_name="document", name="document_own_is_kept"),
        ValidateConstraint(model_name="document", name="document_portrait_is_agreed"),
        ValidateConstraint(model_name="document", name="document_removed_by_somebody"),
        Wall("filetoerase"),
    ]
