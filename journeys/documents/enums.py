from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DocumentKind(TextChoices):
    SIGNED_PAGE = "signed_page", _("signature manuscrite photographiée")
    WORK_CONTRACT = "work_contract", _("contrat de travail ou bulletin")
    TRAINING = "training", _("attestation d’entrée en formation")
    COMPANY = "company", _("immatriculation")
    ENGAGEMENT = "engagement", _("attestation d’engagement")
    IDENTITY = "identity", _("pièce d’identité")
    ADDRESS = "address", _("justificatif de domicile")
    OTHER = "other", _("autre pièce")
