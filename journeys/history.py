"""Which changes keep their before and after (auditlog); identities and free text masked."""

from auditlog.registry import auditlog

from journeys.models import (
    Absence,
    Contract,
    EntrySituation,
    FollowUp,
    Journey,
    Objective,
    Outcome,
    Participant,
    TeamMember,
)

auditlog.register(
    Participant,
    exclude_fields=["search_name"],
    mask_fields=[
        "nickname",
        "contact",
        "first_name",
        "last_name",
        "birth_date",
        "phone",
        "guardian",
        "guardian_phone",
        "guardian_email",
    ],
)
auditlog.register(Journey, exclude_fields=["version", "last_contact_on"])
auditlog.register(
    Contract,
    exclude_fields=["text", "birth_date", "adult_on"],
    mask_fields=["interpreter", "read_aloud_by", "refusal_word"],
)
auditlog.register(EntrySituation, mask_fields=["disability", "resources", "publics"])
auditlog.register(Objective, mask_fields=["wording", "decision_reason", "present"])
auditlog.register(Outcome, mask_fields=["host"])
auditlog.register(TeamMember, mask_fields=["reason"])
for model in (Absence, FollowUp):
    auditlog.register(model)
