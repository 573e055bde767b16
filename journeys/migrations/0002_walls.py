"""The second wall around every table about people (parents first), and append-only tables."""

from django.db import migrations

from rtr.postgres.operations import AppendOnly, Wall

SCOPED = [
    "participant",
    "journey",
    "word",
    "personlink",
    "outreach",
    "referral",
    "othersupport",
    "purgedcount",
    "document",
    "periodentry",
    "phasechange",
    "absence",
    "outcome",
    "followup",
    "extension",
    "contact",
    "teammember",
    "share",
    "strength",
    "barrier",
    "entrysituation",
    "note",
    "contract",
    "signature",
    "objective",
    "portallink",
]


class Migration(migrations.Migration):
    dependencies = [("journeys", "0001_tables"), ("territories", "0002_walls")]
    operations = [
        *[Wall(model) for model in SCOPED],
        AppendOnly("phasechange"),
        AppendOnly("signature"),
    ]
