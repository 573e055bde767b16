from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TransferReason(TextChoices):
    """Why a file goes to another territory; a list, never a story."""

    MOVED = "moved", _("La personne a déménagé")
    CLOSER = "closer", _("Les activités y sont plus proches")
    JOB = "job", _("Un emploi ou une formation l’y appelle")
    CHOICE = "choice", _("La personne préfère y être accompagnée")
    ERROR = "error", _("Le dossier a été ouvert au mauvais endroit")


class TransferAnswer(TextChoices):
    ACCEPTED = "accepted", _("accepté")
    REFUSED = "refused", _("refusé")
    WITHDRAWN = "withdrawn", _("retiré")
    EXPIRED = "expired", _("sans réponse")


class SearchReason(TextChoices):
    """Why a coordinator asks whether somebody is known elsewhere."""

    SAID = "said", _("La personne dit être déjà accompagnée ailleurs")
    MOVED = "moved", _("La personne arrive d’un autre territoire")
    CONTRACT = "contract", _("Un contrat se prépare : éviter deux contrats")
    PARTNER = "partner", _("Un partenaire dit la connaître déjà")
