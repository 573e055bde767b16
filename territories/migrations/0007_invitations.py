"""Accounts given by mail, with an end."""

from django.db import migrations, models


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
    ]
