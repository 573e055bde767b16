"""Indexes of a table in use, made while it is used."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("journeys", "0009_duplicates_and_transfers")]

    operations = [
        AddIndexConcurrently(
            model_name="outboundmessage",
            index=models.Index(fields=["territory", "-written_at"], name="message_by_territory"),
        ),
        AddIndexConcurrently(
            model_name="outboundmessage",
            index=models.Index(fields=["participant"], name="message_by_participant"),
        ),
        AddIndexConcurrently(
            model_name="outboundmessage",
            index=models.Index(
                condition=models.Q(("receipt", ""), _negated=True),
                fields=["receipt"],
                name="message_by_receipt",
            ),
        ),
    ]
