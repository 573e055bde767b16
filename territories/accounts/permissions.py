"""May this role do this? The one table of permissions (whether a row is known to someone is
another question, answered by `visible_to`)."""

from territories.accounts.enums import Role

VOLUNTEER = Role.VOLUNTEER
ANIMATOR = Role.ANIMATOR
ACTIVITY_REFERENT = Role.ACTIVITY_REFERENT
REFERENT = Role.REFERENT
COORDINATOR = Role.COORDINATOR
MANAGER = Role.MANAGER
BADGE_STEWARD = Role.BADGE_STEWARD
EVALUATOR = Role.EVALUATOR
PRESCRIBER = Role.PRESCRIBER

PERMISSIONS: dict[str, frozenset[str]] = {
    # Meeting people
    "participants.welcome": frozenset({REFERENT, COORDINATOR, MANAGER}),
    "participants.list": frozenset({ACTIVITY_REFERENT, REFERENT, COORDINATOR, MANAGER}),
    "participants.export": frozenset({COORDINATOR, MANAGER}),
    "outreach.record": frozenset({ANIMATOR, REFERENT, COORDINATOR, MANAGER}),
    "referrals.answer": frozenset({COORDINATOR, MANAGER}),
    "referrals.send": frozenset({PRESCRIBER}),
    # One person met twice, or moving: names are compared across files
    "duplicates.merge": frozenset({COORDINATOR}),
    "transfers.propose": frozenset({COORDINATOR}),
    "transfers.answer": frozenset({COORDINATOR}),
    "participants.search_elsewhere": frozenset({COORDINATOR}),
    # A journey: reading all of a territory, or only those whose team holds the person
    "journeys.read_all": frozenset({COORDINATOR, MANAGER}),
    "journeys.read_own": frozenset({ACTIVITY_REFERENT, REFERENT}),
    "journeys.act": frozenset({REFERENT, COORDINATOR}),
    "journeys.assign": frozenset({COORDINATOR, MANAGER}),
    "journeys.exit": frozenset({REFERENT, COORDINATOR}),
    "journeys.extend": frozenset({COORDINATOR}),
    # Barriers, disability status, resources, notes: the coordinator, and those the person chose
    "categories.read_all": frozenset({COORDINATOR}),
    "contracts.read": frozenset({REFERENT, COORDINATOR, MANAGER}),
    "contracts.prepare": frozenset({REFERENT, COORDINATOR}),
    "contracts.sign": frozenset({REFERENT, COORDINATOR}),
    "contracts.sign_as_coordinator": frozenset({COORDINATOR}),
    # What was sent to whom, and what became of it
    "messages.read": frozenset({COORDINATOR, MANAGER}),
    "messages.decide": frozenset({COORDINATOR}),
    "messages.word": frozenset({MANAGER}),
    # The network: who is part of it, where, with what
    "organisations.read": frozenset({ANIMATOR, ACTIVITY_REFERENT, REFERENT, COORDINATOR, MANAGER}),
    "places.manage": frozenset({COORDINATOR, MANAGER}),
    "territories.read": frozenset({ANIMATOR, ACTIVITY_REFERENT, REFERENT, COORDINATOR, MANAGER}),
    # The offer: all of a territory, or (without `_all`) that of one's own house
    "activities.read": frozenset({ANIMATOR, ACTIVITY_REFERENT, REFERENT, COORDINATOR, MANAGER}),
    "activities.write": frozenset({ANIMATOR, COORDINATOR, MANAGER}),
    "activities.write_all": frozenset({COORDINATOR, MANAGER}),
    # Who is in a session: by nickname and number in its register, by name from the person's file
    "registers.take": frozenset({VOLUNTEER, ANIMATOR, COORDINATOR}),
    "registers.read_all": frozenset({COORDINATOR, MANAGER}),
    "enrolments.manage": frozenset({ACTIVITY_REFERENT, REFERENT, COORDINATOR}),
    "statements.sign": frozenset({REFERENT, COORDINATOR}),
    # What somebody lives, and in which legal frame
    "frames.manage": frozenset({REFERENT, COORDINATOR}),
    "collective.lead": frozenset({ANIMATOR, ACTIVITY_REFERENT, REFERENT, COORDINATOR}),
    "collective.lead_all": frozenset({COORDINATOR}),
    "collective.read_all": frozenset({COORDINATOR, MANAGER}),
    "collective.of_house": frozenset({ANIMATOR}),  # those of one's own house
    "experiences.write": frozenset({ACTIVITY_REFERENT, REFERENT, COORDINATOR}),
    "suggestions.read": frozenset({ACTIVITY_REFERENT, REFERENT, COORDINATOR}),
    "appointments.keep": frozenset({ACTIVITY_REFERENT, REFERENT, COORDINATOR}),
    "aids.request": frozenset({REFERENT, COORDINATOR}),
    "aids.decide": frozenset({COORDINATOR}),
    # What people ask about their own file; to erase it is for the coordination
    "rights.answer": frozenset({REFERENT, COORDINATOR}),
    "rights.erase": frozenset({COORDINATOR}),
    # Badges: those of everybody, beside those of the people whose team one is in
    "badges.read_all": frozenset({BADGE_STEWARD, COORDINATOR, MANAGER}),
    # A badge to those present; an answer to who asks for one
    "badges.award": frozenset({ANIMATOR, ACTIVITY_REFERENT, REFERENT, COORDINATOR}),
    "badges.answer": frozenset({ACTIVITY_REFERENT, REFERENT, COORDINATOR, BADGE_STEWARD}),
    "badges.revoke": frozenset({COORDINATOR, BADGE_STEWARD}),
    # What one's house issues and supports; asking others to support, and saying who they are
    "badges.of_house": frozenset(
        {ANIMATOR, ACTIVITY_REFERENT, REFERENT, COORDINATOR, BADGE_STEWARD, MANAGER}
    ),
    "endorsements.ask": frozenset({REFERENT, COORDINATOR, BADGE_STEWARD, MANAGER}),
    "badges.steward": frozenset({BADGE_STEWARD, MANAGER}),
    "badges.issuers": frozenset({MANAGER}),  # who may issue, and with which keys
    # Figures without names
    "evaluation.read": frozenset({EVALUATOR, MANAGER, COORDINATOR}),
    "programme.manage": frozenset({MANAGER}),
}
