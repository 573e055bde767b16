from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Act(TextChoices):
    """Everything the journal can say; the label completes « Nadia … »."""

    SIGNED_IN = "signed_in", _("s’est connecté")
    ROLE_CHANGED = "role_changed", _("a changé un rôle")
    OPENED = "opened", _("a ouvert le dossier")
    PRINTED = "printed", _("a imprimé le contrat")
    EXPORTED = "exported", _("a téléchargé une liste")
    DOWNLOADED = "downloaded", _("a ouvert une pièce")
    WELCOMED = "welcomed", _("a accueilli la personne")
    REFERRAL_ANSWERED = "referral_answered", _("a répondu à l’orientation")
    CONTACT_RECORDED = "contact_recorded", _("a noté un contact")
    CALLED_BACK = "called_back", _("a rappelé la personne")
    DETAILS_CHANGED = "details_changed", _("a corrigé le surnom ou le contact")
    IDENTIFIED = "identified", _("a noté l’identité")
    IDENTITY_ERASED = "identity_erased", _("a effacé l’identité")
    CONTRACT_PREPARED = "contract_prepared", _("a préparé le contrat")
    CONTRACT_FROZEN = "contract_frozen", _("a figé le texte du contrat")
    CONTRACT_SIGNED = "contract_signed", _("a signé le contrat")
    SIGNATURE_RECEIVED = "signature_received", _("a reçu une signature à la main")
    CONTRACT_IN_FORCE = "contract_in_force", _("a fait entrer le contrat en vigueur")
    CONTRACT_CANCELLED = "contract_cancelled", _("a annulé le contrat préparé")
    OBJECTIVE_ADDED = "objective_added", _("a ajouté un objectif")
    OBJECTIVE_DECIDED = "objective_decided", _("a décidé d’un objectif")
    PHASE_CHANGED = "phase_changed", _("a changé la phase")
    PAUSED = "paused", _("a noté une pause")
    RESUMED = "resumed", _("a noté la reprise")
    OUTCOME_RECORDED = "outcome_recorded", _("a noté une étape gagnée")
    OUTCOME_ENDED = "outcome_ended", _("a noté la fin d’une étape gagnée")
    EXITED = "exited", _("a enregistré la sortie")
    RETURNED = "returned", _("a noté le retour")
    EXTENDED = "extended", _("a prolongé le parcours")
    FOLLOWED_UP = "followed_up", _("a noté un suivi")
    TEAM_CHANGED = "team_changed", _("a changé l’équipe")
    SHARING_CHANGED = "sharing_changed", _("a changé ce que l’équipe peut lire")
    OBJECTED = "objected", _("a changé l’accès d’un membre, à la demande de la personne")
    STRENGTHS_CHANGED = "strengths_changed", _("a complété ce que la personne apporte")
    BARRIERS_CHANGED = "barriers_changed", _("a complété ce qui complique la vie")
    SITUATION_CHANGED = "situation_changed", _("a complété les questions d’entrée")
    SUPPORT_CHANGED = "support_changed", _("a noté un autre accompagnement")
    NOTE_WRITTEN = "note_written", _("a écrit une note")
    DOCUMENT_ADDED = "document_added", _("a ajouté une pièce")
    LINK_GIVEN = "link_given", _("a donné un lien de connexion")
    PURGED = "purged", _("a effacé la fiche")
    UNDONE = "undone", _("a annulé le dernier acte")
    # The programme: nobody's file
    SETTINGS_CHANGED = "settings_changed", _("a changé des réglages")
    PERIOD_CHANGED = "period_changed", _("a changé une période")
    TARGETS_CHANGED = "targets_changed", _("a changé les objectifs chiffrés")
    TERRITORY_OPENED = "territory_opened", _("a ouvert un territoire")
    TERRITORY_CHANGED = "territory_changed", _("a changé un territoire")
    QUARTERS_CHANGED = "quarters_changed", _("a changé des communes ou des quartiers")
    CONTEXT_CHANGED = "context_changed", _("a changé des données de contexte")


def acts() -> list[tuple[str, str]]:
    """For migrations, which name this function: the list grows without one."""
    return Act.choices
