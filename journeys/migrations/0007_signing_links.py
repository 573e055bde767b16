"""Signing on one's own phone: links, codes, refusals; translations; agreements of both."""

import django.db.models.deletion
import django.utils.timezone
import phonenumber_field.modelfields
import rtr.postgres.fields
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid, ValidateConstraint
from django.db import migrations, models
from django.db.models import F

from rtr import scope
from rtr.postgres.operations import ScopedKey, Wall


def agreed_by_both(apps, schema_editor):
    """Objectives added after the signature were agreed together, on the day that was noted."""
    with scope.everything("data migration: objectives already agreed"):
        added = apps.get_model("journeys", "Objective").objects.filter(contract__isnull=True)
        added.update(
            team_agreed_on=F("agreed_on"),
            person_agreed_on=F("agreed_on"),
            person_agreed_how="together",
        )


class Migration(migrations.Migration):
    dependencies = [
        ("journeys", "0006_own_papers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ContractWording",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
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
                ("text", models.TextField(max_length=20000, verbose_name="texte")),
            ],
            options={
                "verbose_name": "texte du contrat par langue",
            },
        ),
        migrations.CreateModel(
            name="SigningCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "signer",
                    models.CharField(
                        choices=[
                            ("participant", "La personne"),
                            ("guardian", "Son curateur ou tuteur"),
                            ("coordinator", "Coordination de parcours"),
                            ("referent", "Référence de parcours"),
                        ],
                        max_length=11,
                    ),
                ),
                ("to", models.CharField(max_length=254, verbose_name="à")),
                ("hashed", models.CharField(max_length=128)),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField()),
                ("tries", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "verbose_name": "code pour signer",
                "ordering": ["sent_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="SigningLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "signer",
                    models.CharField(
                        choices=[
                            ("participant", "La personne"),
                            ("guardian", "Son curateur ou tuteur"),
                            ("coordinator", "Coordination de parcours"),
                            ("referent", "Référence de parcours"),
                        ],
                        max_length=11,
                        verbose_name="pour",
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[("mail", "Courriel"), ("sms", "SMS")],
                        max_length=4,
                        verbose_name="par",
                    ),
                ),
                ("to", models.CharField(max_length=254, verbose_name="à")),
                ("token_sha256", models.CharField(max_length=64, unique=True)),
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
                        default="fr",
                        max_length=7,
                        verbose_name="langue",
                    ),
                ),
                (
                    "given_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="envoyé le"
                    ),
                ),
                ("expires_at", models.DateTimeField(verbose_name="marche jusqu’au")),
                ("is_reminder", models.BooleanField(default=False, verbose_name="rappel")),
                (
                    "opened_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="ouvert le"),
                ),
                (
                    "replaced_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="remplacé le"),
                ),
                (
                    "talk_asked_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="veut en parler depuis le"
                    ),
                ),
            ],
            options={
                "verbose_name": "lien pour signer",
                "ordering": ["given_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Translation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
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
                ("text", models.TextField(verbose_name="texte")),
                ("sha256", models.CharField(max_length=64)),
            ],
            options={
                "verbose_name": "traduction du contrat",
            },
        ),
        migrations.RemoveConstraint(
            model_name="signature",
            name="signature_is_ones_own",
        ),
        migrations.AddField(
            model_name="contract",
            name="refusal_word",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=160, verbose_name="mot"
            ),
        ),
        migrations.AddField(
            model_name="contract",
            name="refused_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="refusé le"),
        ),
        migrations.AddField(
            model_name="contract",
            name="refused_by",
            field=models.CharField(
                blank=True,
                choices=[
                    ("participant", "La personne"),
                    ("guardian", "Son curateur ou tuteur"),
                    ("coordinator", "Coordination de parcours"),
                    ("referent", "Référence de parcours"),
                ],
                db_default="",
                default="",
                max_length=11,
                verbose_name="refusé par",
            ),
        ),
        migrations.AddField(
            model_name="objective",
            name="person_agreed_how",
            field=models.CharField(
                blank=True,
                choices=[
                    ("together", "convenu ensemble"),
                    ("portal", "depuis son espace"),
                    ("link", "depuis son téléphone"),
                ],
                db_default="",
                default="",
                max_length=8,
                verbose_name="comment",
            ),
        ),
        migrations.AddField(
            model_name="objective",
            name="person_agreed_on",
            field=models.DateField(blank=True, null=True, verbose_name="accord de la personne le"),
        ),
        migrations.AddField(
            model_name="objective",
            name="present",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=120, verbose_name="qui était là"
            ),
        ),
        migrations.AddField(
            model_name="objective",
            name="team_agreed_on",
            field=models.DateField(blank=True, null=True, verbose_name="accord de l’équipe le"),
        ),
        migrations.AddField(
            model_name="participant",
            name="guardian_email",
            field=models.EmailField(
                blank=True,
                db_default="",
                default="",
                max_length=254,
                verbose_name="courriel du curateur",
            ),
        ),
        migrations.AddField(
            model_name="participant",
            name="guardian_phone",
            field=phonenumber_field.modelfields.PhoneNumberField(
                blank=True,
                db_default="",
                default="",
                max_length=128,
                region=None,
                verbose_name="téléphone du curateur",
            ),
        ),
        migrations.AddField(
            model_name="participant",
            name="is_guardian_unknown",
            field=models.BooleanField(
                db_default=False,
                default=False,
                verbose_name="une mesure existe, on ne sait pas encore qui",
            ),
        ),
        migrations.AddField(
            model_name="signature",
            name="code_sent_to",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=64, verbose_name="code envoyé à"
            ),
        ),
        migrations.AddField(
            model_name="signature",
            name="language",
            field=models.CharField(
                blank=True,
                choices=[
                    ("fr", "Français"),
                    ("fr-falc", "Français facile"),
                    ("en", "English"),
                    ("ar", "العربية"),
                    ("uk", "Українська"),
                    ("other", "Autre, avec interprète"),
                ],
                db_default="",
                default="",
                max_length=7,
                verbose_name="langue lue",
            ),
        ),
        migrations.AddField(
            model_name="signedtext",
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
                default="fr",
                max_length=7,
            ),
        ),
        migrations.AddField(
            model_name="signedtext",
            name="original",
            field=models.ForeignKey(
                null=True,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="translations",
                to="journeys.signedtext",
            ),
        ),
        migrations.AlterField(
            model_name="contract",
            name="language",
            field=models.CharField(
                choices=[
                    ("fr", "Français"),
                    ("fr-falc", "Français facile"),
                    ("en", "English"),
                    ("ar", "العربية"),
                    ("uk", "Українська"),
                    ("other", "Autre, avec interprète"),
                ],
                default="fr",
                max_length=7,
                verbose_name="langue",
            ),
        ),
        migrations.AlterField(
            model_name="signature",
            name="recorded_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="signature",
            name="method",
            field=models.CharField(
                choices=[
                    ("session", "dans sa propre session"),
                    ("handwriting", "à la main, page photographiée"),
                    ("phone", "sur son propre téléphone, avec un code"),
                    ("mail", "depuis son propre courriel, avec un code"),
                ],
                max_length=11,
                verbose_name="comment",
            ),
        ),
        AddConstraintNotValid(
            model_name="contract",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("refusal_word", ""), ("refused_at__isnull", True), ("refused_by", "")
                    ),
                    models.Q(
                        ("cancelled_on__isnull", False),
                        ("refused_at__isnull", False),
                        models.Q(("refused_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="contract_refused_is_cancelled",
            ),
        ),
        ValidateConstraint(model_name="contract", name="contract_refused_is_cancelled"),
        AddConstraintNotValid(
            model_name="participant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("identified_on__isnull", False),
                    models.Q(
                        ("guardian_email", ""),
                        ("guardian_phone", ""),
                        ("is_guardian_unknown", False),
                    ),
                    _connector="OR",
                ),
                name="participant_guardian_when_time",
            ),
        ),
        ValidateConstraint(model_name="participant", name="participant_guardian_when_time"),
        migrations.AddField(
            model_name="contractwording",
            name="programme",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="contract_wordings",
                to="territories.programme",
            ),
        ),
        migrations.AddField(
            model_name="signingcode",
            name="contract",
            field=rtr.postgres.fields.ScopedForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="codes",
                to="journeys.contract",
            ),
        ),
        migrations.AddField(
            model_name="signingcode",
            name="journey",
            field=rtr.postgres.fields.ScopedForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="journeys.journey",
            ),
        ),
        migrations.AddField(
            model_name="signingcode",
            name="territory",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="territories.territory",
                verbose_name="territoire",
            ),
        ),
        migrations.AddField(
            model_name="signinglink",
            name="contract",
            field=rtr.postgres.fields.ScopedForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="links",
                to="journeys.contract",
            ),
        ),
        migrations.AddField(
            model_name="signinglink",
            name="given_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="signinglink",
            name="journey",
            field=rtr.postgres.fields.ScopedForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="signing_links",
                to="journeys.journey",
            ),
        ),
        migrations.AddField(
            model_name="signinglink",
            name="objective",
            field=rtr.postgres.fields.ScopedForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="links",
                to="journeys.objective",
            ),
        ),
        migrations.AddField(
            model_name="signinglink",
            name="territory",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="territories.territory",
                verbose_name="territoire",
            ),
        ),
        migrations.AddField(
            model_name="signature",
            name="link",
            field=rtr.postgres.fields.ScopedForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                db_index=False,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="signatures",
                to="journeys.signinglink",
            ),
        ),
        AddConstraintNotValid(
            model_name="signature",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("method", "session"), ("page__isnull", True), ("user__isnull", False)
                    ),
                    models.Q(("method", "handwriting"), ("page__isnull", False)),
                    models.Q(
                        ("method__in", ["phone", "mail"]),
                        ("page__isnull", True),
                        models.Q(("code_sent_to", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="signature_is_ones_own",
                violation_error_message="On signe dans sa propre session, avec un code reçu sur son propre téléphone, ou à la main avec la page photographiée.",
            ),
        ),
        ValidateConstraint(model_name="signature", name="signature_is_ones_own"),
        migrations.AddField(
            model_name="translation",
            name="contract",
            field=rtr.postgres.fields.ScopedForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="translations",
                to="journeys.contract",
            ),
        ),
        migrations.AddField(
            model_name="translation",
            name="journey",
            field=rtr.postgres.fields.ScopedForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="journeys.journey",
            ),
        ),
        migrations.AddField(
            model_name="translation",
            name="territory",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="territories.territory",
                verbose_name="territoire",
            ),
        ),
        migrations.AddConstraint(
            model_name="contractwording",
            constraint=models.UniqueConstraint(
                fields=("programme", "language"), name="contract_wording_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="signinglink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("contract__isnull", False), ("objective__isnull", True)),
                    models.Q(("contract__isnull", True), ("objective__isnull", False)),
                    _connector="OR",
                ),
                name="signing_link_about_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="translation",
            constraint=models.UniqueConstraint(
                fields=("contract", "language"), name="translation_once"
            ),
        ),
        ScopedKey("signature", "link"),
        Wall("translation"),
        Wall("signinglink"),
        Wall("signingcode"),
        migrations.RunPython(agreed_by_both, migrations.RunPython.noop, elidable=True),
    ]
