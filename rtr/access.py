"""What each address needs, by the name of its URL. One not listed here answers 403.

`PUBLIC`: anyone. `SIGNED_IN`: any account. `STAFF`: an account with a role. `PARTICIPANT`: a
participant. Else a permission of territories/accounts/permissions.py, held somewhere; what the
person may do to *this* row is asked again by the view, after `visible_to`.
"""

PUBLIC = "public"
SIGNED_IN = "signed in"
STAFF = "staff"
PARTICIPANT = "participant"

ACCESS: dict[str, str] = {
    "home": SIGNED_IN,
    "switch_place": SIGNED_IN,
    "alive": PUBLIC,
    "ready": PUBLIC,
    # Sign-in
    "account_login": PUBLIC,
    "account_logout": PUBLIC,
    "account_signup": PUBLIC,
    "account_inactive": PUBLIC,
    "account_reset_password": PUBLIC,
    "account_reset_password_done": PUBLIC,
    "account_reset_password_from_key": PUBLIC,
    "account_reset_password_from_key_done": PUBLIC,
    "account_change_password": STAFF,  # a participant has no password
    "account_reauthenticate": STAFF,
    # Arriving: welcome, orientations, presences
    "welcome": "participants.welcome",
    "welcome_undo": "participants.welcome",
    "card": "participants.welcome",
    "call_back": "journeys.act",
    "call_back_undo": "journeys.act",
    "referrals": "referrals.answer",
    "referral_add": "referrals.answer",
    "referral_answer": "referrals.answer",
    "outreach": "outreach.record",
    "outreach_add": "outreach.record",
    "outreach_undo": "outreach.record",
    # Arriving from outside: the public pages, and a prescriber's own
    "refer": PUBLIC,
    "refer_to": PUBLIC,
    "refer_sent": PUBLIC,
    "my_referrals": "referrals.send",
    "my_referral_send": "referrals.send",
    # The day's work, and everyone
    "today": "participants.list",
    "today_group": "participants.list",
    "participants": "participants.list",
    "participants_csv": "participants.export",
    "assign_referent": "journeys.assign",
    # Evaluation
    "evaluation": "evaluation.read",
    "evaluation_csv": "evaluation.read",
    # A person's file: its pages, then its acts
    "journey": "participants.list",
    "journey_team": "participants.list",
    "journey_situation": "participants.list",
    "journey_documents": "participants.list",
    "journey_history": "participants.list",
    "document": "participants.list",
    "phase_change": "journeys.act",
    "pause": "journeys.act",
    "resume": "journeys.act",
    "outcome_record": "journeys.act",
    "outcome_end": "journeys.act",
    "leave": "journeys.exit",
    "come_back": "journeys.act",
    "extend": "journeys.extend",
    "follow_up_record": "journeys.act",
    "undo": "journeys.act",
    "contact_record": "journeys.act",
    "contact_today": "journeys.act",
    "details_correct": "journeys.act",
    "strength_add": "journeys.act",
    "strength_remove": "journeys.act",
    "barriers_set": "journeys.act",
    "situation_answer": "journeys.act",
    "support_add": "journeys.act",
    "support_end": "journeys.act",
    "note_write": "journeys.act",
    "document_add": "journeys.act",
    "member_add": "journeys.assign",
    "member_end": "journeys.assign",
    "member_share": "journeys.act",
    "member_object": "journeys.act",
    # Contracts and objectives
    "contract": "contracts.read",
    "contract_text": "contracts.read",
    "contract_pdf": "contracts.read",
    "contract_entered": "contracts.read",
    "contract_prepare": "contracts.prepare",
    "contract_identity": "contracts.prepare",
    "contract_objectives": "contracts.prepare",
    "contract_terms": "contracts.prepare",
    "contract_freeze": "contracts.prepare",
    "contract_cancel": "contracts.prepare",
    "contract_sign_self": "contracts.sign",
    "contract_sign_hand": "contracts.sign",
    "objective_add": "contracts.prepare",
    "objective_decide": "contracts.prepare",
    "contract_verify": PUBLIC,
    "contract_verify_any": PUBLIC,
    # The participant's portal
    "portal": PARTICIPANT,
    "portal_path": PARTICIPANT,
    "portal_contract": PARTICIPANT,
    "portal_team": PARTICIPANT,
    "portal_object": PARTICIPANT,
    "portal_rights": PARTICIPANT,
    "portal_call_me": PARTICIPANT,
    "portal_call_me_not": PARTICIPANT,
    "portal_leave": PARTICIPANT,
    "portal_enter_help": PUBLIC,
    "portal_enter": PUBLIC,
    "portal_link_give": "journeys.act",
}
