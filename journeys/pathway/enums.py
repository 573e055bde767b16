from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Phase(TextChoices):
    REPERAGE = "reperage", _("Repérage")
    MOBILISATION = "mobilisation", _("Mobilisation")
    INSERTION = "insertion", _("Insertion")

    @property
    def for_participant(self):
        """What the participant reads (rule 6)."""
        return {
            Phase.REPERAGE: _("Je découvre"),
            Phase.MOBILISATION: _("J’explore"),
            Phase.INSERTION: _("J’avance"),
        }[self]


class Status(TextChoices):
    """Computed, never typed (rule 7)."""

    BUTINAGE = "butinage", _("Butinage")
    ACTIVE = "active", _("Actif")
    PAUSED = "paused", _("En pause")
    OVERDUE = "overdue", _("Durée dépassée")
    LEFT = "left", _("Sorti")


class AbsenceKind(TextChoices):
    PAUSE = "pause", _("pause")
    EXIT = "exit", _("sortie")


class PauseReason(TextChoices):
    CHOICE = "choice", _("Choix de la personne")
    FAMILY = "family", _("Raison de famille")
    CARE = "care", _("Temps pour soi")
    TRAVEL = "travel", _("Absence du territoire")
    WORK = "work", _("Travail en cours")
    OTHER = "other", _("Autre")


class ContactKind(TextChoices):
    VISIT = "visit", _("Venue à une activité")
    MEETING = "meeting", _("Rencontre")
    CALL = "call", _("Appel")
    MESSAGE = "message", _("Message")


class Milestone(TextChoices):
    """When news are taken after an exit (rule 11)."""

    EXIT = "exit", _("à la sortie")
    MONTHS_3 = "months_3", _("à 3 mois")
    MONTHS_6 = "months_6", _("à 6 mois")


class FollowUpStatus(TextChoices):
    DUE = "due", _("à demander")
    ASKED = "asked", _("demandé")
    ANSWERED = "answered", _("répondu")
    REFUSED = "refused", _("ne souhaite pas répondre")
    UNREACHABLE = "unreachable", _("injoignable")
    CANCELLED = "cancelled", _("annulé")


class TryHow(TextChoices):
    """How news were asked for, or given."""

    SMS = "sms", _("SMS")
    CALL = "call", _("Appel")
    VISIT = "visit", _("De vive voix")


class TryResult(TextChoices):
    ASKED = "asked", _("envoyé")
    NO_ANSWER = "no_answer", _("pas de réponse")
    WRONG_NUMBER = "wrong_number", _("ce numéro n’est plus le sien")
    ANSWERED = "answered", _("a répondu")
    REFUSED = "refused", _("ne souhaite pas répondre")


class UnreachableReason(TextChoices):
    NO_ANSWER = "no_answer", _("Elle ne répond à aucun essai")
    WRONG_NUMBER = "wrong_number", _("Plus aucun numéro n’est le sien")
    MOVED = "moved", _("Elle est partie sans laisser de contact")


class TeamRole(TextChoices):
    COORDINATOR = "coordinator", _("Coordination")
    REFERENT = "referent", _("Référence de parcours")
    ACTIVITY_REFERENT = "activity_referent", _("Référence d’activité")


class Category(TextChoices):
    """What is read only by those the person agreed to (rule 20)."""

    SITUATION = "situation", _("ce qui complique la vie")
    RESOURCES = "resources", _("ressources")
    DISABILITY = "disability", _("reconnaissance de handicap")
    NOTES = "notes", _("notes")


class StrengthKind(TextChoices):
    STRENGTH = "strength", _("point fort")
    TALENT = "talent", _("talent")
    DREAM = "dream", _("rêve")
    LIVED = "lived", _("vécu")


class BarrierLevel(TextChoices):
    LITTLE = "little", _("un peu")
    QUITE = "quite", _("pas mal")
    MUCH = "much", _("beaucoup")


class YesNoNsp(TextChoices):
    YES = "yes", _("oui")
    NO = "no", _("non")
    NSP = "nsp", _("ne souhaite pas répondre")


class Reader(TextChoices):
    """Who reads the person's own words: the person chooses (rule 17)."""

    ME = "me", _("Moi seul")
    REFERENTS = "referents", _("Mes référents")
    TEAM = "team", _("Toute mon équipe")
