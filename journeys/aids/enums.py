from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AidKind(TextChoices):
    TRANSPORT = "transport", _("transport")
    MEAL = "meal", _("repas")
    CHILDCARE = "childcare", _("garde d’enfants")
    REMUNERATION = "remuneration", _("rémunération de stagiaire")
    EQUIPMENT = "equipment", _("équipement")
    OTHER = "other", _("autre aide")


class AidStatus(TextChoices):
    ASKED = "asked", _("demandée")
    GRANTED = "granted", _("accordée")
    REFUSED = "refused", _("pas accordée")
    GIVEN = "given", _("remise")
    CANCELLED = "cancelled", _("annulée")


class Payer(TextChoices):
    HOUSE = "house", _("une structure du programme")
    FRANCE_TRAVAIL = "france_travail", _("France Travail")
    REGION = "region", _("la Région")
    DEPARTMENT = "department", _("le Département")
    CAF = "caf", _("la CAF")
    OTHER = "other", _("un autre payeur")


class RefusalReason(TextChoices):
    """Coded, so that nothing is written about the person; each has its kind words."""

    ELSEWHERE = "elsewhere", _("Une autre aide existe pour cela")
    BUDGET = "budget", _("Plus de budget pour le moment")
    OUTSIDE = "outside", _("Hors de ce que l’aide peut payer")
    LATE = "late", _("Demandée trop tard")
    PAPER = "paper", _("Il manque un papier")

    @property
    def for_participant(self):
        return {
            RefusalReason.ELSEWHERE: _("Une autre aide existe. L’équipe vous la montre."),
            RefusalReason.BUDGET: _("Il n’y a plus d’argent ce mois-ci. Vous pourrez redemander."),
            RefusalReason.OUTSIDE: _("Cette aide ne paie pas cela. Cherchons ensemble."),
            RefusalReason.LATE: _("Le jour est passé. La prochaine fois, demandez avant."),
            RefusalReason.PAPER: _("Il manque un papier. L’équipe vous aide à l’avoir."),
        }[self]
