from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    VOLUNTEER = "volunteer", _("Bénévole")
    ANIMATOR = "animator", _("Animation")
    ACTIVITY_REFERENT = "activity_referent", _("Référence d’activité")
    REFERENT = "referent", _("Référence de parcours")
    BADGE_STEWARD = "badge_steward", _("Badges")
    COORDINATOR = "coordinator", _("Coordination")
    MANAGER = "manager", _("Gestion du programme")
    EVALUATOR = "evaluator", _("Évaluation")
    PRESCRIBER = "prescriber", _("Prescription")


# Given for a time: those who are not of the team.
ENDING = frozenset({Role.VOLUNTEER, Role.PRESCRIBER, Role.EVALUATOR})
# Whose account opens many files: a password alone is not enough.
GUARDED = frozenset({Role.MANAGER, Role.COORDINATOR})


class EndReason(TextChoices):
    MISSION = "mission", _("Fin de mission")
    LEFT = "left", _("Départ de la structure")
    MOVED = "moved", _("Changement de rôle")
    MISTAKE = "mistake", _("Donné par erreur")
    SAFETY = "safety", _("Par précaution")
