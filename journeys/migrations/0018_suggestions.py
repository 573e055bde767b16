"""What somebody does not wish to be suggested."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import rtr.postgres.fields
from rtr.postgres.operations import Wall


class Migration(migrations.Migration):
    dependencies = [
        ("journeys", "0017_aids"),
        ("territories", "0007_invitations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="NotForMe",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "on",
                    models.DateField(
                        default=django.utils.timezone.localdate, verbose_name="dit le"
                    ),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="journeys.activity",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "journey",
                    rtr.postgres.fields.ScopedForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="not_for_me",
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
            ],
            options={
                "verbose_name": "activité qui n’est pas pour la personne",
                "ordering": ["-on", "-pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="notforme",
            constraint=models.UniqueConstraint(
                fields=("journey", "activity"), name="not_for_me_once"
            ),
        ),
        Wall("notforme"),
    ]
