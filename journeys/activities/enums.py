from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ActivityKind(TextChoices):
    WORKSHOP = "workshop", _("atelier")
    DISCOVERY = "discovery", _("découverte d’un métier")
    SURVEY = "survey", _("enquête métier")
    IMAGE = "image", _("atelier image et entretien")
    SPORT = "sport", _("sport")
    CULTURE = "culture", _("culture")
    REPAIR = "repair", _("réparation")
    COLLECTIVE = "collective", _("action collective")
    CITIZEN = "citizen", _("projet citoyen")
    VOLUNTEERING = "volunteering", _("bénévolat")
    IMMERSION = "immersion", _("immersion")
    AFEST = "afest", _("formation en situation de travail")
    OTHER = "other", _("autre")


class Frame(TextChoices):
    """The legal frame in which somebody lives an experience (rule 16)."""

    OPEN = "open", _("activité ouverte")
    VOLUNTEERING = "volunteering", _("bénévolat")
    IMMERSION = "immersion", _("immersion (PMSMP)")
    TRAINING = "training", _("formation")
    AFEST = "afest", _("AFEST")
    JOB = "job", _("emploi")


class Part(TextChoices):
    """What somebody does in a session (rule 14)."""

    TAKES_PART = "takes_part", _("participe")
    HELPER = "helper", _("aide")
    SPONSOR = "sponsor", _("parraine")


class EnrolmentStatus(TextChoices):
    ENROLLED = "enrolled", _("inscrit")
    WAITING = "waiting", _("en liste d’attente")
    CANCELLED = "cancelled", _("désinscrit")


class Attendance(TextChoices):
    """Rule 15: `registered` is an attendance that nobody recorded yet."""

    REGISTERED = "registered", _("pas encore noté")
    PRESENT = "present", _("présent")
    ABSENT_EXCUSED = "absent_excused", _("absent, prévenu")
    ABSENT = "absent", _("absent")


class Source(TextChoices):
    TEAM = "team", _("inscrit par l’équipe")
    PORTAL = "portal", _("inscrit par la personne")
    WALK_IN = "walk_in", _("venu sans inscription")
    CARD = "card", _("carte lue à l’entrée")


class StaffPart(TextChoices):
    ANIMATOR = "animator", _("anime")
    VOLUNTEER = "volunteer", _("donne un coup de main")
