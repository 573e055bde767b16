"""Badges asked, proposed, given at a session; whom of the engine's recipients a person is."""

import datetime

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import rtr.postgres.fields
import uuid
from django.conf import settings
from django.db import migrations, models

from rtr import scope
from rtr.postgres.operations import Wall


def wishes_asked(apps, schema_editor):
    """« Je voudrais un badge », said of what was lived, is a request from now on."""
    at = datetime.time(12, tzinfo=datetime.UTC)
    with scope.everything("data migration: badges wished"):
        wished = apps.get_model("journeys", "Reflection").objects.exclude(badge_asked_on=None)
        Recognition = apps.get_model("journeys", "Recognition")  # noqa: N806
        Recognition.objects.bulk_create(
            [
                Recognition(
                    territory_id=told.territory_id,
                    journey_id=told.journey_id,
                    started_by="participant",
                    started_at=datetime.datetime.combine(told.badge_asked_on, at),
                    asked_for=told.experience.title,
                    experience_id=told.experience_id,
                    reflection_id=told.pk,
                )
                for told in wished.select_related("experience").order_by("pk")
            ],
            batch_size=1000,
        )


class Migration(migrations.Migration):
    dependencies = [
        ("badges", "0002_engine"),
        ("journeys", "0020_consents"),
        ("territories", "0007_invitations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="objective",
            name="is_by_badge",
            field=models.BooleanField(db_default=False, default=False, verbose_name="par un badge"),
        ),
        migrations.CreateModel(
            name="Holder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "participant",
                    rtr.postgres.fields.ScopedOneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="holder",
                        to="journeys.participant",
                    ),
                ),
                (
                    "recipient",
                    rtr.postgres.fields.ScopedOneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="holder",
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
                "verbose_name": "détenteur de badges",
            },
        ),
        migrations.CreateModel(
            name="SessionAward",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "numbers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(),
                        size=None,
                        verbose_name="numéros",
                    ),
                ),
                ("reason", models.CharField(max_length=500, verbose_name="pourquoi")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="le")),
                ("client_uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "issuer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="badges.issuer",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="awards",
                        to="journeys.session",
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
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="badges.achievementversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "badge d’une séance",
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Recognition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "asked_for",
                    models.CharField(
                        blank=True,
                        max_length=120,
                        verbose_name="ce que je voudrais faire reconnaître",
                    ),
                ),
                (
                    "started_by",
                    models.CharField(
                        choices=[
                            ("participant", "la personne"),
                            ("referent", "l’équipe"),
                            ("organisation", "une structure, après une séance"),
                            ("scan", "la personne, sur place"),
                        ],
                        max_length=12,
                        verbose_name="demandé par",
                    ),
                ),
                (
                    "started_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="demandé le"
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=500, verbose_name="mes mots")),
                (
                    "reason",
                    models.CharField(blank=True, max_length=500, verbose_name="pourquoi ce badge"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Demandé"),
                            ("more", "À compléter"),
                            ("accepted", "Délivré"),
                            ("declined", "Pas cette fois"),
                            ("withdrawn", "Retiré par la personne"),
                        ],
                        default="asked",
                        max_length=9,
                        verbose_name="état",
                    ),
                ),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="répondu le"),
                ),
                ("answer", models.CharField(blank=True, max_length=300, verbose_name="réponse")),
                ("client_uuid", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "achievement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recognitions",
                        to="badges.achievement",
                        verbose_name="badge",
                    ),
                ),
                (
                    "credential",
                    rtr.postgres.fields.ScopedOneToOneField(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="recognition",
                        to="badges.credential",
                    ),
                ),
                (
                    "experience",
                    rtr.postgres.fields.ScopedForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="recognitions",
                        to="journeys.experience",
                    ),
                ),
                (
                    "journey",
                    rtr.postgres.fields.ScopedForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recognitions",
                        to="journeys.journey",
                    ),
                ),
                (
                    "objective",
                    rtr.postgres.fields.ScopedForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="recognitions",
                        to="journeys.objective",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territories.organisation",
                        verbose_name="structure qui reconnaît",
                    ),
                ),
                (
                    "reflection",
                    rtr.postgres.fields.ScopedForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="recognitions",
                        to="journeys.reflection",
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recognitions",
                        to="journeys.session",
                    ),
                ),
                (
                    "starter",
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
                    "award",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recognitions",
                        to="journeys.sessionaward",
                    ),
                ),
            ],
            options={
                "verbose_name": "demande de badge",
                "verbose_name_plural": "demandes de badges",
                "ordering": ["-started_at", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "asked")),
                        fields=["territory", "started_at"],
                        name="recognition_to_answer",
                    ),
                    models.Index(
                        condition=models.Q(("award__isnull", False)),
                        fields=["award"],
                        name="recognition_of_award",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("journey", "client_uuid"), name="recognition_sent_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["asked", "more"])),
                        fields=("journey", "experience", "achievement"),
                        name="recognition_asked_once",
                        violation_error_message="Ce badge est déjà demandé : il attend une réponse.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("achievement__isnull", False),
                            models.Q(("asked_for", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="recognition_names_something",
                        violation_error_message="Choisissez un badge, ou dites ce qui est à reconnaître.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["more", "declined"]), _negated=True),
                            models.Q(
                                ("answered_at__isnull", False),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="recognition_answer_says",
                        violation_error_message="Dites pourquoi, avec vos mots.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "accepted"), _negated=True),
                            models.Q(
                                ("achievement__isnull", False), ("answered_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="recognition_accepted_names_a_badge",
                        violation_error_message="Choisissez le badge.",
                    ),
                ],
            },
        ),
        Wall("holder"),
        Wall("recognition"),
        migrations.RunPython(wishes_asked, migrations.RunPython.noop, elidable=True),
    ]
