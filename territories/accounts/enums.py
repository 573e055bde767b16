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
