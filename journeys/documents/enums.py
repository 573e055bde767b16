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
    # The person's own papers: theirs, kept for them.
    CV = "cv", _("CV")
    LETTER = "letter", _("lettre de motivation")
    DIPLOMA = "diploma", _("diplôme ou attestation")
    PORTRAIT = "portrait", _("photo de la personne")
    OWN_OTHER = "own_other", _("autre papier")


OWN = (
    DocumentKind.CV,
    DocumentKind.LETTER,
    DocumentKind.DIPLOMA,
    DocumentKind.PORTRAIT,
    DocumentKind.OWN_OTHER,
)
# Papers that bear the person's name or face: a copy of them is an identity (rule 1).
NAMES = (DocumentKind.IDENTITY, DocumentKind.ADDRESS, *OWN)
PROVES = {
    DocumentKind.SIGNED_PAGE: _("la signature du contrat d’accompagnement"),
    DocumentKind.WORK_CONTRACT: _("un emploi, ses dates et sa durée"),
    DocumentKind.TRAINING: _("une entrée en formation"),
    DocumentKind.COMPANY: _("la création d’une entreprise"),
    DocumentKind.ENGAGEMENT: _("un bénévolat, un service civique"),
    DocumentKind.IDENTITY: _("le nom et l’âge"),
    DocumentKind.ADDRESS: _("le quartier où la personne habite"),
    DocumentKind.OTHER: _("ce que dit son titre"),
}


class RemovalReason(TextChoices):
    MISTAKE = "mistake", _("Ajoutée par erreur")
    USELESS = "useless", _("Ne sert plus")
    ASKED = "asked", _("La personne le demande")
