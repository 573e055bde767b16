"""The engine: versions, issuers and their keys, credentials, shares, foreign badges, endorsements."""

import badges.credentials.models
import badges.issuers.models
import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import rtr.postgres.fields
import uuid
from django.conf import settings
from django.db import migrations, models

from rtr.postgres.operations import Wall


class Migration(migrations.Migration):
    dependencies = [
        ("badges", "0001_tables"),
        ("territories", "0007_invitations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="achievement",
            name="audience",
            field=models.CharField(
                blank=True,
                choices=[
                    ("employment", "Emploi"),
                    ("company", "Entreprise"),
                    ("training", "Formation"),
                    ("social", "Social"),
                    ("sport", "Sport"),
                    ("culture", "Culture"),
                ],
                db_default="",
                default="",
                max_length=10,
                verbose_name="champ",
            ),
        ),
        migrations.AddField(
            model_name="achievement",
            name="category",
            field=models.CharField(
                choices=[
                    ("knowledge", "Savoir et compétence"),
                    ("know_how", "Savoir-faire"),
                    ("participation", "Participation"),
                    ("commitment", "Engagement"),
                    ("project", "Projet"),
                    ("recognition", "Reconnaissance d’une personne"),
                ],
                db_default="know_how",
                default="know_how",
                max_length=13,
                verbose_name="catégorie",
            ),
        ),
        migrations.AddField(
            model_name="achievement",
            name="co_designers",
            field=models.ManyToManyField(
                blank=True,
                related_name="+",
                to="territories.organisation",
                verbose_name="conçu avec",
            ),
        ),
        migrations.AddField(
            model_name="achievement",
            name="is_shared",
            field=models.BooleanField(
                db_default=False, default=False, verbose_name="badge de réseau"
            ),
        ),
        migrations.AddField(
            model_name="achievement",
            name="language",
            field=models.CharField(
                db_default="fr", default="fr", max_length=7, verbose_name="langue"
            ),
        ),
        migrations.AddField(
            model_name="achievement",
            name="level",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "Sans niveau"),
                    ("discovered", "J’ai découvert"),
                    ("does", "Je sais faire"),
                    ("shares", "Je sais transmettre"),
                ],
                db_default="",
                default="",
                max_length=10,
                verbose_name="niveau",
            ),
        ),
        migrations.AddField(
            model_name="achievement",
            name="status",
            field=models.CharField(
                choices=[("draft", "Brouillon"), ("published", "Publié"), ("retired", "Retiré")],
                db_default="draft",
                default="draft",
                max_length=9,
                verbose_name="état",
            ),
        ),
        migrations.AddField(
            model_name="achievement",
            name="tags",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=40),
                blank=True,
                db_default=models.Value(
                    [],
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), size=None
                    ),
                ),
                default=list,
                size=None,
                verbose_name="mots-clés",
            ),
        ),
        migrations.CreateModel(
            name="AchievementVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=120, verbose_name="nom")),
                ("description", models.TextField(verbose_name="description")),
                ("criteria", models.TextField(verbose_name="critères")),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("knowledge", "Savoir et compétence"),
                            ("know_how", "Savoir-faire"),
                            ("participation", "Participation"),
                            ("commitment", "Engagement"),
                            ("project", "Projet"),
                            ("recognition", "Reconnaissance d’une personne"),
                        ],
                        default="know_how",
                        max_length=13,
                        verbose_name="catégorie",
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Sans niveau"),
                            ("discovered", "J’ai découvert"),
                            ("does", "Je sais faire"),
                            ("shares", "Je sais transmettre"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="niveau",
                    ),
                ),
                (
                    "tags",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="mots-clés",
                    ),
                ),
                ("language", models.CharField(default="fr", max_length=7, verbose_name="langue")),
                ("image_svg", models.TextField(blank=True, verbose_name="image")),
                ("design", models.JSONField(blank=True, default=dict, verbose_name="dessin")),
                (
                    "validity_months",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="durée de validité, en mois"
                    ),
                ),
                ("templates", models.JSONField(blank=True, default=dict, editable=False)),
                (
                    "published_on",
                    models.DateTimeField(blank=True, null=True, verbose_name="publiée le"),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                (
                    "achievement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="badges.achievement",
                    ),
                ),
            ],
            options={
                "verbose_name": "version de badge",
                "ordering": ["achievement", "-number"],
            },
        ),
        migrations.CreateModel(
            name="Alignment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "framework",
                    models.CharField(
                        choices=[
                            ("rome", "ROME"),
                            ("esco", "ESCO"),
                            ("rectec", "RECTEC"),
                            ("digcomp", "DigComp"),
                        ],
                        max_length=7,
                        verbose_name="référentiel",
                    ),
                ),
                ("code", models.CharField(max_length=100, verbose_name="code")),
                ("name", models.CharField(max_length=200, verbose_name="intitulé")),
                ("url", models.URLField(max_length=300, verbose_name="adresse")),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="alignments",
                        to="badges.achievementversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "correspondance",
                "ordering": ["framework", "code"],
            },
        ),
        migrations.CreateModel(
            name="Collection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=120, verbose_name="nom")),
                (
                    "words",
                    models.TextField(blank=True, max_length=1000, verbose_name="quelques mots"),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                (
                    "removed_on",
                    models.DateTimeField(blank=True, null=True, verbose_name="retiré le"),
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
                "verbose_name": "portefeuille",
                "ordering": ["name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Credential",
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
                ("subject", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "awarded_on",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="délivré le"
                    ),
                ),
                ("batch", models.UUIDField(blank=True, editable=False, null=True)),
                (
                    "valid_from",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="valable depuis le"
                    ),
                ),
                (
                    "valid_until",
                    models.DateTimeField(blank=True, null=True, verbose_name="valable jusqu’au"),
                ),
                ("evidence_narrative", models.TextField(blank=True, verbose_name="récit choisi")),
                (
                    "evidence_url",
                    models.URLField(blank=True, max_length=300, verbose_name="lien choisi"),
                ),
                (
                    "identity_kind",
                    models.CharField(
                        blank=True,
                        choices=[("", "Aucune"), ("emailAddress", "Adresse e-mail")],
                        max_length=12,
                        verbose_name="identité",
                    ),
                ),
                ("identity_hash", models.CharField(blank=True, max_length=71)),
                ("identity_salt", models.CharField(blank=True, max_length=32)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("awarded", "Délivré, bientôt signé"),
                            ("signed", "Signé"),
                            ("revoked", "Annulé"),
                        ],
                        default="awarded",
                        max_length=7,
                        verbose_name="valeur",
                    ),
                ),
                ("status_index", models.PositiveIntegerField()),
                ("edition", models.PositiveSmallIntegerField(default=1, verbose_name="édition")),
                ("document", models.TextField(blank=True, editable=False)),
                ("token", models.TextField(blank=True, editable=False)),
                ("signed_on", models.DateTimeField(blank=True, null=True, verbose_name="signé le")),
                (
                    "revoked_on",
                    models.DateTimeField(blank=True, null=True, verbose_name="annulé le"),
                ),
                (
                    "revoked_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("mistake", "Délivré par erreur"),
                            ("asked", "La personne l’a demandé"),
                            ("false", "La preuve n’était pas vraie"),
                            ("key", "La clé qui le signait est compromise"),
                            ("other", "Autre raison"),
                        ],
                        max_length=7,
                        verbose_name="raison",
                    ),
                ),
                (
                    "revoked_words",
                    models.CharField(blank=True, max_length=300, verbose_name="précision"),
                ),
                (
                    "awarded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="credentials",
                        to="territories.organisation",
                    ),
                ),
                (
                    "revoked_by",
                    models.ForeignKey(
                        blank=True,
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
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="credentials",
                        to="badges.achievementversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "badge délivré",
                "verbose_name_plural": "badges délivrés",
                "ordering": ["-awarded_on", "-pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CollectionItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rank", models.PositiveSmallIntegerField(default=0, verbose_name="rang")),
                (
                    "collection",
                    rtr.postgres.fields.ScopedForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="badges.collection",
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
                    "credential",
                    rtr.postgres.fields.ScopedForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="collected",
                        to="badges.credential",
                    ),
                ),
            ],
            options={
                "verbose_name": "badge d’un portefeuille",
                "ordering": ["rank", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Issuer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("organisation", "Structure"),
                            ("network", "Réseau"),
                            ("endorser", "Endosseur"),
                        ],
                        max_length=12,
                        verbose_name="nature",
                    ),
                ),
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="adresse")),
                ("name", models.CharField(max_length=160, verbose_name="nom")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("url", models.URLField(blank=True, verbose_name="site")),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="adresse e-mail"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("active", "Délivre des badges"),
                            ("suspended", "Ne délivre pas pour l’instant"),
                            ("left", "A quitté le réseau"),
                        ],
                        default="active",
                        max_length=9,
                        verbose_name="état",
                    ),
                ),
                ("left_on", models.DateField(blank=True, null=True, verbose_name="parti le")),
                ("address", models.URLField(blank=True, editable=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                (
                    "neutral",
                    models.ForeignKey(
                        blank=True,
                        limit_choices_to={"kind": "network"},
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="badges.issuer",
                        verbose_name="délivre sous le nom de",
                    ),
                ),
                (
                    "organisation",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="issuer",
                        to="territories.organisation",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="issuers",
                        to="territories.programme",
                    ),
                ),
            ],
            options={
                "verbose_name": "émetteur",
                "ordering": ["name"],
            },
        ),
        migrations.AddField(
            model_name="credential",
            name="issuer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="credentials",
                to="badges.issuer",
            ),
        ),
        migrations.CreateModel(
            name="IssuerKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "algorithm",
                    models.CharField(
                        choices=[("ed25519", "Ed25519"), ("rsa", "RSA")],
                        max_length=7,
                        verbose_name="algorithme",
                    ),
                ),
                ("kid", models.CharField(max_length=100)),
                ("public_multibase", models.CharField(blank=True, max_length=100)),
                ("public_jwk", models.JSONField(blank=True, null=True)),
                ("private_sealed", models.TextField(blank=True, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("active", "Signe"),
                            ("retired", "Remplacée"),
                            ("compromised", "Compromise"),
                        ],
                        default="active",
                        max_length=11,
                        verbose_name="état",
                    ),
                ),
                (
                    "created_on",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="créée le"
                    ),
                ),
                (
                    "ended_on",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="ne signe plus depuis le"
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="raison")),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "issuer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="keys",
                        to="badges.issuer",
                    ),
                ),
            ],
            options={
                "verbose_name": "clé",
                "ordering": ["issuer", "algorithm", "-created_on"],
            },
        ),
        migrations.AddField(
            model_name="credential",
            name="ed_key",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="badges.issuerkey",
            ),
        ),
        migrations.AddField(
            model_name="credential",
            name="rsa_key",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="badges.issuerkey",
            ),
        ),
        migrations.CreateModel(
            name="Recipient",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
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
                    "user",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="recipient",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "détenteur",
            },
        ),
        migrations.CreateModel(
            name="ForeignBadge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("ob3_json", "Open Badges 3.0"),
                            ("ob3_jwt", "Open Badges 3.0, jeton"),
                            ("ob2", "Open Badges 2.0"),
                        ],
                        max_length=8,
                        verbose_name="format",
                    ),
                ),
                ("raw", models.TextField(editable=False)),
                ("sha256", models.CharField(editable=False, max_length=64)),
                ("name", models.CharField(max_length=200, verbose_name="nom")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                (
                    "issuer_name",
                    models.CharField(blank=True, max_length=200, verbose_name="émetteur"),
                ),
                ("issuer_url", models.URLField(blank=True, max_length=500)),
                (
                    "awarded_on",
                    models.DateTimeField(blank=True, null=True, verbose_name="délivré le"),
                ),
                (
                    "valid_until",
                    models.DateTimeField(blank=True, null=True, verbose_name="valable jusqu’au"),
                ),
                (
                    "verified_on",
                    models.DateTimeField(blank=True, null=True, verbose_name="vérifié le"),
                ),
                ("is_genuine", models.BooleanField(default=False, verbose_name="authentique")),
                (
                    "checks",
                    models.JSONField(blank=True, default=list, verbose_name="vérifications"),
                ),
                ("image", models.BinaryField(blank=True, null=True)),
                (
                    "imported_on",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="importé le"
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
                    "recipient",
                    rtr.postgres.fields.ScopedForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="foreign_badges",
                        to="badges.recipient",
                    ),
                ),
            ],
            options={
                "verbose_name": "badge venu d’ailleurs",
                "ordering": ["-imported_on", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="credential",
            name="recipient",
            field=rtr.postgres.fields.ScopedForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="credentials",
                to="badges.recipient",
            ),
        ),
        migrations.AddField(
            model_name="collection",
            name="recipient",
            field=rtr.postgres.fields.ScopedForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="collections",
                to="badges.recipient",
            ),
        ),
        migrations.CreateModel(
            name="ShareLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "token",
                    models.CharField(
                        default=badges.credentials.models.new_token,
                        editable=False,
                        max_length=40,
                        unique=True,
                    ),
                ),
                ("until", models.DateTimeField(verbose_name="jusqu’au")),
                (
                    "consented_on",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="accord donné le"
                    ),
                ),
                ("words", models.TextField(verbose_name="ce qui a été lu")),
                (
                    "shows_name",
                    models.BooleanField(default=False, verbose_name="mon nom est montré"),
                ),
                (
                    "name_shown",
                    models.CharField(blank=True, max_length=120, verbose_name="nom montré"),
                ),
                (
                    "withdrawn_on",
                    models.DateTimeField(blank=True, null=True, verbose_name="accord repris le"),
                ),
                (
                    "collection",
                    rtr.postgres.fields.ScopedForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shares",
                        to="badges.collection",
                    ),
                ),
                (
                    "credential",
                    rtr.postgres.fields.ScopedForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shares",
                        to="badges.credential",
                    ),
                ),
                (
                    "recipient",
                    rtr.postgres.fields.ScopedForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shares",
                        to="badges.recipient",
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
                "verbose_name": "partage",
                "ordering": ["-consented_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="StatusList",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(default=1, verbose_name="numéro")),
                ("size", models.PositiveIntegerField(default=131072)),
                ("given", models.PositiveIntegerField(default=0, verbose_name="places données")),
                (
                    "seed",
                    models.CharField(
                        default=badges.issuers.models.new_seed, editable=False, max_length=32
                    ),
                ),
                (
                    "revoked",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveIntegerField(),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("document", models.TextField(blank=True)),
                ("etag", models.CharField(blank=True, max_length=64)),
                ("built_on", models.DateTimeField(blank=True, null=True)),
                (
                    "issuer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="status_lists",
                        to="badges.issuer",
                    ),
                ),
            ],
            options={
                "verbose_name": "liste d’état",
                "ordering": ["issuer", "number"],
            },
        ),
        migrations.CreateModel(
            name="Endorsement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("invited", "Invitation envoyée"),
                            ("given", "Donné"),
                            ("declined", "Décliné"),
                            ("withdrawn", "Repris"),
                        ],
                        default="invited",
                        max_length=9,
                        verbose_name="état",
                    ),
                ),
                (
                    "invited_email",
                    models.EmailField(blank=True, max_length=254, verbose_name="adresse e-mail"),
                ),
                ("invited_name", models.CharField(blank=True, max_length=120, verbose_name="nom")),
                (
                    "invited_organisation",
                    models.CharField(blank=True, max_length=160, verbose_name="structure"),
                ),
                (
                    "function",
                    models.CharField(blank=True, max_length=120, verbose_name="fonction"),
                ),
                (
                    "was_mailed",
                    models.BooleanField(default=False, verbose_name="lien envoyé par e-mail"),
                ),
                (
                    "agreed_on",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="accord de la personne le"
                    ),
                ),
                (
                    "name_shown",
                    models.CharField(blank=True, max_length=120, verbose_name="nom montré"),
                ),
                (
                    "invited_on",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="invité le"
                    ),
                ),
                (
                    "token_sha256",
                    models.CharField(blank=True, max_length=64, null=True, unique=True),
                ),
                (
                    "until",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="lien ouvert jusqu’au"
                    ),
                ),
                ("comment", models.TextField(blank=True, max_length=2000, verbose_name="ses mots")),
                (
                    "identity",
                    models.CharField(
                        choices=[
                            ("none", "Identité non vérifiée"),
                            ("domain", "Adresse e-mail de la structure"),
                            ("member", "Membre du consortium"),
                        ],
                        default="none",
                        max_length=6,
                        verbose_name="identité",
                    ),
                ),
                (
                    "answered_on",
                    models.DateTimeField(blank=True, null=True, verbose_name="répondu le"),
                ),
                (
                    "withdrawn_on",
                    models.DateTimeField(blank=True, null=True, verbose_name="repris le"),
                ),
                ("status_index", models.PositiveIntegerField(blank=True, null=True)),
                ("document", models.TextField(blank=True, editable=False)),
                (
                    "credential",
                    rtr.postgres.fields.ScopedForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="endorsements",
                        to="badges.credential",
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="endorsements",
                        to="territories.organisation",
                    ),
                ),
                (
                    "vouched_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
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
                    "version",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="endorsements",
                        to="badges.achievementversion",
                    ),
                ),
                (
                    "endorser",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="endorsements_given",
                        to="badges.issuer",
                    ),
                ),
                (
                    "issuer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="endorsements",
                        to="badges.issuer",
                    ),
                ),
                (
                    "key",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="badges.issuerkey",
                    ),
                ),
                (
                    "status_list",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="badges.statuslist",
                    ),
                ),
            ],
            options={
                "verbose_name": "endossement",
                "ordering": ["-invited_on", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="credential",
            name="status_list",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="badges.statuslist",
            ),
        ),
        migrations.AddConstraint(
            model_name="achievementversion",
            constraint=models.UniqueConstraint(
                fields=("achievement", "number"), name="version_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="achievementversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("published_on", None)),
                fields=("achievement",),
                name="version_one_draft",
                violation_error_message="Ce badge a déjà un brouillon.",
            ),
        ),
        migrations.AddConstraint(
            model_name="achievementversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("validity_months__isnull", True), ("validity_months__gt", 0), _connector="OR"
                ),
                name="version_is_valid_a_while",
                violation_error_message="Un badge est valable un mois au moins.",
            ),
        ),
        migrations.AddConstraint(
            model_name="alignment",
            constraint=models.UniqueConstraint(
                fields=("version", "framework", "code"), name="alignment_code_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="collectionitem",
            constraint=models.UniqueConstraint(
                fields=("collection", "credential"), name="collected_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="issuer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "organisation"), ("organisation__isnull", False)),
                    models.Q(("kind__in", ["network", "endorser"]), ("organisation__isnull", True)),
                    _connector="OR",
                ),
                name="issuer_is_a_body_or_not",
                violation_error_message="Un émetteur de structure en nomme une.",
            ),
        ),
        migrations.AddConstraint(
            model_name="issuer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("left_on__isnull", False), ("state", "left")),
                    models.Q(models.Q(("state", "left"), _negated=True), ("left_on__isnull", True)),
                    _connector="OR",
                ),
                name="issuer_left_one_day",
                violation_error_message="Un départ a une date.",
            ),
        ),
        migrations.AddConstraint(
            model_name="issuerkey",
            constraint=models.UniqueConstraint(fields=("issuer", "kid"), name="key_id_once"),
        ),
        migrations.AddConstraint(
            model_name="issuerkey",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "active")),
                fields=("issuer", "algorithm"),
                name="key_one_signs",
            ),
        ),
        migrations.AddConstraint(
            model_name="issuerkey",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ended_on__isnull", True),
                        ("state", "active"),
                        models.Q(("private_sealed", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("state", "active"), _negated=True),
                        ("ended_on__isnull", False),
                        ("private_sealed", ""),
                    ),
                    _connector="OR",
                ),
                name="key_private_while_it_signs",
                violation_error_message="Une clé qui ne signe plus est oubliée.",
            ),
        ),
        migrations.AddConstraint(
            model_name="foreignbadge",
            constraint=models.UniqueConstraint(
                fields=("recipient", "sha256"), name="foreign_badge_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="sharelink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("collection__isnull", True), ("credential__isnull", False)),
                    models.Q(("collection__isnull", False), ("credential__isnull", True)),
                    _connector="OR",
                ),
                name="share_of_one_thing",
                violation_error_message="On partage un badge ou un portefeuille.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sharelink",
            constraint=models.CheckConstraint(
                condition=models.Q(("shows_name", True), ("name_shown", ""), _connector="OR"),
                name="share_names_or_not",
                violation_error_message="Un nom caché ne s’écrit pas.",
            ),
        ),
        migrations.AddConstraint(
            model_name="statuslist",
            constraint=models.UniqueConstraint(
                fields=("issuer", "number"), name="status_list_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="statuslist",
            constraint=models.CheckConstraint(
                condition=models.Q(("size__gte", 131072)),
                name="status_list_hides_in_a_crowd",
                violation_error_message="Une liste d’état compte 131 072 places au moins.",
            ),
        ),
        migrations.AddConstraint(
            model_name="endorsement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("credential__isnull", False),
                        ("issuer__isnull", True),
                        ("version__isnull", True),
                    ),
                    models.Q(
                        ("credential__isnull", True),
                        ("issuer__isnull", True),
                        ("version__isnull", False),
                    ),
                    models.Q(
                        ("credential__isnull", True),
                        ("issuer__isnull", False),
                        ("version__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="endorsement_of_one_thing",
                violation_error_message="Un endossement porte sur une seule chose.",
            ),
        ),
        migrations.AddConstraint(
            model_name="endorsement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "given"), _negated=True),
                    models.Q(
                        models.Q(("document", ""), _negated=True),
                        ("answered_on__isnull", False),
                        ("endorser__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="endorsement_given_is_signed",
                violation_error_message="Un endossement donné est signé.",
            ),
        ),
        migrations.AddConstraint(
            model_name="endorsement",
            constraint=models.UniqueConstraint(
                fields=("status_list", "status_index"), name="endorsement_index_once"
            ),
        ),
        migrations.AddIndex(
            model_name="credential",
            index=models.Index(
                condition=models.Q(("status__in", ["due", "leased"])),
                fields=["due_at"],
                name="credential_due",
            ),
        ),
        migrations.AddIndex(
            model_name="credential",
            index=models.Index(fields=["recipient", "-awarded_on"], name="credential_of_recipient"),
        ),
        migrations.AddIndex(
            model_name="credential",
            index=models.Index(
                condition=models.Q(("batch", None), _negated=True),
                fields=["batch"],
                name="credential_batch",
            ),
        ),
        migrations.AddConstraint(
            model_name="credential",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("lease_until__isnull", False), ("status", "leased")),
                    models.Q(
                        models.Q(("status", "leased"), _negated=True), ("lease_until__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="credential_lease",
                violation_error_message="Une réservation va avec l’état « En cours ».",
            ),
        ),
        migrations.AddConstraint(
            model_name="credential",
            constraint=models.UniqueConstraint(
                fields=("status_list", "status_index"), name="credential_index_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="credential",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "signed"), _negated=True),
                    models.Q(
                        models.Q(("document", ""), _negated=True),
                        models.Q(("token", ""), _negated=True),
                        ("signed_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="credential_signed_has_a_document",
                violation_error_message="Un badge signé a son document.",
            ),
        ),
        migrations.AddConstraint(
            model_name="credential",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("revoked_on__isnull", False),
                        ("state", "revoked"),
                        models.Q(("revoked_reason", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("state", "revoked"), _negated=True),
                        ("revoked_on__isnull", True),
                        ("revoked_reason", ""),
                    ),
                    _connector="OR",
                ),
                name="credential_revoked_says_why",
                violation_error_message="Une annulation a une date et une raison.",
            ),
        ),
        migrations.AddConstraint(
            model_name="credential",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_until__isnull", True),
                    ("valid_until__gt", models.F("valid_from")),
                    _connector="OR",
                ),
                name="credential_ends_after_start",
                violation_error_message="La fin vient après le début.",
            ),
        ),
        migrations.AddConstraint(
            model_name="endorsement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("credential__isnull", True), ("agreed_on__isnull", False), _connector="OR"
                ),
                name="endorsement_of_a_badge_was_wished",
                violation_error_message="La personne qui a le badge en est d’accord.",
            ),
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="nom")),
                (
                    "what",
                    models.TextField(max_length=1000, verbose_name="ce que le badge reconnaît"),
                ),
                ("seen", models.TextField(max_length=1000, verbose_name="comment cela se voit")),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "À étudier"),
                            ("accepted", "Retenue"),
                            ("declined", "Non retenue"),
                        ],
                        default="asked",
                        max_length=9,
                        verbose_name="état",
                    ),
                ),
                ("answer", models.TextField(blank=True, max_length=1000, verbose_name="réponse")),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "achievement",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="badges.achievement",
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territories.organisation",
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
            ],
            options={"verbose_name": "proposition de badge", "ordering": ["-asked_at", "-pk"]},
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_at", None), ("state", "asked")),
                    models.Q(
                        models.Q(("state", "asked"), _negated=True), ("answered_at__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="proposal_answered_one_day",
                violation_error_message="Une réponse a une date.",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "declined"), _negated=True),
                    models.Q(("answer", ""), _negated=True),
                    _connector="OR",
                ),
                name="proposal_declined_with_words",
                violation_error_message="Dites pourquoi ce badge n’est pas retenu.",
            ),
        ),
        migrations.CreateModel(
            name="ConnectedWallet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("client_key", models.CharField(editable=False, max_length=100)),
                ("name", models.CharField(max_length=100, verbose_name="nom de l’application")),
                ("host", models.CharField(max_length=255, verbose_name="site de l’application")),
                (
                    "scopes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100),
                        size=None,
                        verbose_name="ce qu’elle peut faire",
                    ),
                ),
                ("words", models.TextField(verbose_name="ce qui a été lu")),
                (
                    "consented_on",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="accord donné le"
                    ),
                ),
                (
                    "withdrawn_on",
                    models.DateTimeField(blank=True, null=True, verbose_name="accord repris le"),
                ),
                (
                    "recipient",
                    rtr.postgres.fields.ScopedForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="wallets",
                        to="badges.recipient",
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
                "verbose_name": "application reliée",
                "ordering": ["-consented_on", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_on__isnull", True)),
                        fields=("recipient", "client_key"),
                        name="wallet_connected_once",
                    )
                ],
            },
        ),
        Wall("recipient"),
        Wall("credential"),
        Wall("collection"),
        Wall("collectionitem"),
        Wall("sharelink"),
        Wall("foreignbadge"),
        Wall("endorsement"),
        Wall("connectedwallet"),
    ]
