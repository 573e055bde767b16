"""Which changes keep their before and after (auditlog); identities masked, free text left out."""

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
    mask_fields=["first_name", "last_name", "birth_date", "phone", "contact", "guardian"],
)
auditlog.register(Journey, exclude_fields=["version", "last_contact_on"])
auditlog.register(Contract, exclude_fields=["text", "birth_date", "adult_on", "interpreter"])
auditlog.register(EntrySituation, mask_fields=["disability", "resources"])
for model in (Absence, FollowUp, Objective, Outcome, TeamMember):
    auditlog.register(model)
