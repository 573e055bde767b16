"""An appointment as it is read: when, with whom, where, its state; and what may be done of it."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.appointments.enums import AppointmentStatus, CancelReason, Mode, Side
from journeys.appointments.models import LIVE, Appointment
from journeys.appointments.moments import in_large, said
from rtr.lib import french, tongue

PILLS = {
    AppointmentStatus.PROPOSED: ("info", "hourglass-split"),
    AppointmentStatus.ACCEPTED: ("ok", "check-circle"),
    AppointmentStatus.TO_CHANGE: ("warn", "arrow-repeat"),
    AppointmentStatus.CANCELLED: ("", "slash-circle"),
    AppointmentStatus.CAME: ("ok", "check2-circle"),
    AppointmentStatus.MISSED: ("", "calendar-x"),
}
ICONS = {Mode.MEET: "geo-alt", Mode.CALL: "telephone", Mode.VIDEO: "laptop"}


@dataclass(frozen=True)
class Shown:
    """`side`: who reads it; `may_act`: whether they may do something of it."""

    row: Appointment
    side: str
    may_act: bool = True

    @property
    def when(self) -> str:
        return in_large(self.row.starts_at)

    @property
    def hour(self) -> str:
        return tongue.hour(timezone.localtime(self.row.starts_at))

    @property
    def day_parts(self) -> list[str]:
        year = self.row.on.year != timezone.localdate().year
        return french.day(self.row.on, year=year).split(french.NBSP)

    @property
    def is_today(self) -> bool:
        return self.row.on == timezone.localdate()

    @property
    def icon(self) -> str:
        return ICONS[Mode(self.row.mode)]

    @property
    def where(self) -> str:
        """« Le Dôme », « par téléphone », « en visio »; nothing where nobody said."""
        if self.row.mode != Mode.MEET:
            return self.row.get_mode_display()
        return self.row.place.name if self.row.place else self.row.where

    @property
    def pill(self) -> dict:
        tone, icon = PILLS[AppointmentStatus(self.row.status)]
        return {"tone": tone, "icon": icon, "word": french.capitalised(self.state)}

    @property
    def state(self) -> str:
        if self.row.status != AppointmentStatus.PROPOSED:
            return self.row.get_status_display()
        if self.row.is_past:
            return _("sans réponse")
        if self.row.awaits(self.side):
            return _("attend votre réponse")
        if self.side == Side.TEAM:
            return _("attend la réponse de la personne")
        return _("attend la réponse de l’équipe")

    @property
    def moved(self) -> str:
        if not self.row.moved_from or not self.row.is_live:
            return ""
        return _("déplacé du %(moment)s") % {"moment": said(self.row.moved_from)}

    @property
    def why(self) -> str:
        """« annulé par la personne, un empêchement »."""
        if self.row.status != AppointmentStatus.CANCELLED:
            return ""
        by = _("annulé par %(who)s") % {"who": self.row.get_cancelled_by_display()}
        reason = self.row.cancel_reason
        return f"{by}, {_small(CancelReason(reason).label)}" if reason else by

    @property
    def can_accept(self) -> bool:
        return self.may_act and self.row.awaits(self.side) and not self.row.is_past

    @property
    def can_come(self) -> bool:
        """The person's « Je viens »: to a moment proposed, or after all."""
        back = self.row.status == AppointmentStatus.TO_CHANGE and not self.row.is_past
        return self.can_accept or back

    @property
    def can_decline(self) -> bool:
        kept = self.row.status in (AppointmentStatus.PROPOSED, AppointmentStatus.ACCEPTED)
        return kept and not self.row.is_past

    @property
    def can_change(self) -> bool:
        """Move or cancel."""
        return self.may_act and self.row.status in LIVE and not self.row.is_past

    @property
    def can_mark(self) -> bool:
        return self.may_act and self.row.status in LIVE and self.row.is_past

    @property
    def can_propose_again(self) -> bool:
        return self.may_act and self.row.status == AppointmentStatus.MISSED


def _small(label) -> str:
    label = str(label)
    return label[:1].lower() + label[1:]
