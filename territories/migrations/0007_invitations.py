"""Accounts given by mail, with an end; mails about accounts; counts of attempts at signing in."""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

# As `createcachetable` would write it: shared by all processes, whether Redis is there or not.
CACHE = """
create table rtr_cache (
    cache_key varchar(255) primary key, value text not null, expires timestamptz not null
);
"""


class Migration(migrations.Migration):
    dependencies = [("territories", "0006_organisation_management")]

    operations = [
        migrations.AlterField(
            model_name="membership",
            name="role",
            field=models.CharField(
                choices=[
                    ("volunteer", "Bénévole"),
                    ("animator", "Animation"),
                    ("activity_referent", "Référence d’activité"),
                    ("referent", "Référence de parcours"),
                    ("badge_steward", "Badges"),
                    ("coordinator", "Coordination"),
                    ("manager", "Gestion du programme"),
                    ("evaluator", "Évaluation"),
                    ("prescriber", "Prescription"),
                ],
                max_length=17,
                verbose_name="rôle",
            ),
        ),
        migrations.RunSQL(CACHE, "drop table rtr_cache"),
        migrations.AddField(
            model_name="membership",
            name="end_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("mission", "Fin de mission"),
                    ("left", "Départ de la structure"),
                    ("moved", "Changement de rôle"),
                    ("mistake", "Donné par erreur"),
                    ("safety", "Par précaution"),
                ],
                db_default="",
                max_length=7,
                verbose_name="raison",
            ),
        ),
        migrations.CreateModel(
            name="AccountMail",
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
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("to", models.EmailField(max_length=254, verbose_name="à")),
                ("subject", models.CharField(max_length=200, verbose_name="objet")),
                ("body", models.TextField(blank=True, verbose_name="texte")),
                (
                    "written_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        verbose_name="écrit le",
                    ),
                ),
                ("useless_after", models.DateTimeField(verbose_name="inutile après le")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="envoyé le")),
            ],
            options={
                "verbose_name": "courriel de compte",
                "verbose_name_plural": "courriels de compte",
                "abstract": False,
                "indexes": [
                    models.Index(fields=["written_at"], name="accountmail_written"),
                    models.Index(
                        condition=models.Q(("status__in", ["due", "leased"])),
                        fields=["due_at"],
                        name="accountmail_due",
                    ),
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
                        name="accountmail_lease",
                        violation_error_message="Une réservation va avec l’état « En cours ».",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("email", models.EmailField(max_length=254, verbose_name="courriel")),
                ("first_name", models.CharField(max_length=60, verbose_name="prénom")),
                ("last_name", models.CharField(max_length=60, verbose_name="nom")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("volunteer", "Bénévole"),
                            ("animator", "Animation"),
                            ("activity_referent", "Référence d’activité"),
                            ("referent", "Référence de parcours"),
                            ("badge_steward", "Badges"),
                            ("coordinator", "Coordination"),
                            ("manager", "Gestion du programme"),
                            ("evaluator", "Évaluation"),
                            ("prescriber", "Prescription"),
                        ],
                        max_length=17,
                        verbose_name="rôle",
                    ),
                ),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="jusqu’au")),
                ("reopens", models.BooleanField(default=False, verbose_name="rouvre le compte")),
                (
                    "invited_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="envoyée le"
                    ),
                ),
                ("expires_at", models.DateTimeField(verbose_name="valable jusqu’au")),
                (
                    "accepted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="acceptée le"),
                ),
                (
                    "cancelled_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="annulée le"),
                ),
                (
                    "accepted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "mail",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="territories.accountmail",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territories.organisation",
                        verbose_name="structure",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territories.programme",
                    ),
                ),
                (
                    "territories",
                    models.ManyToManyField(
                        related_name="+", to="territories.territory", verbose_name="territoires"
                    ),
                ),
            ],
            options={
                "verbose_name": "invitation",
                "ordering": ["expires_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("accepted_at", None), ("cancelled_at", None)),
                        fields=("email", "programme", "organisation", "role"),
                        name="invitation_once",
                        violation_error_message="Cette adresse est déjà invitée à ce rôle.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("accepted_at", None), ("cancelled_at", None), _connector="OR"
                        ),
                        name="invitation_one_end",
                        violation_error_message="Cette invitation est déjà acceptée.",
                    ),
                ],
            },
        ),
    ]
