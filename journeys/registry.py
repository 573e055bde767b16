"""The register of personal data: why each column is kept, who reads it, until when.

Source: GDPR, article 30 (purposes, categories, recipients, time limits). The bases and the time
limits are those of docs; the data protection officer of a programme confirms them.
A column that is not declared here fails tests/test_house_rules.py.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

TASK = _("mission d’intérêt public")
CONTRACT = _("contrat d’accompagnement")
CONSENT = _("accord de la personne, retirable")
DUTY = _("obligation légale")

TEAM = _("l’équipe du parcours, la coordination, la gestion du programme")
REFERENTS = _("les référents du parcours, la coordination, la gestion du programme")
AGREED = _("la coordination, et ceux que la personne a choisis")
COORDINATION = _("la coordination et la gestion du programme")
NOBODY = _("personne : la plateforme seule")

FILE = _("deux ans après le dernier contact ; 90 jours après la dernière venue sans contrat")
IDENTITY = _("comme le dossier ; 30 jours sans signature du contrat")


@dataclass(frozen=True)
class Kept:
    """A class of data: what it is, why it is kept, on which basis, for whom, until when."""

    what: str
    why: str
    basis: str
    readers: str
    until: str


CODE = Kept(_("code et surnom"), _("reconnaître la personne sans l’identifier"), TASK, TEAM, FILE)
CALL = Kept(
    _("moyen de rappeler, langue"),
    _("rappeler qui l’a demandé, dans sa langue"),
    CONSENT,
    REFERENTS,
    FILE,
)
WHO = Kept(_("identité"), _("signer le contrat, rendre compte"), CONTRACT, REFERENTS, IDENTITY)
FOUND = Kept(_("mots de recherche"), _("retrouver un dossier"), TASK, TEAM, FILE)
PATH = Kept(_("parcours"), _("accompagner la personne, mesurer le programme"), TASK, TEAM, FILE)
ASKED = Kept(
    _("situation à l’entrée"), _("adapter l’accompagnement, rendre compte"), TASK, REFERENTS, FILE
)
CLOSED = Kept(_("situation protégée"), _("lever ce qui complique la vie"), CONSENT, AGREED, FILE)
PROOF = Kept(_("justificatif"), _("prouver ce qui est déclaré"), DUTY, REFERENTS, FILE)
PORTRAIT = Kept(_("photo de la personne"), _("son CV, ses démarches"), CONSENT, REFERENTS, FILE)
SIGNED = Kept(_("contrat signé"), _("tenir l’engagement pris à deux"), CONTRACT, REFERENTS, FILE)
WORDS = Kept(_("mots de la personne"), _("partir de ce qu’elle apporte et veut"), TASK, TEAM, FILE)
OWN_WORDS = Kept(
    _("récit de la personne"),
    _("apprendre de ce qu’on vit, le faire reconnaître"),
    TASK,
    _("ceux que la personne a choisis, récit par récit"),
    FILE,
)
WISH = Kept(_("« pas pour moi »"), _("ne plus proposer ce qui ne va pas"), TASK, TEAM, FILE)
NOTE = Kept(
    _("note"), _("suivre d’une rencontre à l’autre"), TASK, AGREED, _("six mois après la sortie")
)
TALLY = Kept(
    _("présence sur place"), _("compter sans ficher"), TASK, COORDINATION, _("durée du programme")
)
SENT = Kept(
    _("orientation"),
    _("rencontrer qui le demande"),
    CONSENT,
    COORDINATION,
    _("30 jours après la réponse"),
)
AFTER = Kept(_("suivi"), _("savoir ce que devient la personne"), CONSENT, REFERENTS, FILE)
STAFF = Kept(
    _("compte professionnel"),
    _("ouvrir la plateforme à qui en a besoin"),
    TASK,
    COORDINATION,
    _("un an après la fin du dernier rôle"),
)
INVITED = Kept(
    _("invitation"),
    _("ouvrir un compte à qui est attendu"),
    TASK,
    _("la gestion du programme"),
    _("90 jours après sa fin"),
)
MAILED = Kept(
    _("courriel de compte"),
    _("envoyer un code ou un lien, sans attendre"),
    TASK,
    NOBODY,
    _("30 jours ; le texte s’efface une fois envoyé"),
)
PROVEN = Kept(
    _("seconde preuve"), _("protéger l’accès aux dossiers"), TASK, NOBODY, _("comme le compte")
)
OPENED = Kept(
    _("appareil connecté"), _("voir et fermer ses connexions"), TASK, NOBODY, _("une journée")
)
TRACE = Kept(
    _("trace d’accès"),
    _("savoir qui a ouvert quoi"),
    DUTY,
    _("la personne concernée, la coordination"),
    _("douze mois"),
)
CHANGE = Kept(_("historique"), _("rectifier une erreur"), TASK, COORDINATION, _("comme le dossier"))
LINK = Kept(
    _("lien de connexion"), _("entrer sans mot de passe"), TASK, NOBODY, _("30 jours après sa fin")
)
MAIL = Kept(
    _("message"),
    _("dire ce qui concerne la personne, entendre sa réponse"),
    TASK,
    REFERENTS,
    _("comme le dossier ; 90 jours pour qui n’en a pas"),
)
NO_MORE = Kept(
    _("refus des messages"),
    _("ne plus écrire à qui l’a demandé"),
    DUTY,
    NOBODY,
    _("tant que quelqu’un a ce numéro"),
)

MARK = Kept(
    _("présence notée"),
    _("savoir qui était là, corriger une erreur"),
    TASK,
    _("qui anime la séance, la coordination"),
    FILE,
)
HOURS = Kept(_("relevé d’heures"), _("rendre compte des heures faites"), CONTRACT, REFERENTS, FILE)
MEETING = Kept(_("rendez-vous"), _("se voir au moment convenu, le rappeler"), TASK, TEAM, FILE)
AID = Kept(
    _("aide demandée"),
    _("payer ce qui permet de participer, rendre compte des montants"),
    TASK,
    REFERENTS,
    FILE,
)
GROUP = Kept(
    _("vie d’un groupe"),
    _("avancer ensemble, raconter ce que l’on fait"),
    TASK,
    _("le groupe, qui l’anime, la coordination"),
    _("durée du programme ; le surnom s’efface avec la fiche"),
)
MADE = Kept(
    _("production d’un groupe"),
    _("montrer ce que le groupe a fait, à qui ses auteurs ont choisi"),
    CONSENT,
    _("selon le choix le plus réservé de ses auteurs"),
    _("durée du programme ; chaque auteur retire son accord quand il veut"),
)
TALK = Kept(
    _("entretien de fin d’action"),
    _("savoir ce que la personne a découvert et voudrait"),
    TASK,
    _("ceux que la personne a choisis"),
    FILE,
)
BETWEEN = Kept(
    _("retour entre deux structures"),
    _("améliorer un chemin mené à deux"),
    TASK,
    COORDINATION,
    _("durée du programme"),
)
PUT_BACK = Kept(_("état d’avant une réunion"), _("défaire une erreur"), TASK, NOBODY, _("30 jours"))
MOVING = Kept(
    _("transfert"),
    _("suivre la personne d’un territoire à l’autre"),
    CONSENT,
    COORDINATION,
    _("30 jours après la réponse"),
)

FRAME = Kept(
    _("cadre d’une expérience"),
    _("tenir la convention et ses limites"),
    DUTY,
    _("l’équipe du parcours, qui accueille, qui prescrit"),
    FILE,
)
HOSTED = Kept(
    _("tuteur"), _("joindre qui accueille, entendre son avis"), TASK, TEAM, _("comme le dossier")
)
SAFE = Kept(_("consignes de sécurité"), _("protéger la personne"), DUTY, TEAM, FILE)
ENTERED = Kept(
    _("inscription et présence"),
    _("tenir une place, attester qui était là, compter"),
    TASK,
    _("qui tient le registre (surnom et numéro), l’équipe du parcours"),
    _("le surnom comme le dossier ; la ligne reste, sans personne, tant que dure le programme"),
)

ASKING = Kept(
    _("demande sur le dossier"), _("répondre à la personne, en un mois"), DUTY, TEAM, FILE
)
ACCORD = Kept(_("accord donné ou retiré"), _("faire ce que la personne veut"), CONSENT, TEAM, FILE)

HELD = Kept(
    _("badge"),
    _("faire reconnaître ce que la personne sait faire"),
    TASK,
    _("la personne, la coordination, qui s’occupe des badges"),
    FILE,
)
RECOGNISED = Kept(
    _("demande de badge"),
    _("faire reconnaître ce que la personne a vécu"),
    TASK,
    _("la personne, son équipe, la structure qui répond, qui s’occupe des badges"),
    FILE,
)
SHOWN = Kept(
    _("badge montré"),
    _("le montrer à qui la personne choisit"),
    CONSENT,
    _("qui reçoit le lien, jusqu’au jour choisi"),
    _("comme le dossier ; fermé dès que la personne reprend son accord"),
)
SAID = Kept(
    _("endossement"),
    _("dire ce que vaut un badge, au nom de qui le dit"),
    CONSENT,
    _("la personne, la coordination, puis qui voit le badge"),
    _("comme le badge ; retiré dès que son auteur le demande"),
)

# Model → class of data → its columns.
REGISTER: dict[str, dict[Kept, str]] = {
    "Participant": {
        CODE: "code nickname search_name channel welcomed_on welcomed_by programme organisation"
        " user merged_into",
        CALL: "contact call_back_asked_on call_back_moment call_back_phone call_back_with language",
        WHO: "identified_on first_name last_name birth_date phone guardian guardian_phone"
        " guardian_email is_guardian_unknown",
    },
    "Word": {FOUND: "word is_identity participant"},
    "PersonLink": {FOUND: "participant person agreed_on"},
    "Merge": {
        FOUND: "kept absorbed absorbed_code by at undone_on undone_by settled_on",
        PUT_BACK: "record",
    },
    "KeptApart": {FOUND: "one other_id by on"},
    "Transfer": {
        MOVING: "participant from_territory to_territory nickname code reason agreed_on"
        " proposed_by proposed_on answer answered_on answered_by refusal_word"
    },
    "Outreach": {TALLY: "organisation channel place where on people_met recorded_by recorded_at"},
    "PurgedCount": {TALLY: "month channel people"},
    "Referral": {
        SENT: "channel prescriber prescriber_email received_on first_name contact agreed_on answer"
        " answered_on answered_by decline_reason participant erased_on came_by sent_by organisation"
        " reminded_on"
    },
    "OtherSupport": {ASKED: "participant kind since_on until_on rhythm"},
    "Document": {
        PROOF: "participant kind title seen_by seen_on file added_at removed_at removed_by"
        " removal_reason",
        PORTRAIT: "agreed_on",
    },
    "FileToErase": {PROOF: "name"},
    "Journey": {PATH: "participant first_contact_on entry_on limit_on last_contact_on merged_on"},
    "Enrolment": {
        ENTERED: "session participant nickname number part status source asked_at attendance"
        " minutes recorded_by recorded_at client_uuid"
    },
    "PeriodEntry": {PATH: "journey period on"},
    "PhaseChange": {PATH: "journey rank phase step on reason by at"},
    "Absence": {
        PATH: "journey kind from_on until_on expected_return_on pause_reason exit_kind weeks"
        " recorded_by recorded_at",
        PROOF: "proof",
        AFTER: "agreed_to_contact",
    },
    "Outcome": {
        PATH: "journey kind host weekly_hours started_on ended_on recorded_by recorded_at",
        PROOF: "proof",
    },
    "FollowUp": {
        AFTER: "journey absence milestone opens_on late_on status status_on situation since_on"
        " answered_how unreachable_reason recorded_by"
    },
    "FollowUpTry": {
        AFTER: "journey follow_up how on result by",
        LINK: "token_sha256 expires_at",
    },
    "Extension": {PATH: "journey until_on reason by at"},
    "Contact": {PATH: "journey kind on by"},
    "TeamMember": {PATH: "journey user organisation role reason from_on until_on suspended_on"},
    "Share": {PATH: "journey member category agreed_on ended_on"},
    "NotForMe": {WISH: "journey activity on by"},
    "Strength": {WORDS: "journey kind text said_on recorded_by"},
    "Barrier": {CLOSED: "journey theme level noted_on ended_on"},
    "EntrySituation": {
        ASKED: "journey employment diploma housing gender nationality digital_level publics"
        " neighbourhood qpv_edition completed_on",
        CLOSED: "resources disability",
    },
    "Note": {NOTE: "journey author text is_working written_at"},
    "Experience": {
        PATH: "journey activity immersion frame title where is_elsewhere from_on until_on"
        " recorded_by",
        OWN_WORDS: "draft",
    },
    "Reflection": {
        OWN_WORDS: "journey experience did liked learnt follows voice voice_seconds photo teller"
        " written_by told_on reader skills own_words badge_asked_on discussed_on discussed_with"
        " next_step client_uuid"
    },
    "Contract": {
        SIGNED: "journey number prepared_on prepared_by birth_date minimum_age adult_on"
        " weekly_hours planned_end_on language interpreter read_aloud_by text sha256 frozen_at"
        " signed_on cancelled_on refused_at refused_by refusal_word"
    },
    "Translation": {SIGNED: "journey contract language text sha256"},
    "SigningLink": {
        LINK: "journey contract objective signer channel to token_sha256 language given_by given_at"
        " expires_at is_reminder opened_at replaced_at talk_asked_at"
    },
    "SigningCode": {LINK: "journey contract signer to hashed sent_at expires_at tries"},
    "Signature": {
        SIGNED: "journey contract signer user name method page sha256 signed_at recorded_by link"
        " code_sent_to language"
    },
    "Objective": {
        SIGNED: "journey contract rank wording achievement agreed_on agreed_by team_agreed_on"
        " person_agreed_on person_agreed_how present reached_on is_by_badge set_aside_on"
        " decision_reason decided_by"
    },
    # Frames
    "Immersion": {
        FRAME: "journey purpose host host_name host_siret host_activity host_address"
        " prescriber_kind prescriber situation insurer policy objectives tasks place schedule"
        " weekdays weekly_hours from_on until_on renews signed_on signed_seen_by ended_on"
        " end_reason cancelled_on cancel_reason recorded_by recorded_at",
        PROOF: "convention",
        HOSTED: "tutor tutor_role tutor_contact",
        WORDS: "liked again assessed_on",
    },
    "Volunteering": {
        FRAME: "journey host host_name host_siret host_status what weekly_hours insured from_on"
        " until_on recorded_by"
    },
    "SafetyBriefing": {SAFE: "participant equipment on by"},
    "Afest": {
        FRAME: "journey host host_name aim from_on trainer trainer_role analysis analysed_on"
        " assessment assessed_on closed_on stopped_on recorded_by"
    },
    "AfestSequence": {FRAME: "journey afest on what minutes reflected_on reflection recorded_by"},
    "TutorLink": {
        HOSTED: "journey immersion channel to given_by given_at is_reminder revoked_at",
        LINK: "token_sha256 expires_at",
    },
    "TutorFeedback": {
        HOSTED: "journey immersion punctual helpful gestures other_gestures went_well again follows"
        " answered_at changed_at"
    },
    "PortalLink": {
        LINK: "participant token_sha256 given_by given_at expires_at used_at figures code tries"
    },
    "CardAccess": {
        LINK: "participant token_sha256 pin given_by given_at used_at wrong_since wrong_lately"
        " wrong revoked_at"
    },
    "EntryCode": {LINK: "number network code payload language asked_at expires_at tries used_at"},
    "WrongCode": {LINK: "network at"},
    "AttendanceMark": {
        MARK: "enrolment uuid batch kind was_attendance was_minutes was_waiting attendance minutes"
        " by at received_at"
    },
    "AttendanceStatement": {
        HOURS: "journey month number code name rows minutes sha256 prepared_at prepared_by"
        " replaced_at person_signed_at person_user team_signed_at team_user team_name"
    },
    "Appointment": {
        MEETING: "journey with_user starts_at minutes ends_at mode place where link proposed_by"
        " answered_at moved_from cancelled_by cancel_reason contact recorded_by changed_at was"
    },
    "Reminder": {MEETING: "journey appointment message days for_at"},
    "AidRequest": {
        AID: "journey kind purpose session immersion appointment amount_asked asked_on asked_by"
        " payer sent_on decided_on decided_by amount_granted refusal given_on given_by note"
        " changed_by changed_at was"
    },
    "OutboundMessage": {
        MAIL: "uuid channel participant to subject body cause language written_at useless_after"
        " is_awaited is_secret segments provider receipt sent_at delivery delivery_at read_at"
    },
    "InboundMessage": {
        MAIL: "answers participant sender text meaning provider provider_id received_at read_at"
    },
    "OptOut": {NO_MORE: "phone since until"},
    "GroupMember": {
        GROUP: "action participant nickname place joined_at added_by left_on client_uuid"
        " interviewed_on interviewed_by"
    },
    "GroupEntry": {
        GROUP: "action step on did decided photo photo_alt written_by written_at removed_at"
        " removed_by"
    },
    "EndInterview": {TALK: "journey action discovered follows change on with_user reader"},
    "Production": {MADE: "action kind title text licence made_on added_by removed_at removed_by"},
    "ProductionPart": {MADE: "production kind rank label file url address latitude longitude note"},
    "ProductionAuthor": {
        MADE: "production member visibility shows_nickname chosen_on chosen_by withdrawn_on"
    },
    "PairFeedback": {BETWEEN: "pair side on worked learnt change written_by"},
    # Badges
    "Recipient": {HELD: "uuid user"},
    "Credential": {
        HELD: "uuid recipient issuer version organisation subject awarded_on awarded_by batch"
        " valid_from valid_until evidence_narrative evidence_url identity_kind identity_hash"
        " identity_salt state status_list status_index edition document token signed_on ed_key"
        " rsa_key revoked_on revoked_by revoked_reason revoked_words"
    },
    "Collection": {SHOWN: "recipient uuid name words created_at removed_on"},
    "CollectionItem": {SHOWN: "collection credential rank"},
    "ShareLink": {
        SHOWN: "recipient credential collection token until consented_on words shows_name"
        " name_shown withdrawn_on"
    },
    "ForeignBadge": {
        HELD: "recipient uuid kind raw sha256 name description issuer_name issuer_url awarded_on"
        " valid_until verified_on is_genuine checks image imported_on"
    },
    "Endorsement": {
        SAID: "uuid credential version issuer state invited_email invited_name"
        " invited_organisation function organisation was_mailed agreed_on name_shown invited_by"
        " invited_on comment identity vouched_by answered_on withdrawn_on endorser"
        " status_list status_index document key",
        LINK: "token_sha256 until",
    },
    "ConnectedWallet": {
        SHOWN: "recipient client_key name host scopes words consented_on withdrawn_on"
    },
    "Holder": {HELD: "participant recipient"},
    "Recognition": {
        RECOGNISED: "journey achievement asked_for started_by starter started_at organisation"
        " session award experience reflection objective words reason state reviewer answered_at"
        " answer credential client_uuid"
    },
    # Rights
    "DataRequest": {
        ASKING: "journey kind subject text asked_on due_on taken_back_on answered_on answered_by"
        " is_done answer"
    },
    "Consent": {ACCORD: "journey to given_on given_by withdrawn_on withdrawn_by"},
    "JournalEntry": {TRACE: "at actor act participant_id object_type object_id fields"},
    "LogEntry": {
        CHANGE: "object_pk object_id object_repr serialized_data action changes changes_text actor"
        " actor_email remote_addr remote_port timestamp additional_data participant_id"
    },
    "User": {STAFF: "uuid email first_name last_name password last_login is_active created_at"},
    "Membership": {STAFF: "user programme organisation role from_on until_on end_reason"},
    "EmailAddress": {STAFF: "user email verified primary"},
    "Invitation": {
        INVITED: "uuid email first_name last_name programme organisation role until_on reopens"
        " invited_by invited_at expires_at accepted_at accepted_by cancelled_at mail"
    },
    "AccountMail": {MAILED: "uuid to subject body written_at useless_after sent_at"},
    "Authenticator": {PROVEN: "user type data created_at last_used_at"},
    # No address is kept: `ip` is always 0.0.0.0.
    "UserSession": {OPENED: "user created_at ip last_seen_at session_key user_agent data"},
}
# Columns that say nothing of anybody.
TECHNICAL = {
    "id",
    "territory",
    "version",
    "content_type",
    "cid",
    "status",
    "due_at",
    "attempts",
    "lease_until",
    "last_error",
}


def declared(model_name: str) -> set[str]:
    """The columns of a model that the register knows."""
    return {column for columns in REGISTER[model_name].values() for column in columns.split()}
