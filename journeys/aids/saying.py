"""An aid as it is read by the team, and by the person."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from journeys.aids.enums import AidStatus, RefusalReason
from journeys.aids.models import AidRequest
from rtr.lib import french, tongue

PILLS = {
    AidStatus.ASKED: ("info", "hourglass-split"),
    AidStatus.GRANTED: ("ok", "check-circle"),
    AidStatus.REFUSED: ("", "slash-circle"),
    AidStatus.GIVEN: ("ok", "check2-circle"),
    AidStatus.CANCELLED: ("", "x-circle"),
}


def euros(amount: Decimal | None) -> str:
    """« 35 € », « 12,50 € »; nothing where no amount is said."""
    if amount is None:
        return ""
    decimals = 0 if amount == amount.to_integral_value() else 2
    return f"{tongue.figures(amount, decimals)}{french.NBSP}€"


@dataclass(frozen=True)
class Shown:
    row: AidRequest

    @property
    def what(self) -> str:
        return french.capitalised(self.row.get_kind_display())

    @property
    def amount(self) -> str:
        return euros(self.row.amount)

    @property
    def pill(self) -> dict:
        tone, icon = PILLS[AidStatus(self.row.status)]
        return {"tone": tone, "icon": icon, "word": french.capitalised(self.state)}

    @property
    def state(self) -> str:
        if self.row.status == AidStatus.ASKED and self.row.sent_on:
            return _("envoyée, réponse attendue")
        return self.row.get_status_display()

    @property
    def told(self) -> list[str]:
        """To the person: one idea a sentence, « vous »."""
        sentences = {
            AidStatus.ASKED: [_("Vous l’avez demandé."), _("L’équipe vous répond.")],
            AidStatus.GRANTED: [_("C’est oui."), _("L’équipe vous dit comment l’avoir.")],
            AidStatus.GIVEN: [_("C’est fait. Vous l’avez reçu.")],
            AidStatus.CANCELLED: [_("Cette demande est annulée.")],
        }
        if self.row.status == AidStatus.REFUSED:
            return [_("Cette fois, ce n’est pas possible."), self._why()]
        if self.row.status == AidStatus.ASKED and self.row.sent_on:
            return [_("Votre demande est partie."), _("Nous attendons la réponse.")]
        return sentences[AidStatus(self.row.status)]

    def _why(self) -> str:
        return str(RefusalReason(self.row.refusal).for_participant)

    @property
    def for_participant(self) -> str:
        return french.capitalised(self.row.get_kind_display())
