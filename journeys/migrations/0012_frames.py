"""Immersions and what tutors say of them, volunteering, AFEST, safety briefings."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import rtr.postgres.fields
from django.conf import settings
from django.db import migrations, models

from rtr.postgres.operations import Wall


class Migration(migrations.Migration):
    # Volunteering first: the linter misreads a partial index that comes before any other.
    dependencies = [
        ("journeys", "0011_activities"),
        ("territories", "0007_invitations"),
    ]

    operations = [
        migrations.CreateModel(
            name="Volunteering",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                    "journey",
                    rtr.postgres.fields.ScopedForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="journeys.journey",
                    ),
                ),
                (
                    "host",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territories.organisation",
                    ),
                ),
                ("host_name", models.CharField(max_length=120, verbose_name="où")),
                ("host_siret", models.CharField(blank=True, max_length=14, verbose_name="SIRET")),
                (
                    "host_status",
                    models.CharField(
                        choices=[
                            ("association", "Association"),
                            ("public", "Service public, école, collectivité"),
                            ("company", "Entreprise"),
                        ],
                        max_length=11,
                        verbose_name="nature",
                    ),
                ),
                (
                    "what",
                    models.CharField(max_length=300, verbose_name="ce que la personne y fait"),
                ),
                (
                    "weekly_hours",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="heures par semaine"
                    ),
                ),
                (
                    "insured",
                    models.CharField(
                        choices=[
                            ("yes", "Oui, la structure l’a dit"),
                            ("asked", "Demandé, pas encore de réponse"),
                            ("no", "Pas encore demandé"),
                        ],
                        max_length=5,
                        verbose_name="assurance",
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
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "bénévolat",
                "ordering": ["-from_on", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on__isnull", True),
                            ("until_on__gte", models.F("from_on")),
                            _connector="OR",
                        ),
                        name="volunteering_ends_after_start",
                        violation_error_message="La fin vient avant le début.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("host_status", "company"), _negated=True),
                        name="volunteering_seeks_no_profit",
                        violation_error_message="Le bénévolat ne se fait pas dans une entreprise.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Immersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                    "journey",
                    rtr.postgres.fields.ScopedForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="journeys.journey",
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("discover", "Découvrir un métier ou un secteur"),
                            ("confirm", "Confirmer un projet professionnel"),
                            ("recruit", "Démarrer un recrutement"),
                        ],
                        max_length=8,
                        verbose_name="objet",
                    ),
                ),
                (
                    "host",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territories.organisation",
                    ),
                ),
                ("host_name", models.CharField(max_length=120, verbose_name="employeur")),
                ("host_siret", models.CharField(max_length=14, verbose_name="SIRET")),
                ("host_activity", models.CharField(max_length=120, verbose_name="activité")),
                ("host_address", models.CharField(max_length=200, verbose_name="adresse")),
                ("tutor", models.CharField(max_length=120, verbose_name="tuteur")),
                ("tutor_role", models.CharField(max_length=80, verbose_name="fonction du tuteur")),
                (
                    "tutor_contact",
                    models.CharField(max_length=120, verbose_name="contact du tuteur"),
                ),
                (
                    "prescriber_kind",
                    models.CharField(
                        choices=[
                            ("work", "France Travail"),
                            ("youth", "mission locale"),
                            ("cap", "Cap emploi"),
                            ("siae", "structure d’insertion par l’activité économique"),
                            ("department", "conseil départemental"),
                            ("cep", "opérateur du conseil en évolution professionnelle"),
                            ("agreed", "structure liée à l’un d’eux par une convention"),
                        ],
                        max_length=10,
                        verbose_name="qui prescrit",
                    ),
                ),
                (
                    "prescriber",
                    models.CharField(max_length=120, verbose_name="structure qui prescrit"),
                ),
                (
                    "situation",
                    models.CharField(
                        choices=[
                            ("seeking", "En recherche d’emploi"),
                            ("other", "Autre situation"),
                            ("employed", "En emploi : l’employeur signe aussi"),
                        ],
                        max_length=8,
                        verbose_name="situation",
                    ),
                ),
                ("insurer", models.CharField(max_length=120, verbose_name="assureur")),
                ("policy", models.CharField(max_length=60, verbose_name="police d’assurance")),
                (
                    "objectives",
                    models.CharField(max_length=300, verbose_name="ce qu’on veut savoir à la fin"),
                ),
                ("tasks", models.CharField(max_length=500, verbose_name="tâches")),
                ("place", models.CharField(max_length=200, verbose_name="lieu")),
                ("schedule", models.CharField(max_length=200, verbose_name="jours et horaires")),
                (
                    "weekdays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "weekly_hours",
                    models.PositiveSmallIntegerField(verbose_name="heures par semaine"),
                ),
                ("from_on", models.DateField(verbose_name="du")),
                ("until_on", models.DateField(verbose_name="au")),
                (
                    "renews",
                    rtr.postgres.fields.ScopedForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="renewals",
                        to="journeys.immersion",
                    ),
                ),
                (
                    "convention",
                    rtr.postgres.fields.ScopedForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="journeys.document",
                    ),
                ),
                (
                    "signed_on",
                    models.DateField(blank=True, null=True, verbose_name="convention signée le"),
                ),
                (
                    "signed_seen_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="vue par",
                    ),
                ),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="dernier jour")),
                (
                    "end_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("person", "La personne le souhaite"),
                            ("host", "L’employeur le souhaite"),
                            ("both", "Tous deux sont d’accord"),
                            ("next", "Un emploi ou une formation commence"),
                            ("other", "Autre raison"),
                        ],
                        max_length=6,
                        verbose_name="raison",
                    ),
                ),
                (
                    "cancelled_on",
                    models.DateField(blank=True, null=True, verbose_name="annulée le"),
                ),
                (
                    "cancel_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("person", "La personne ne souhaite plus y aller"),
                            ("host", "L’employeur ne peut plus accueillir"),
                            ("dates", "Les dates ne vont plus"),
                            ("mistake", "Notée par erreur"),
                        ],
                        max_length=7,
                        verbose_name="raison",
                    ),
                ),
                (
                    "liked",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="ce que la personne en retient"
                    ),
                ),
                (
                    "again",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "Oui"), ("maybe", "Peut-être"), ("no", "Non")],
                        max_length=5,
                        verbose_name="elle y retournerait",
                    ),
                ),
                ("assessed_on", models.DateField(blank=True, null=True, verbose_name="évaluée le")),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "immersion",
                "ordering": ["-from_on", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("assessed_on__isnull", True), ("cancelled_on__isnull", True)
                        ),
                        fields=["territory", "until_on"],
                        name="immersion_not_assessed",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on__isnull", True),
                            ("until_on__gte", models.F("from_on")),
                            _connector="OR",
                        ),
                        name="immersion_ends_after_start",
                        violation_error_message="La fin vient avant le début.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("signed_on__isnull", True),
                            ("signed_on__lte", models.F("from_on")),
                            _connector="OR",
                        ),
                        name="immersion_signed_before",
                        violation_error_message="La convention se signe au plus tard le premier jour.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("signed_on__isnull", True), ("signed_seen_by__isnull", True)),
                            models.Q(
                                ("signed_on__isnull", False), ("signed_seen_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="immersion_signature_was_seen",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True),
                            models.Q(
                                ("ended_on__gte", models.F("from_on")), ("signed_on__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="immersion_ended_was_signed",
                        violation_error_message="Une immersion commence une fois sa convention signée.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("assessed_on__isnull", True),
                            ("ended_on__isnull", False),
                            _connector="OR",
                        ),
                        name="immersion_assessed_was_ended",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weekly_hours__gte", 1), ("weekly_hours__lte", 35)),
                        name="immersion_hours",
                        violation_error_message="Trente-cinq heures par semaine au plus.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("cancelled_on__isnull", True), ("renews__isnull", False)
                        ),
                        fields=("renews",),
                        name="immersion_renewed_once",
                        violation_error_message="Cette immersion est déjà renouvelée.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SafetyBriefing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                    "participant",
                    rtr.postgres.fields.ScopedForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="briefings",
                        to="journeys.participant",
                    ),
                ),
                (
                    "equipment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territories.equipment",
                    ),
                ),
                (
                    "on",
                    models.DateField(default=django.utils.timezone.localdate, verbose_name="le"),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "consignes de sécurité",
                "ordering": ["-on", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("participant", "equipment", "on"),
                        name="briefing_once_a_day",
                        violation_error_message="Ces consignes sont déjà notées ce jour-là.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="GroupBriefing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="briefings",
                        to="journeys.session",
                    ),
                ),
                (
                    "equipment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territories.equipment",
                    ),
                ),
                (
                    "numbers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(), default=list, size=None
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "consignes données à une séance",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("session", "equipment"), name="group_briefing_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Afest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                    "journey",
                    rtr.postgres.fields.ScopedForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="journeys.journey",
                    ),
                ),
                (
                    "host",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territories.organisation",
                    ),
                ),
                ("host_name", models.CharField(max_length=120, verbose_name="où")),
                ("aim", models.CharField(max_length=200, verbose_name="ce qui s’apprend")),
                (
                    "from_on",
                    models.DateField(
                        default=django.utils.timezone.localdate, verbose_name="depuis le"
                    ),
                ),
                ("trainer", models.CharField(blank=True, max_length=120, verbose_name="formateur")),
                (
                    "trainer_role",
                    models.CharField(
                        blank=True, max_length=80, verbose_name="fonction du formateur"
                    ),
                ),
                (
                    "analysis",
                    models.CharField(blank=True, max_length=500, verbose_name="analyse du travail"),
                ),
                (
                    "analysed_on",
                    models.DateField(blank=True, null=True, verbose_name="travail analysé le"),
                ),
                (
                    "assessment",
                    models.CharField(blank=True, max_length=500, verbose_name="ce qui est acquis"),
                ),
                ("assessed_on", models.DateField(blank=True, null=True, verbose_name="évaluée le")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="close le")),
                ("stopped_on", models.DateField(blank=True, null=True, verbose_name="arrêtée le")),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "AFEST",
                "ordering": ["-from_on", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_on__isnull", True),
                            ("stopped_on__isnull", True),
                            _connector="OR",
                        ),
                        name="afest_closed_or_stopped",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_on__isnull", True),
                            models.Q(
                                ("analysed_on__isnull", False),
                                ("assessed_on__isnull", False),
                                models.Q(("trainer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="afest_closed_has_its_elements",
                        violation_error_message="Une AFEST se clôt avec ses quatre éléments.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AfestSequence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                    "journey",
                    rtr.postgres.fields.ScopedForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="journeys.journey",
                    ),
                ),
                (
                    "afest",
                    rtr.postgres.fields.ScopedForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sequences",
                        to="journeys.afest",
                    ),
                ),
                (
                    "on",
                    models.DateField(default=django.utils.timezone.localdate, verbose_name="jour"),
                ),
                ("what", models.CharField(max_length=200, verbose_name="ce qui a été fait")),
                (
                    "minutes",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="durée, en minutes"
                    ),
                ),
                (
                    "reflected_on",
                    models.DateField(blank=True, null=True, verbose_name="séance réflexive le"),
                ),
                (
                    "reflection",
                    models.CharField(blank=True, max_length=300, verbose_name="ce qui en ressort"),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "séquence d’AFEST",
                "ordering": ["on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reflected_on__isnull", True),
                            ("reflected_on__gte", models.F("on")),
                            _connector="OR",
                        ),
                        name="afest_reflected_after",
                        violation_error_message="La fin vient avant le début.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reflected_on__isnull", True),
                            models.Q(("reflection", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="afest_reflection_has_words",
                        violation_error_message="Dites ce qui en ressort.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TutorLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                    "journey",
                    rtr.postgres.fields.ScopedForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="journeys.journey",
                    ),
                ),
                (
                    "immersion",
                    rtr.postgres.fields.ScopedForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tutor_links",
                        to="journeys.immersion",
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        blank=True,
                        choices=[("mail", "Courriel"), ("sms", "SMS")],
                        max_length=4,
                        verbose_name="par",
                    ),
                ),
                ("to", models.CharField(blank=True, max_length=120, verbose_name="à")),
                ("token_sha256", models.CharField(max_length=64, unique=True)),
                (
                    "given_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "given_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="donné le"
                    ),
                ),
                ("expires_at", models.DateTimeField(verbose_name="marche jusqu’au")),
                ("is_reminder", models.BooleanField(default=False, verbose_name="rappel")),
                (
                    "revoked_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="retiré le"),
                ),
            ],
            options={
                "verbose_name": "lien pour le tuteur",
                "ordering": ["given_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at__isnull", True)),
                        fields=("immersion",),
                        name="tutor_link_one_at_a_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TutorFeedback",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                    "journey",
                    rtr.postgres.fields.ScopedForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="journeys.journey",
                    ),
                ),
                (
                    "immersion",
                    rtr.postgres.fields.ScopedOneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="feedback",
                        to="journeys.immersion",
                    ),
                ),
                (
                    "punctual",
                    models.CharField(
                        choices=[
                            ("always", "Toujours"),
                            ("often", "Le plus souvent"),
                            ("learning", "Encore à apprendre"),
                        ],
                        max_length=8,
                        verbose_name="ponctualité",
                    ),
                ),
                (
                    "helpful",
                    models.CharField(
                        choices=[
                            ("always", "Toujours"),
                            ("often", "Le plus souvent"),
                            ("learning", "Encore à apprendre"),
                        ],
                        max_length=8,
                        verbose_name="entraide",
                    ),
                ),
                (
                    "gestures",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("instructions", "Suivre une consigne"),
                                ("tools", "Se servir des outils ou des machines"),
                                ("safety", "Travailler en sécurité"),
                                ("care", "Soigner son travail"),
                                ("customers", "Accueillir un client, un visiteur"),
                                ("team", "Travailler avec les autres"),
                                ("order", "S’organiser dans sa journée"),
                                ("asking", "Demander quand il faut"),
                            ],
                            max_length=12,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "other_gestures",
                    models.CharField(
                        blank=True, max_length=160, verbose_name="autres gestes acquis"
                    ),
                ),
                (
                    "went_well",
                    models.CharField(max_length=300, verbose_name="ce qui a bien marché"),
                ),
                (
                    "again",
                    models.CharField(
                        choices=[("yes", "Oui"), ("maybe", "Peut-être"), ("no", "Non")],
                        max_length=5,
                        verbose_name="accueillerait de nouveau",
                    ),
                ),
                (
                    "follows",
                    models.CharField(blank=True, max_length=200, verbose_name="une suite possible"),
                ),
                ("answered_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "avis du tuteur",
            },
        ),
        Wall("volunteering"),
        Wall("immersion"),
        Wall("safetybriefing"),
        Wall("afest"),
        Wall("afestsequence"),
        Wall("tutorlink"),
        Wall("tutorfeedback"),
    ]
