"""Activities, their sessions, who is in them."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import journeys.activities.models
import rtr.lib.codelists
import rtr.postgres.fields
import uuid
from django.conf import settings
from django.db import migrations, models

from rtr.postgres.operations import Wall


class Migration(migrations.Migration):
    dependencies = [
        ("journeys", "0010_message_indexes"),
        ("territories", "0007_invitations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Activity",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=80, verbose_name="titre")),
                ("pitch", models.CharField(max_length=300, verbose_name="ce qu’on y fait")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("workshop", "atelier"),
                            ("discovery", "découverte d’un métier"),
                            ("survey", "enquête métier"),
                            ("image", "atelier image et entretien"),
                            ("sport", "sport"),
                            ("culture", "culture"),
                            ("repair", "réparation"),
                            ("collective", "action collective"),
                            ("citizen", "projet citoyen"),
                            ("volunteering", "bénévolat"),
                            ("immersion", "immersion"),
                            ("afest", "formation en situation de travail"),
                            ("other", "autre"),
                        ],
                        max_length=12,
                        verbose_name="nature",
                    ),
                ),
                (
                    "frame",
                    models.CharField(
                        choices=[
                            ("open", "activité ouverte"),
                            ("volunteering", "bénévolat"),
                            ("immersion", "immersion (PMSMP)"),
                            ("training", "formation"),
                            ("afest", "AFEST"),
                            ("job", "emploi"),
                        ],
                        default="open",
                        max_length=12,
                        verbose_name="cadre",
                    ),
                ),
                (
                    "theme",
                    rtr.lib.codelists.CodeField(blank=True, max_length=100, verbose_name="thème"),
                ),
                (
                    "service_type",
                    rtr.lib.codelists.CodeField(blank=True, verbose_name="type de service"),
                ),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("fr", "Français"),
                                ("fr-falc", "Français facile"),
                                ("en", "English"),
                                ("ar", "العربية"),
                                ("uk", "Українська"),
                            ],
                            max_length=7,
                        ),
                        default=list,
                        size=None,
                        verbose_name="langues",
                    ),
                ),
                (
                    "accessibility",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="accessibilité",
                    ),
                ),
                (
                    "to_bring",
                    models.CharField(blank=True, max_length=160, verbose_name="à apporter"),
                ),
                (
                    "photo",
                    models.FileField(
                        blank=True,
                        upload_to=journeys.activities.models.public_name,
                        verbose_name="photo",
                    ),
                ),
                (
                    "photo_alt",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="ce que montre la photo"
                    ),
                ),
                (
                    "pictogram",
                    models.CharField(
                        default="calendar-event", max_length=40, verbose_name="pictogramme"
                    ),
                ),
                ("places", models.PositiveSmallIntegerField(default=12, verbose_name="places")),
                (
                    "is_open",
                    models.BooleanField(default=True, verbose_name="ouverte à d’autres publics"),
                ),
                (
                    "published_on",
                    models.DateField(blank=True, null=True, verbose_name="au catalogue depuis le"),
                ),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="arrêtée le")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("version", models.PositiveIntegerField(default=0)),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activities",
                        to="territories.organisation",
                        verbose_name="structure",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territories.place",
                        verbose_name="lieu",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activities",
                        to="territories.territory",
                    ),
                ),
            ],
            options={
                "verbose_name": "activité",
                "ordering": ["title", "pk"],
            },
        ),
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token_sha256", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("read_at", models.DateTimeField(blank=True, null=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calendar_feeds",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "agenda à suivre",
            },
        ),
        migrations.CreateModel(
            name="Series",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rule", models.CharField(max_length=200, verbose_name="répétition")),
                ("starts_on", models.DateField(verbose_name="première séance")),
                ("until_on", models.DateField(verbose_name="dernière séance au plus tard")),
                ("starts_at", models.TimeField(verbose_name="à")),
                ("minutes", models.PositiveSmallIntegerField(verbose_name="durée, en minutes")),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="series",
                        to="journeys.activity",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "série de séances",
            },
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("occurrence_on", models.DateField(blank=True, null=True)),
                ("starts_at", models.DateTimeField(verbose_name="début")),
                ("ends_at", models.DateTimeField(verbose_name="fin")),
                ("places", models.PositiveSmallIntegerField(verbose_name="places")),
                ("remote_link", models.URLField(blank=True, verbose_name="lien à distance")),
                ("said", models.CharField(blank=True, max_length=160, verbose_name="à savoir")),
                (
                    "cancelled_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="annulée le"),
                ),
                (
                    "cancel_reason",
                    models.CharField(blank=True, max_length=120, verbose_name="raison"),
                ),
                (
                    "taken",
                    models.PositiveSmallIntegerField(default=0, verbose_name="places prises"),
                ),
                ("waiting", models.PositiveSmallIntegerField(default=0, verbose_name="en attente")),
                ("last_number", models.PositiveSmallIntegerField(default=0)),
                ("version", models.PositiveIntegerField(default=0)),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sessions",
                        to="journeys.activity",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territories.place",
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="sessions",
                        to="journeys.series",
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
            ],
            options={
                "verbose_name": "séance",
                "ordering": ["starts_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Enrolment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("nickname", models.CharField(max_length=40, verbose_name="surnom")),
                ("number", models.PositiveSmallIntegerField(verbose_name="numéro")),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("takes_part", "participe"),
                            ("helper", "aide"),
                            ("sponsor", "parraine"),
                        ],
                        default="takes_part",
                        max_length=10,
                        verbose_name="prend part",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("enrolled", "inscrit"),
                            ("waiting", "en liste d’attente"),
                            ("cancelled", "désinscrit"),
                        ],
                        default="enrolled",
                        max_length=9,
                        verbose_name="inscription",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("team", "inscrit par l’équipe"),
                            ("portal", "inscrit par la personne"),
                            ("walk_in", "venu sans inscription"),
                            ("card", "carte lue à l’entrée"),
                        ],
                        default="team",
                        max_length=8,
                        verbose_name="comment",
                    ),
                ),
                (
                    "asked_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="demandée le"
                    ),
                ),
                (
                    "attendance",
                    models.CharField(
                        choices=[
                            ("registered", "pas encore noté"),
                            ("present", "présent"),
                            ("absent_excused", "absent, prévenu"),
                            ("absent", "absent"),
                        ],
                        default="registered",
                        max_length=14,
                        verbose_name="présence",
                    ),
                ),
                (
                    "minutes",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="durée, en minutes"
                    ),
                ),
                ("recorded_at", models.DateTimeField(blank=True, null=True)),
                ("client_uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "participant",
                    rtr.postgres.fields.ScopedForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=journeys.activities.models.leave_anonymous,
                        related_name="enrolments",
                        to="journeys.participant",
                    ),
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
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enrolments",
                        to="journeys.session",
                    ),
                ),
            ],
            options={
                "verbose_name": "inscription",
                "ordering": ["session", "number"],
            },
        ),
        migrations.CreateModel(
            name="SessionStaff",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        choices=[("animator", "anime"), ("volunteer", "donne un coup de main")],
                        default="animator",
                        max_length=9,
                        verbose_name="rôle",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="staff",
                        to="journeys.session",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="session_parts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "qui anime",
            },
        ),
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(fields=["territory", "title"], name="activity_list"),
        ),
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(fields=["organisation"], name="activity_by_organisation"),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(("places__gte", 1)),
                name="activity_has_places",
                violation_error_message="Une activité a une place au moins.",
            ),
        ),
        migrations.AddConstraint(
            model_name="series",
            constraint=models.CheckConstraint(
                condition=models.Q(("until_on__gte", models.F("starts_on"))),
                name="series_ends_after_start",
                violation_error_message="La dernière séance vient avant la première.",
            ),
        ),
        migrations.AddIndex(
            model_name="session",
            index=models.Index(fields=["territory", "starts_at"], name="session_calendar"),
        ),
        migrations.AddIndex(
            model_name="session",
            index=models.Index(fields=["activity", "starts_at"], name="session_of_activity"),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                name="session_ends_after_start",
                violation_error_message="La fin vient avant le début.",
            ),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.UniqueConstraint(
                fields=("series", "occurrence_on"), name="session_of_series_once"
            ),
        ),
        migrations.AddIndex(
            model_name="enrolment",
            index=models.Index(fields=["participant", "session"], name="enrolment_of_participant"),
        ),
        migrations.AddIndex(
            model_name="enrolment",
            index=models.Index(
                condition=models.Q(("status", "waiting")),
                fields=["session", "asked_at"],
                name="enrolment_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.UniqueConstraint(
                fields=("session", "number"), name="enrolment_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("participant__isnull", False), models.Q(("status", "cancelled"), _negated=True)
                ),
                fields=("session", "participant"),
                name="enrolment_once",
                violation_error_message="Cette personne est déjà inscrite.",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("attendance", "registered"), ("recorded_at__isnull", False), _connector="OR"
                ),
                name="enrolment_present_is_recorded",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("minutes__isnull", True), ("attendance", "present"), _connector="OR"
                ),
                name="enrolment_minutes_when_present",
                violation_error_message="Une durée se note pour qui était là.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sessionstaff",
            constraint=models.UniqueConstraint(
                fields=("session", "user"), name="session_staff_once"
            ),
        ),
        Wall("enrolment"),
    ]
