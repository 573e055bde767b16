"""What somebody lived, and what they say of it."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import journeys.documents.models
import rtr.postgres.fields
from django.conf import settings
from django.db import migrations, models

from rtr.postgres.operations import Wall


class Migration(migrations.Migration):
    dependencies = [
        ("journeys", "0013_collective"),
        ("territories", "0007_invitations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Experience",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                ("title", models.CharField(max_length=80, verbose_name="ce que j’ai fait")),
                ("where", models.CharField(blank=True, max_length=120, verbose_name="où")),
                ("is_elsewhere", models.BooleanField(default=False)),
                ("from_on", models.DateField(verbose_name="depuis le")),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="jusqu’au")),
                ("draft", models.JSONField(blank=True, default=dict)),
                (
                    "activity",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="experiences",
                        to="journeys.activity",
                    ),
                ),
                (
                    "immersion",
                    rtr.postgres.fields.ScopedForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="experiences",
                        to="journeys.immersion",
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
            ],
            options={
                "verbose_name": "expérience vécue",
                "ordering": ["-from_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Reflection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "did",
                    models.CharField(blank=True, max_length=500, verbose_name="ce que j’ai fait"),
                ),
                (
                    "liked",
                    models.CharField(blank=True, max_length=500, verbose_name="ce que j’ai aimé"),
                ),
                (
                    "learnt",
                    models.CharField(blank=True, max_length=500, verbose_name="ce que j’ai appris"),
                ),
                ("follows", models.CharField(blank=True, max_length=500, verbose_name="la suite")),
                (
                    "voice",
                    models.FileField(blank=True, upload_to=journeys.documents.models.private_name),
                ),
                ("voice_seconds", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "photo",
                    models.FileField(blank=True, upload_to=journeys.documents.models.private_name),
                ),
                (
                    "teller",
                    models.CharField(
                        choices=[
                            ("person", "la personne elle-même"),
                            ("referent", "le référent a tenu le stylo"),
                        ],
                        max_length=8,
                        verbose_name="écrit par",
                    ),
                ),
                (
                    "told_on",
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
                    "skills",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "own_words",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "badge_asked_on",
                    models.DateField(blank=True, null=True, verbose_name="badge souhaité le"),
                ),
                ("discussed_on", models.DateField(blank=True, null=True, verbose_name="parlé le")),
                (
                    "discussed_with",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="avec",
                    ),
                ),
                (
                    "next_step",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="ce qui vient ensuite"
                    ),
                ),
                ("client_uuid", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "experience",
                    rtr.postgres.fields.ScopedForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reflections",
                        to="journeys.experience",
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
                    "written_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "réflexivité",
                "ordering": ["-told_on", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("voice", ""), _negated=True),
                        fields=["voice"],
                        name="reflection_by_voice",
                    ),
                    models.Index(
                        condition=models.Q(("photo", ""), _negated=True),
                        fields=["photo"],
                        name="reflection_by_photo",
                    ),
                    models.Index(
                        condition=models.Q(("discussed_on__isnull", True)),
                        fields=["journey"],
                        name="reflection_to_discuss",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="experience",
            constraint=models.UniqueConstraint(
                condition=models.Q(("activity__isnull", False)),
                fields=("journey", "activity"),
                name="experience_of_activity_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="experience",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until_on__isnull", True),
                    ("until_on__gte", models.F("from_on")),
                    _connector="OR",
                ),
                name="experience_ends_after_start",
                violation_error_message="La fin vient avant le début.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reflection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("discussed_on__isnull", True), ("discussed_with__isnull", True)),
                    models.Q(("discussed_on__isnull", False), ("discussed_with__isnull", False)),
                    _connector="OR",
                ),
                name="reflection_discussed_with_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="reflection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("did", ""),
                    ("follows", ""),
                    ("learnt", ""),
                    ("liked", ""),
                    ("photo", ""),
                    ("voice", ""),
                    _negated=True,
                ),
                name="reflection_says_something",
                violation_error_message="Dites quelque chose : un mot, une photo, votre voix.",
            ),
        ),
        migrations.AddConstraint(
            model_name="experience",
            constraint=models.UniqueConstraint(
                condition=models.Q(("immersion__isnull", False)),
                fields=("journey", "immersion"),
                name="experience_of_immersion_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="reflection",
            constraint=models.UniqueConstraint(
                fields=("journey", "client_uuid"), name="reflection_sent_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="reflection",
            constraint=models.CheckConstraint(
                condition=models.Q(("reader", "me"), ("teller", "referent"), _negated=True),
                name="reflection_pen_is_read",
                violation_error_message=("Qui tient le stylo lit aussi : choisissez qui lit."),
            ),
        ),
        Wall("experience"),
        Wall("reflection"),
    ]
