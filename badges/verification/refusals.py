"""Each reason to refuse, in words for people: where it shows, what it makes of the badge, why."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Verdict(StrEnum):
    GENUINE = "genuine"
    INTACT = "intact"  # whole, but nothing says who its issuer is
    REVOKED = "revoked"
    EXPIRED = "expired"
    EARLY = "early"
    FALSE = "false"
    UNKNOWN = "unknown"  # nobody can say
    UNREADABLE = "unreadable"
    GONE = "gone"  # its holder shows it no more


class Step(StrEnum):
    """What is looked at, in this order."""

    READ = "read"
    FORM = "form"
    ISSUER = "issuer"
    SIGNATURE = "signature"
    DATES = "dates"
    STATUS = "status"
    MEMBER = "member"


class Refusal(Exception):
    """A reason of WORDS, met outside of the pure functions."""

    def __init__(self, code: str, detail: str = ""):
        if code not in WORDS:
            raise KeyError(code)
        self.code = code
        super().__init__(f"{code}: {detail}"[:300])


# Step → what holds, why it does, what was being looked at when it does not.
STEPS = {
    Step.READ: (
        _("Le fichier contient un badge"),
        _("Le fichier est lisible."),
        _("Lecture du fichier"),
    ),
    Step.FORM: (
        _("Le badge suit les règles Open Badges"),
        _("Chaque mot a son sens habituel."),
        _("Règles Open Badges"),
    ),
    Step.ISSUER: (
        _("L’émetteur est connu"),
        _("La clé qui signe est bien la sienne."),
        _("Émetteur"),
    ),
    Step.SIGNATURE: (
        _("Le badge est intact"),
        _("Rien n’a changé depuis la signature."),
        _("La signature"),
    ),
    Step.DATES: (
        _("Le badge est valable aujourd’hui"),
        _("Sa date de début et sa date de fin sont bonnes."),
        _("Les dates"),
    ),
    Step.STATUS: (
        _("Le badge n’est pas annulé"),
        _("La liste d’annulation de l’émetteur a été lue."),
        _("Annulation"),
    ),
    Step.MEMBER: (
        _("L’émetteur fait partie du réseau"),
        _("Il délivre des badges aujourd’hui."),
        _("Réseau"),
    ),
}
NOT_LOOKED_AT = _("Nous ne l’avons pas regardé : la vérification s’est arrêtée avant.")
# What is said where nothing is wrong, nor quite as usual.
NOTES = {
    "no_status": _("L’émetteur ne tient pas de liste d’annulation pour ce badge."),
    "no_end": _("Il n’a pas de date de fin."),
    "key_alone": _("Le badge est signé par une clé sans adresse. Rien ne dit à qui elle est."),
    "left_later": _("L’émetteur a quitté le réseau après. Le badge reste valable."),
    "suspended_later": _("L’émetteur ne délivre pas de badges en ce moment."),
    "hosted": _("L’émetteur publie ce même badge à son adresse."),
}

TITLES = {
    Verdict.GENUINE: _("Ce badge est authentique"),
    Verdict.INTACT: _("Ce badge est intact, mais son émetteur est inconnu"),
    Verdict.REVOKED: _("Ce badge a été annulé"),
    Verdict.EXPIRED: _("Ce badge n’est plus valable"),
    Verdict.EARLY: _("Ce badge n’est pas encore valable"),
    Verdict.FALSE: _("Ce badge n’est pas authentique"),
    Verdict.UNKNOWN: _("Nous ne pouvons pas vérifier ce badge"),
    Verdict.UNREADABLE: _("Nous ne trouvons pas de badge"),
    Verdict.GONE: _("Ce badge n’est plus montré"),
}

_READ, _FORM, _WHO, _SAME = Step.READ, Step.FORM, Step.ISSUER, Step.SIGNATURE
_FALSE, _UNKNOWN, _UNREADABLE = Verdict.FALSE, Verdict.UNKNOWN, Verdict.UNREADABLE
_ABROAD = _("Il est écrit d’une façon que nous ne savons pas vérifier.")
_TWISTED = _("Il est écrit d’une façon qui peut tromper.")
_NOT_THEIRS = _("Il n’est pas signé par la clé de son émetteur.")
_BROKEN = _("Sa signature est abîmée ou incomplète.")
_LIST = _("La liste d’annulation de l’émetteur ne peut pas être lue.")

# Code → step, verdict, sentence. Codes of badges/proofs/errors.py first, then ours.
WORDS: dict[str, tuple[Step, Verdict, object]] = {
    "not_a_document": (_READ, _UNREADABLE, _("Le texte est incomplet, abîmé ou d’un autre genre.")),
    "too_big": (_READ, _UNREADABLE, _("C’est trop gros pour un badge.")),
    "too_long": (_FORM, _UNKNOWN, _("Un de ses textes est trop long.")),
    "too_complex": (_FORM, _UNKNOWN, _("Il est trop compliqué pour un badge.")),
    "no_context": (_FORM, _UNKNOWN, _("Il ne dit pas qu’il suit les règles Open Badges.")),
    "unknown_context": (_FORM, _UNKNOWN, _("Il utilise un dictionnaire que nous n’avons pas.")),
    "inline_context": (_FORM, _FALSE, _("Il change lui-même le sens de ses mots.")),
    "unknown_term": (_FORM, _FALSE, _("Il contient des mots que la signature ne protège pas.")),
    "unsigned_value": (_FORM, _FALSE, _("Il contient un texte que la signature ne protège pas.")),
    "not_plain": (_FORM, _FALSE, _TWISTED),
    "bad_iri": (_FORM, _UNKNOWN, _("Une de ses adresses n’est pas une adresse.")),
    "described_twice": (_FORM, _FALSE, _("Il se décrit deux fois, de deux façons.")),
    "wrong_type": (_FORM, _UNREADABLE, _("Ce document n’est pas un badge.")),
    "bad_date": (_FORM, _UNKNOWN, _("Une de ses dates manque, ou n’est pas bien écrite.")),
    "not_yet_valid": (Step.DATES, Verdict.EARLY, _("Sa date de début n’est pas encore venue.")),
    "expired": (Step.DATES, Verdict.EXPIRED, _("Sa date de fin est passée.")),
    "no_proof": (_SAME, _FALSE, _("Il n’est pas signé. N’importe qui a pu l’écrire.")),
    "many_proofs": (_SAME, _UNKNOWN, _("Il porte plusieurs signatures. Nous en attendons une.")),
    "bad_proof": (_SAME, _FALSE, _BROKEN),
    "unknown_suite": (_SAME, _UNKNOWN, _("Il est signé par une méthode que nous ne lisons pas.")),
    "wrong_purpose": (_SAME, _FALSE, _("Sa signature a été faite pour autre chose.")),
    "wrong_method": (_WHO, _FALSE, _NOT_THEIRS),
    "wrong_key": (_WHO, _FALSE, _NOT_THEIRS),
    "bad_key": (_WHO, _UNKNOWN, _("La clé de l’émetteur ne peut pas être lue.")),
    "bad_signature": (_SAME, _FALSE, _("Il a été changé après la signature.")),
    "bad_token": (_READ, _UNREADABLE, _("Le jeton est incomplet ou abîmé.")),
    "bad_header": (_SAME, _FALSE, _("L’en-tête du jeton contient des mots interdits.")),
    "alg_none": (_SAME, _FALSE, _("Le jeton dit lui-même qu’il n’est pas signé.")),
    "wrong_alg": (_SAME, _FALSE, _("Le jeton est signé par une autre méthode que sa clé.")),
    "wrong_kid": (_WHO, _FALSE, _("Le jeton nomme une autre clé que celle de l’émetteur.")),
    "wrong_claims": (_FORM, _FALSE, _("Le jeton dit deux choses différentes.")),
    "revoked": (Step.STATUS, Verdict.REVOKED, _("L’émetteur l’a annulé.")),
    "bad_status": (Step.STATUS, _UNKNOWN, _LIST),
    "status_of_another": (
        Step.STATUS,
        _FALSE,
        _("Sa liste d’annulation est celle d’un autre émetteur."),
    ),
    "not_an_image": (
        _READ,
        _UNREADABLE,
        _("L’image est abîmée, ou d’un genre inconnu ici. Demandez le lien du badge."),
    ),
    "no_badge": (
        _READ,
        _UNREADABLE,
        _("L’image ne contient plus de badge. Certains téléphones l’effacent. Demandez le lien."),
    ),
    "two_badges": (_READ, _UNREADABLE, _("L’image contient plusieurs badges.")),
    "active_image": (
        _READ,
        _UNREADABLE,
        _("Ce dessin contient un programme. Nous ne l’avons pas ouvert."),
    ),
    # Ours
    "nothing": (_READ, _UNREADABLE, _("Rien n’a été donné.")),
    "bad_encoding": (
        _READ,
        _UNREADABLE,
        _("Le fichier a été enregistré autrement. Demandez l’original, ou le lien."),
    ),
    "several": (_READ, _UNREADABLE, _("Il y a plusieurs badges ici. Donnez-en un à la fois.")),
    "not_signed_yet": (_READ, _UNKNOWN, _("Sa signature se prépare. Revenez dans une minute.")),
    "not_found": (_READ, _UNREADABLE, _("Il n’y a rien à cette adresse, ou ce n’est pas montré.")),
    "gone": (
        _READ,
        Verdict.GONE,
        _("La personne ne le montre plus, ou le lien est fini. Demandez-lui un nouveau lien."),
    ),
    "not_asked": (_READ, _UNKNOWN, _("Il faut lire une page d’ailleurs pour le vérifier.")),
    "not_https": (_READ, _UNKNOWN, _("Une adresse n’est pas une adresse publique en https.")),
    "private_address": (
        _READ,
        _UNKNOWN,
        _("Une adresse mène à un réseau privé. Nous ne l’avons pas ouverte."),
    ),
    "unreachable": (_READ, _UNKNOWN, _("L’autre site ne répond pas. Réessayez plus tard.")),
    "redirected": (_READ, _UNKNOWN, _("L’autre site renvoie sans cesse ailleurs.")),
    "refused": (_READ, _UNKNOWN, _("L’autre site refuse de répondre.")),
    "too_many": (_READ, _UNKNOWN, _("Le vérifier demande de lire trop de pages.")),
    "bad_did": (_WHO, _UNKNOWN, _("L’identifiant de l’émetteur n’est pas bien écrit.")),
    "unknown_did": (_WHO, _UNKNOWN, _("L’identifiant de l’émetteur est d’un genre inconnu ici.")),
    "key_not_found": (_WHO, _FALSE, _("L’émetteur ne reconnaît pas la clé qui l’a signé.")),
    "key_revoked": (_WHO, _FALSE, _("L’émetteur a retiré la clé qui l’a signé.")),
    "key_compromised": (
        _WHO,
        _FALSE,
        _("La clé qui l’a signé a été volée ou perdue. Demandez un nouveau badge."),
    ),
    "suspended": (Step.STATUS, Verdict.REVOKED, _("L’émetteur l’a suspendu.")),
    "unknown_status": (Step.STATUS, _UNKNOWN, _LIST),
    "list_expired": (Step.STATUS, _UNKNOWN, _("La liste d’annulation de l’émetteur est périmée.")),
    "issuer_left": (
        Step.MEMBER,
        _FALSE,
        _("L’émetteur avait déjà quitté le réseau quand ce badge a été délivré."),
    ),
    "hosted_elsewhere": (_WHO, _FALSE, _("L’adresse de l’émetteur montre un autre badge.")),
    "issuer_elsewhere": (_WHO, _FALSE, _("Le badge n’est pas publié chez son émetteur.")),
    "signed_v2": (_SAME, _UNKNOWN, _("Il suit une ancienne règle de signature.")),
    "failed": (_READ, _UNKNOWN, _ABROAD),
    # Of an endorsement
    "withdrawn": (Step.STATUS, Verdict.REVOKED, _("Ce soutien a été repris.")),
    "self_endorsed": (_WHO, _FALSE, _("L’émetteur se soutient lui-même. Cela ne compte pas.")),
    "endorses_another": (_FORM, _FALSE, _("Ce soutien parle d’autre chose que de ce badge.")),
}


def words_of(code: str) -> object:
    return WORDS[code][2]


def step_of(code: str, current: Step) -> Step:
    """Where a reason shows. What could not be read shows where it was wanted."""
    step = WORDS[code][0]
    return current if step is Step.READ and current is not Step.READ else step
