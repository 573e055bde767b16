from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False  # the index is built while people write
    dependencies = [("territories", "0003_changes_of_a_person")]
    operations = [
        AddIndexConcurrently(
            "logentry",
            models.Index(fields=["participant_id"], name="changes_by_participant"),
        ),
    ]
