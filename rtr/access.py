"""What each address needs, by the name of its URL. One not listed here answers 403.

`PUBLIC`: anyone. `SIGNED_IN`: any account. `PARTICIPANT`: a participant. Else a permission of
territories/accounts/permissions.py, held somewhere; what the person may do to *this* row is asked
again by the view, after `visible_to`.
"""

PUBLIC = "public"
SIGNED_IN = "signed in"
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
    "account_change_password": SIGNED_IN,
    "account_reauthenticate": SIGNED_IN,
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
    # Evaluation
    "evaluation": "evaluation.read",
    "evaluation_csv": "evaluation.read",
}
