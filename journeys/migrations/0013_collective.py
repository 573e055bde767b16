"""Collective actions, productions, pairs."""

from django.conf import settings
import django.db.models.deletion
import django.utils.timezone
import journeys.documents.models
import rtr.postgres.fields
import uuid
from django.db import migrations, models

from rtr.postgres.operations import Wall


class Migration(migrations.Migration):
    dependencies = [
        ("journeys", "0012_frames"),
        ("territories", "0007_invitations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CollectiveAction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=90, unique=True, verbose_name="adresse")),
                ("question", models.CharField(max_length=200, verbose_name="question du groupe")),
                ("from_on", models.DateField(verbose_name="du")),
                ("until_on", models.DateField(verbose_name="au")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="terminée le")),
                (
                    "activity",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="collective_action",
                        to="journeys.activity",
                    ),
                ),
                (
                    "co_leader",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="anime aussi",
                    ),
                ),
                (
                    "leader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="anime",
                    ),
                ),
            ],
            options={
                "verbose_name": "action collective",
                "ordering": ["-from_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="EndInterview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "discovered",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="ce que j’ai découvert"
                    ),
                ),
                (
                    "follows",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="ce que je voudrais ensuite"
                    ),
                ),
                (
                    "change",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="ce que je changerais"
                    ),
                ),
                (
                    "on",
                    models.DateField(default=django.utils.timezone.localdate, verbose_name="le"),
                ),
                (
                    "reader",
                    models.CharField(
                        choices=[
                            ("me", "Moi seul"),
                            ("referents", "Mes référents"),
                            ("team", "Toute mon équipe"),
                        ],
                        default="referents",
                        max_length=9,
                        verbose_name="qui lit",
                    ),
                ),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interviews",
                        to="journeys.collectiveaction",
                    ),
                ),
                (
                    "journey",
                    rtr.postgres.fields.ScopedForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
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
                (
                    "with_user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="avec",
                    ),
                ),
            ],
            options={
                "verbose_name": "entretien de fin d’action",
                "ordering": ["-on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="GroupMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("nickname", models.CharField(max_length=40, verbose_name="surnom")),
                (
                    "place",
                    models.CharField(
                        choices=[("in", "dans le groupe"), ("waiting", "en liste d’attente")],
                        default="in",
                        max_length=7,
                        verbose_name="place",
                    ),
                ),
                (
                    "joined_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="depuis le"
                    ),
                ),
                ("left_on", models.DateField(blank=True, null=True, verbose_name="parti le")),
                ("client_uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "interviewed_on",
                    models.DateField(blank=True, null=True, verbose_name="entretien de fin le"),
                ),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="journeys.collectiveaction",
                    ),
                ),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "interviewed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="avec",
                    ),
                ),
                (
                    "participant",
                    rtr.postgres.fields.ScopedForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="groups",
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
                "verbose_name": "membre du groupe",
                "ordering": ["joined_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Pair",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("beginner", "débutant"),
                            ("at_ease", "à l’aise"),
                            ("advanced", "avancé"),
                        ],
                        max_length=8,
                        verbose_name="niveau numérique",
                    ),
                ),
                (
                    "from_on",
                    models.DateField(
                        default=django.utils.timezone.localdate, verbose_name="depuis le"
                    ),
                ),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="jusqu’au")),
                (
                    "activity",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pairs",
                        to="journeys.activity",
                        verbose_name="ce que le binôme propose",
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territories.organisation",
                        verbose_name="agence",
                    ),
                ),
                (
                    "agency_lead",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="pour l’agence",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territories.territory",
                    ),
                ),
                (
                    "third_place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territories.organisation",
                        verbose_name="tiers-lieu",
                    ),
                ),
                (
                    "third_place_lead",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="pour le tiers-lieu",
                    ),
                ),
            ],
            options={
                "verbose_name": "binôme",
                "ordering": ["-from_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="PairFeedback",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[("third_place", "le tiers-lieu"), ("agency", "l’agence")],
                        max_length=11,
                        verbose_name="de la part de",
                    ),
                ),
                (
                    "on",
                    models.DateField(default=django.utils.timezone.localdate, verbose_name="le"),
                ),
                (
                    "worked",
                    models.CharField(blank=True, max_length=500, verbose_name="ce qui a marché"),
                ),
                (
                    "learnt",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="ce que j’ai appris de l’autre"
                    ),
                ),
                ("change", models.CharField(blank=True, max_length=500, verbose_name="à changer")),
                (
                    "pair",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="feedbacks",
                        to="journeys.pair",
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
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "retour d’un binôme",
                "ordering": ["-on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Production",
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
                            ("map", "carte thématique"),
                            ("portrait", "portrait"),
                            ("podcast", "podcast"),
                            ("article", "article"),
                            ("object", "objet"),
                            ("other", "autre"),
                        ],
                        max_length=8,
                        verbose_name="nature",
                    ),
                ),
                ("title", models.CharField(max_length=80, verbose_name="titre")),
                ("text", models.CharField(blank=True, max_length=5000, verbose_name="texte")),
                (
                    "licence",
                    models.CharField(
                        choices=[
                            ("cc-by", "CC BY"),
                            ("cc-by-sa", "CC BY-SA"),
                            ("cc-by-nc-sa", "CC BY-NC-SA"),
                            ("reserved", "Tous droits réservés"),
                        ],
                        default="reserved",
                        max_length=12,
                        verbose_name="ce qu’on peut en faire",
                    ),
                ),
                (
                    "made_on",
                    models.DateField(
                        default=django.utils.timezone.localdate, verbose_name="faite le"
                    ),
                ),
                (
                    "removed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="retirée le"),
                ),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="productions",
                        to="journeys.collectiveaction",
                    ),
                ),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "removed_by",
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
            ],
            options={
                "verbose_name": "production",
                "ordering": ["-made_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="ProductionAuthor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("member", models.PositiveBigIntegerField(verbose_name="membre du groupe")),
                (
                    "visibility",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Moi et le groupe"),
                            (2, "Les structures du programme"),
                            (3, "Tout le monde"),
                        ],
                        default=1,
                        verbose_name="qui peut voir",
                    ),
                ),
                (
                    "shows_nickname",
                    models.BooleanField(default=False, verbose_name="avec son surnom"),
                ),
                ("chosen_on", models.DateField(blank=True, null=True, verbose_name="choisi le")),
                ("withdrawn_on", models.DateField(blank=True, null=True, verbose_name="retiré le")),
                (
                    "chosen_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "production",
                    rtr.postgres.fields.ScopedForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="authors",
                        to="journeys.production",
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
                "verbose_name": "auteur d’une production",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ProductionPart",
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
                            ("image", "image"),
                            ("pdf", "document"),
                            ("sound", "son"),
                            ("link", "lien"),
                            ("point", "point de la carte"),
                        ],
                        max_length=5,
                        verbose_name="nature",
                    ),
                ),
                ("rank", models.PositiveSmallIntegerField(default=0)),
                ("label", models.CharField(max_length=120, verbose_name="en quelques mots")),
                (
                    "file",
                    models.FileField(blank=True, upload_to=journeys.documents.models.private_name),
                ),
                ("content_type", models.CharField(blank=True, max_length=40)),
                (
                    "url",
                    models.URLField(blank=True, max_length=300, verbose_name="adresse du lien"),
                ),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="adresse")),
                (
                    "latitude",
                    models.DecimalField(
                        blank=True,
                        decimal_places=5,
                        max_digits=8,
                        null=True,
                        verbose_name="latitude",
                    ),
                ),
                (
                    "longitude",
                    models.DecimalField(
                        blank=True,
                        decimal_places=5,
                        max_digits=8,
                        null=True,
                        verbose_name="longitude",
                    ),
                ),
                (
                    "note",
                    models.CharField(blank=True, max_length=300, verbose_name="ce qu’on y trouve"),
                ),
                (
                    "production",
                    rtr.postgres.fields.ScopedForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="journeys.production",
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
                "verbose_name": "élément d’une production",
                "ordering": ["rank", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="numéro")),
                ("title", models.CharField(max_length=80, verbose_name="titre")),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="journeys.collectiveaction",
                    ),
                ),
                (
                    "session",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="step",
                        to="journeys.session",
                    ),
                ),
            ],
            options={
                "verbose_name": "étape",
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="GroupEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "on",
                    models.DateField(default=django.utils.timezone.localdate, verbose_name="le"),
                ),
                ("did", models.CharField(max_length=1000, verbose_name="ce que nous avons fait")),
                (
                    "decided",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="ce que nous avons décidé"
                    ),
                ),
                (
                    "photo",
                    models.FileField(blank=True, upload_to=journeys.documents.models.private_name),
                ),
                (
                    "photo_alt",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="ce que montre la photo"
                    ),
                ),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "removed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="retiré le"),
                ),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entries",
                        to="journeys.collectiveaction",
                    ),
                ),
                (
                    "removed_by",
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
                    "written_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="entries",
                        to="journeys.step",
                    ),
                ),
            ],
            options={
                "verbose_name": "page du journal de groupe",
                "ordering": ["-on", "-pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="collectiveaction",
            constraint=models.CheckConstraint(
                condition=models.Q(("until_on__gte", models.F("from_on"))),
                name="collective_action_ends_after_start",
                violation_error_message="La fin vient avant le début.",
            ),
        ),
        migrations.AddConstraint(
            model_name="collectiveaction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("co_leader", None),
                    models.Q(("co_leader", models.F("leader")), _negated=True),
                    _connector="OR",
                ),
                name="collective_action_two_leaders",
                violation_error_message="Choisissez deux personnes différentes.",
            ),
        ),
        migrations.AddConstraint(
            model_name="endinterview",
            constraint=models.UniqueConstraint(
                fields=("journey", "action"), name="end_interview_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="endinterview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("change", ""), ("discovered", ""), ("follows", ""), _negated=True
                ),
                name="end_interview_says_something",
                violation_error_message="Notez une réponse au moins.",
            ),
        ),
        migrations.AddIndex(
            model_name="groupmember",
            index=models.Index(fields=["action", "joined_at"], name="group_member_list"),
        ),
        migrations.AddConstraint(
            model_name="groupmember",
            constraint=models.UniqueConstraint(
                condition=models.Q(("left_on", None), ("participant__isnull", False)),
                fields=("action", "participant"),
                name="group_member_once",
                violation_error_message="Cette personne est déjà dans le groupe.",
            ),
        ),
        migrations.AddConstraint(
            model_name="groupmember",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("interviewed_by", None), ("interviewed_on", None)),
                    models.Q(("interviewed_by__isnull", False), ("interviewed_on__isnull", False)),
                    _connector="OR",
                ),
                name="group_member_interviewed_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="pair",
            constraint=models.CheckConstraint(
                condition=models.Q(("third_place", models.F("agency")), _negated=True),
                name="pair_of_two_bodies",
                violation_error_message="Un binôme réunit deux structures différentes.",
            ),
        ),
        migrations.AddConstraint(
            model_name="pair",
            constraint=models.CheckConstraint(
                condition=models.Q(("third_place_lead", models.F("agency_lead")), _negated=True),
                name="pair_of_two_people",
                violation_error_message="Un binôme réunit deux personnes différentes.",
            ),
        ),
        migrations.AddConstraint(
            model_name="pair",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until_on", None), ("until_on__gte", models.F("from_on")), _connector="OR"
                ),
                name="pair_ends_after_start",
                violation_error_message="La fin vient avant le début.",
            ),
        ),
        migrations.AddConstraint(
            model_name="pairfeedback",
            constraint=models.CheckConstraint(
                condition=models.Q(("change", ""), ("learnt", ""), ("worked", ""), _negated=True),
                name="pair_feedback_says_something",
                violation_error_message="Dites une chose au moins.",
            ),
        ),
        migrations.AddConstraint(
            model_name="productionauthor",
            constraint=models.UniqueConstraint(
                fields=("production", "member"),
                name="production_author_once",
                violation_error_message="Cette personne est déjà parmi les auteurs.",
            ),
        ),
        migrations.AddConstraint(
            model_name="productionauthor",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("shows_nickname", False), ("visibility", 1)),
                    ("chosen_on__isnull", False),
                    _connector="OR",
                ),
                name="production_author_chose_to_show",
                violation_error_message="Montrer demande l’accord de l’auteur.",
            ),
        ),
        migrations.AddConstraint(
            model_name="productionpart",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("file", ""), ("kind", "link"), ("url__startswith", "https://")),
                    models.Q(("file", ""), ("kind", "point"), ("url", "")),
                    models.Q(
                        ("kind__in", ["image", "pdf", "sound"]),
                        ("url", ""),
                        models.Q(("file", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="production_part_is_one_thing",
                violation_error_message="Un lien commence par https://.",
            ),
        ),
        migrations.AddConstraint(
            model_name="productionpart",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "point"), _negated=True),
                    models.Q(("address", ""), _negated=True),
                    models.Q(("latitude__isnull", False), ("longitude__isnull", False)),
                    _connector="OR",
                ),
                name="production_point_is_somewhere",
                violation_error_message="Donnez une adresse, ou une latitude et une longitude.",
            ),
        ),
        migrations.AddConstraint(
            model_name="productionpart",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("latitude", None), ("longitude", None)),
                    models.Q(("latitude__range", (-90, 90)), ("longitude__range", (-180, 180))),
                    _connector="OR",
                ),
                name="production_point_on_earth",
                violation_error_message="La latitude va de −90 à 90, la longitude de −180 à 180.",
            ),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=models.UniqueConstraint(fields=("action", "number"), name="step_once"),
        ),
        migrations.AddIndex(
            model_name="groupentry",
            index=models.Index(fields=["action", "on"], name="group_entry_list"),
        ),
        Wall("groupmember"),
        Wall("groupentry"),
        Wall("endinterview"),
        Wall("production"),
        Wall("productionpart"),
        Wall("productionauthor"),
        Wall("pairfeedback"),
    ]
