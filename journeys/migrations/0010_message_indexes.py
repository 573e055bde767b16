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
        AddIndexConcurrently(
            model_name="outboundmessage",
            index=models.Index(fields=["to", "-id"], name="message_by_address"),
        ),
        AddIndexConcurrently(
            model_name="outboundmessage",
            index=models.Index(
                condition=models.Q(
                    models.Q(
                        ("status__in", ["uncertain", "failed"]),
                        ("delivery", "undelivered"),
                        _connector="OR",
                    ),
                    ("read_at__isnull", True),
                ),
                fields=["territory"],
                name="message_in_trouble",
            ),
        ),
        AddIndexConcurrently(
            model_name="signature",
            index=models.Index(fields=["link"], name="signature_by_link"),
        ),
        AddIndexConcurrently(
            model_name="signedtext",
            index=models.Index(fields=["original"], name="signed_text_of"),
        ),
        AddIndexConcurrently(
            model_name="referral",
            index=models.Index(
                condition=models.Q(("organisation__isnull", False)),
                fields=["organisation", "territory"],
                name="referral_by_organisation",
            ),
        ),
        AddIndexConcurrently(
            model_name="participant",
            index=models.Index(
                condition=models.Q(("birth_date__isnull", False)),
                fields=["territory", "birth_date"],
                name="participant_by_birth_date",
            ),
        ),
        AddIndexConcurrently(
            model_name="participant",
            index=models.Index(
                condition=models.Q(("merged_into__isnull", False)),
                fields=["merged_into"],
                name="participant_absorbed",
            ),
        ),
        AddIndexConcurrently(
            model_name="document",
            index=models.Index(
                condition=models.Q(("file", ""), _negated=True),
                fields=["file"],
                name="document_by_file",
            ),
        ),
        AddIndexConcurrently(
            model_name="document",
            index=models.Index(
                condition=models.Q(("removed_by__isnull", False)),
                fields=["removed_by", "removed_at"],
                name="document_removed",
            ),
        ),
        AddIndexConcurrently(
            model_name="filetoerase",
            index=models.Index(
                condition=models.Q(("status__in", ["due", "leased"])),
                fields=["due_at"],
                name="filetoerase_due",
            ),
        ),
    ]
