"""Who may open what: the answers expected from every address, written by hand.

Nothing here comes from rtr/access.py, permissions.py or `visible_to`: it is what docs and domain
say, so that the code can be compared with it. An address missing here fails the proof. The later
chapters have each their file in parts/: what they know of, their addresses, their rows.
"""

from tests.security.answers import (
    COORD,
    EVERYONE,
    FIGURES,
    KNOWN,
    LEADERS,
    MAN,
    NETWORK,
    ONLY_COORD,
    ONLY_MAN,
    ONLY_PART,
    PRE,
    PRESENCES,
    READ_ANSWERS,
    READERS,
    STAFF,
    TEAM,
    WELCOME,
    Address,
    Public,
    act,
    only_post,
    page,
)
from tests.security.parts import PARTS

ADDRESSES: dict[str, Address | Public] = {
    # The house
    # A role has no page yet: it is told so, where the others are sent to their first one
    "home": Address(EVERYONE, get=302, post=302),
    "switch_place": Address(EVERYONE, get=302, post=302),
    "alive": Public((200, 200), (200, 200)),
    "ready": Public((200, 200), (200, 200)),
    # Signing in: whoever is in already is sent home
    "account_login": Public((200, 200), (302, 302)),
    "account_logout": Public((302, 302), (200, 302)),
    "account_signup": Public((200, 200), (302, 302)),
    "account_inactive": Public((200, 405), (200, 405)),
    "account_reset_password": Public((200, 200), (200, 200)),
    "account_reset_password_done": Public((200, 405), (200, 405)),
    "account_reset_password_from_key": Public((200, 200), (200, 200)),
    "account_reset_password_from_key_done": Public((200, 405), (200, 405)),
    "account_request_login_code": Public((200, 200), (302, 302)),
    "account_confirm_login_code": Public((302, 302), (302, 302)),  # no code was asked for
    "mfa_login_webauthn": Public((302, 302), (302, 302)),
    "mfa_authenticate": Public((302, 302), (302, 302)),  # no password was given
    "account_confirm_email": Public((200, 404), (200, 404)),
    "invitation": Public((404, 404), (404, 404)),
    # One's own account. What changes how one signs in asks first who is there (302).
    "my_account": Address(STAFF),
    "my_name": Address(STAFF, post=422),
    "my_sessions": Address(STAFF, post=302),
    "my_session_end": only_post(STAFF, "session", "session"),
    "account_email": Address(STAFF, post=302),
    "account_change_password": Address(STAFF),
    "account_set_password": Address(STAFF, get=302, post=302),  # there is one already
    "account_reauthenticate": Address(STAFF),
    "account_request_reauthentication_code": Address(STAFF, get=302, post=302),
    "account_confirm_reauthentication_code": Address(STAFF, get=302, post=302),
    "mfa_reauthenticate": Address(STAFF, get=302, post=302),
    "mfa_reauthenticate_webauthn": Address(STAFF, get=302, post=302),
    "mfa_index": Address(STAFF, post=405),
    "mfa_activate_totp": Address(STAFF, get=302, post=302),
    "mfa_deactivate_totp": Address(STAFF, get=404, post=404),  # there is none
    "mfa_view_recovery_codes": Address(STAFF, get=404, post=405),
    "mfa_generate_recovery_codes": Address(STAFF, get=302, post=302),
    "mfa_download_recovery_codes": Address(STAFF, get=404, post=404),
    "mfa_list_webauthn": Address(STAFF, get=302, post=302),
    "mfa_add_webauthn": Address(STAFF, get=302, post=302),
    "mfa_edit_webauthn": Address(STAFF, "", ("key",), get=302, post=302),
    "mfa_remove_webauthn": Address(STAFF, "", ("key",), get=302, post=302),
    # The accounts of a programme
    "accounts": Address(ONLY_MAN),
    "invite": Address(ONLY_MAN, post=422),
    "account": Address(ONLY_MAN, "account", ("account",)),
    "role_add": Address(ONLY_MAN, "account", ("account",), post=422),
    "role_extend": Address(ONLY_MAN, "account", ("role",), post=422),
    "role_end": Address(ONLY_MAN, "account", ("role",), post=422),
    "account_close": Address(ONLY_MAN, "account", ("account",), post=302),
    "second_factor_reset": Address(ONLY_MAN, "account", ("account",), post=302),
    "invitation_resend": only_post(ONLY_MAN, "account", "invitation"),
    "invitation_cancel": Address(ONLY_MAN, "account", ("invitation",), post=302),
    # Arriving
    "welcome": Address(WELCOME, post=422),
    "card": Address(WELCOME, "participant", ("participant",)),
    "welcome_undo": only_post(WELCOME, "journey", "participant"),
    "call_back": only_post(TEAM, "journey", "participant"),
    "call_back_undo": only_post(TEAM, "journey", "participant"),
    "referrals": Address(LEADERS),
    "referral_add": Address(LEADERS, post=422),
    "referral_answer": Address(LEADERS, "referral", ("referral",), post=422),
    "outreach": Address(PRESENCES),
    "outreach_add": Address(PRESENCES, post=422),
    "outreach_undo": only_post(PRESENCES, "outreach", "outreach"),
    # Arriving from outside: the public pages of a territory; a prescriber's own
    "refer": Public((200, 200), (200, 200)),
    "refer_to": Public((200, 422), (200, 422)),
    "refer_sent": Public((302, 302), (302, 302)),  # this browser sent nothing
    "my_referrals": Address(frozenset({PRE})),
    "my_referral_send": Address(frozenset({PRE}), post=422),
    # The network: bodies by who manages a programme, places by who coordinates there
    "organisations": Address(NETWORK),
    "organisation": Address(NETWORK, "organisation", ("house",)),
    "organisation_add": Address(ONLY_MAN, post=422),
    "organisation_edit": Address(ONLY_MAN, "organisation", ("house",), post=422),
    "organisation_close": Address(ONLY_MAN, "organisation", ("house",), post=422),
    "organisation_reopen": Address(ONLY_MAN, "organisation", ("house",), post=302),
    "organisation_remove": Address(ONLY_MAN, "organisation", ("house",), post=422),  # has served
    "consortium_add": Address(ONLY_MAN, "organisation", ("house",), post=422),
    "consortium_change": Address(ONLY_MAN, "organisation", ("part",), post=422),
    "consortium_end": Address(ONLY_MAN, "organisation", ("part",), post=422),
    "places": Address(NETWORK),
    "place": Address(NETWORK, "place", ("room",)),
    "place_add": Address(LEADERS, post=422),
    "place_edit": Address(LEADERS, "place", ("room",), post=422),
    "place_close": Address(LEADERS, "place", ("room",), post=422),
    "place_reopen": Address(LEADERS, "place", ("room",), post=302),
    "place_remove": Address(LEADERS, "place", ("room",), post=422),  # its machine was used
    "equipment_add": Address(LEADERS, "place", ("room",), post=422),
    "equipment_edit": Address(LEADERS, "place", ("tool",), post=422),
    "equipment_withdraw": only_post(LEADERS, "place", "tool"),
    "network_undo": only_post(LEADERS, ""),
    # The day's work, and everyone
    "today": Address(READERS),
    "today_group": Address(READERS),
    "participants": Address(READERS),
    "participants_csv": Address(LEADERS),
    "assign_referent": Address(LEADERS, get=302, post=302),
    # Messages: read by those who lead, decided of by the coordination, worded by the management
    "messages": Address(LEADERS),
    "messages_inbox": Address(LEADERS),
    "message": Address(LEADERS, "message", ("message",)),
    "message_decide": Address(frozenset({COORD}), "message", ("message",), post=422),
    "answer_read": only_post(frozenset({COORD}), "message", "inbound"),
    "message_templates": Address(frozenset({MAN})),
    "message_template": Address(frozenset({MAN}), post=422),
    "message_template_reset": only_post(frozenset({MAN}), ""),
    # What providers tell: signed, or at an address that holds a secret
    "messages_told": Public((405, 401), (405, 401)),
    "provider_told": Public((404, 404), (404, 404)),  # no such provider
    # The programme: its territories, and what a manager sets
    "programme": Address(ONLY_MAN),
    "territories": Address(NETWORK),
    "territory": Address(NETWORK, "territory", ("home",)),
    "territory_open": Address(ONLY_MAN, post=422),
    "territory_edit": Address(ONLY_MAN, "territory", ("home",), post=422),
    "quarters": Address(ONLY_MAN, "territory", ("home",)),
    "quarter_add": Address(ONLY_MAN, "territory", ("home",), post=422),
    "quarter": Address(ONLY_MAN, "territory", ("home", "commune"), post=422),
    "quarter_remove": Address(ONLY_MAN, "territory", ("home", "commune"), post=302),
    "quarters_import": Address(ONLY_MAN, post=422),
    "context_add": Address(ONLY_MAN, "territory", ("home",), post=422),
    "context_edit": Address(ONLY_MAN, "territory", ("home", "figure"), post=422),
    "context_remove": Address(ONLY_MAN, "territory", ("home", "figure"), post=302),
    "context_undo": Address(ONLY_MAN, get=405, post=404),  # a word nobody signed
    "context_import": Address(ONLY_MAN, post=422),
    "programme_settings": Address(ONLY_MAN),
    "programme_setting": Address(ONLY_MAN, post=422),
    "programme_setting_undo": only_post(ONLY_MAN, "programme", "change"),
    "programme_history": Address(ONLY_MAN),
    "periods": Address(ONLY_MAN, post=302),  # an empty grid changes nothing
    "period_add": Address(ONLY_MAN, post=422),
    "period": Address(ONLY_MAN, "programme", ("wave",), post=422),
    "period_close": Address(ONLY_MAN, "programme", ("wave",), post=422),
    "period_remove": Address(ONLY_MAN, "programme", ("wave",), post=302),
    # Evaluation: figures, no file
    "evaluation": Address(FIGURES),
    "evaluation_csv": Address(FIGURES),
    # Somebody's file. What the person answered is closed to a reference of activity.
    "journey": page(),
    "journey_team": page(),
    "journey_history": page(),
    "journey_situation": page(READ_ANSWERS, door=READERS),
    "journey_documents": page(READ_ANSWERS, door=READERS),
    "document": Address(READ_ANSWERS, "document", ("document",), door=READERS),
    # Acts on the path
    "phase_change": act(),
    "pause": act(),
    "resume": act(),
    "outcome_record": act(),
    "outcome_end": act(TEAM, "outcome"),
    "leave": act(),
    "come_back": act(),
    "extend": act(frozenset({COORD})),
    "follow_up_record": act(TEAM, "follow_up"),
    "follow_up_give_up": act(TEAM, "follow_up"),
    "follow_up_answer": Public((404, 404), (404, 404)),  # a link that is not known
    "undo": only_post(TEAM, "journey", "journey", "model", "contact"),
    "contact_record": act(),
    "contact_today": only_post(TEAM, "journey", "journey"),
    "details_correct": act(),
    # What the person tells
    "strength_add": act(),
    "strength_remove": act(TEAM, "strength", post=409),
    "barriers_set": act(frozenset({COORD}), door=TEAM, post=409),  # shared by category
    "situation_answer": act(post=409),
    "support_add": act(),
    "support_end": act(TEAM, "support"),
    "note_write": act(),
    "document_add": act(),
    "paper_add": act(),
    "document_replace": act(TEAM, "document"),
    "document_rename": act(TEAM, "document", post=302),
    "document_remove": act(TEAM, "document"),
    "document_restore": only_post(TEAM, "journey", "journey", "removed"),  # taken away by another
    "exit_prove": act(TEAM, "exit"),
    "outcome_prove": act(TEAM, "outcome"),
    # The team
    "member_add": act(LEADERS),
    "member_end": act(LEADERS, "member", post=409),
    "member_share": act(TEAM, "member", post=409),
    "member_object": act(TEAM, "member", post=302),
    # Contract
    "contract": page(READ_ANSWERS),
    "contract_text": page(READ_ANSWERS),
    "contract_pdf": page(READ_ANSWERS),
    "contract_entered": page(READ_ANSWERS),
    "contract_prepare": act(get=302, post=409),  # one is prepared already
    "contract_identity": act(post=409),
    "contract_objectives": act(post=409),
    "contract_terms": act(),
    "contract_freeze": act(post=409),
    "contract_cancel": act(post=409),
    "contract_sign_self": act(get=302, post=302),  # nothing is frozen yet
    "contract_sign_hand": act(get=302, post=302),
    "objective_add": act(),
    "objective_decide": act(TEAM, "objective"),
    "objective_accept": only_post(TEAM, "journey", "journey", "proposed"),
    "objective_link": only_post(TEAM, "journey", "journey", "proposed"),
    "contract_link": act(get=302, post=302),  # nothing is frozen yet
    "contract_reached": act(post=409),
    "contract_wordings": Address(frozenset({MAN}), post=302),
    # A link that is not known; one of the team is told that it is not theirs
    **dict.fromkeys(
        ("sign_door", "sign_read", "sign_code", "sign_refuse", "sign_pdf"),
        Public((404, 404), (403, 403), of_participant=(404, 404)),
    ),
    **dict.fromkeys(
        ("sign_talk", "sign_agree", "sign_send", "sign_again"),
        Public((405, 404), (405, 403), of_participant=(405, 404)),
    ),
    "contract_verify": Public((404, 404), (404, 404)),
    "contract_verify_any": Public((200, 200), (200, 200)),
    # The person's own pages
    "portal": Address(ONLY_PART),
    "portal_path": Address(ONLY_PART),
    "portal_contract": Address(ONLY_PART),
    "portal_contract_pdf": Address(ONLY_PART),
    "portal_sign_send": only_post(ONLY_PART, ""),  # the contract is in force: back to it
    "portal_sign_code": Address(ONLY_PART, get=302, post=302),
    "portal_sign_refuse": Address(ONLY_PART, get=302, post=302),
    "portal_objective_propose": Address(ONLY_PART, post=422),
    "portal_objective_agree": only_post(ONLY_PART, "own", "proposed"),
    "portal_team": Address(ONLY_PART),
    "portal_object": Address(ONLY_PART, "own", ("member",), post=302),
    "portal_rights": Address(ONLY_PART),
    "portal_papers": Address(ONLY_PART),
    "portal_paper_add": Address(ONLY_PART, post=422),
    "portal_paper": Address(ONLY_PART, "own", ("paper",)),
    "portal_paper_remove": Address(ONLY_PART, "own", ("paper",), post=302),
    "portal_call_me": only_post(ONLY_PART, ""),
    "portal_call_me_not": only_post(ONLY_PART, ""),
    "portal_leave": only_post(ONLY_PART, ""),
    # A link that is not known; one of the team is told that it is not theirs
    "portal_enter": Public((404, 404), (403, 403), of_participant=(404, 302)),
    "portal_link_give": act(post=200),  # the link is shown once
    # Two files of one person; a file that changes territory; known elsewhere?
    "duplicates": Address(ONLY_COORD),
    "merge": act(ONLY_COORD),
    "person_link": act(ONLY_COORD),
    "merge_undo": Address(ONLY_COORD, "merge", ("merge",), post=422),
    "kept_apart": Address(ONLY_COORD, "journey", ("journey",), get=405, post=404),
    "kept_apart_undo": only_post(ONLY_COORD, "kept apart", "kept_apart"),
    "transfers": Address(ONLY_COORD),
    "transfer_propose": act(ONLY_COORD),
    "transfer_answer": Address(ONLY_COORD, "transfer", ("transfer",), post=422),
    "transfer_withdraw": only_post(ONLY_COORD, "transfer", "transfer"),
    "search_elsewhere": Address(ONLY_COORD, post=422),
}


# -- Whose words each role may read ---------------------------------------------------------------

FILE = "nickname identity contact path answers own"
MAY_READ: dict[str, dict[str, str]] = {
    "anonymous": {},
    "prescriber": {"near": "referral"},  # sent by the same structure
    "participant": {"mine": f"{FILE} notes told shared kept asked"},
    "volunteer": {"mine": "nickname"},  # in the register of the session they help with today
    # Whom a request is of, and its words
    "badge_steward": dict.fromkeys(("mine", "near", "aside"), "nickname asked"),
    "evaluator": {},
    "animator": {"aside": "outreach"},
    # Whose badge their house is asked for
    "activity_referent": {"mine": "nickname path shared asked", "aside": "nickname"},
    "referent": {"mine": f"{FILE} outreach message told shared asked", "near": "nickname outreach"},
    "coordinator": dict.fromkeys(
        ("mine", "near", "aside", "orne"), f"{FILE} notes outreach referral message asked"
    ),
    "manager": dict.fromkeys(
        ("mine", "near", "aside", "orne"), f"{FILE} outreach referral account message asked"
    ),
}

for part in PARTS:
    KNOWN.update(part.KNOWN)
    ADDRESSES.update(part.ADDRESSES)
