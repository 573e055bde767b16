"""May this role do this? The one table of permissions (whether a row is known to someone is
another question, answered by `visible_to`)."""

from territories.accounts.enums import Role

ANIMATOR = Role.ANIMATOR
ACTIVITY_REFERENT = Role.ACTIVITY_REFERENT
REFERENT = Role.REFERENT
COORDINATOR = Role.COORDINATOR
MANAGER = Role.MANAGER
EVALUATOR = Role.EVALUATOR

PERMISSIONS: dict[str, frozenset[str]] = {
    # Meeting people
    "participants.welcome": frozenset({REFERENT, COORDINATOR, MANAGER}),
    "participants.list": frozenset({ACTIVITY_REFERENT, REFERENT, COORDINATOR, MANAGER}),
    "participants.export": frozenset({COORDINATOR, MANAGER}),
    "outreach.record": frozenset({ANIMATOR, REFERENT, COORDINATOR, MANAGER}),
    "referrals.answer": frozenset({COORDINATOR, MANAGER}),
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
    # Figures without names
    "evaluation.read": frozenset({EVALUATOR, MANAGER, COORDINATOR}),
    "programme.manage": frozenset({MANAGER}),
}
