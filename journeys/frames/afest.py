"""Training at the place of work (AFEST), which is one by its four elements or not at all.

Source: Code du travail, L6313-2 and D6313-3-2: work analysed beforehand, a trainer named, phases of
reflection apart from work, an assessment at the end.
"""

from dataclasses import dataclass

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from journeys.frames.models import ends_after_start
from journeys.pathway.models import OfJourney
from rtr.postgres.fields import ScopedForeignKey
from territories.accounts.models import User
from territories.organisations.models import Organisation


@dataclass(frozen=True)
class Element:
    """One of the four: `remains` says what is still to do, and is empty once done."""

    name: str | Promise
    said: str
    remains: str | Promise = ""

    @property
    def is_done(self) -> bool:
        return not self.remains


class Afest(OfJourney):
    host = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    host_name = models.CharField(_("où"), max_length=120)
    aim = models.CharField(_("ce qui s’apprend"), max_length=200)
    from_on = models.DateField(_("depuis le"), default=timezone.localdate)
    trainer = models.CharField(_("formateur"), max_length=120, blank=True)
    trainer_role = models.CharField(_("fonction du formateur"), max_length=80, blank=True)
    analysis = models.CharField(_("analyse du travail"), max_length=500, blank=True)
    analysed_on = models.DateField(_("travail analysé le"), null=True, blank=True)
    assessment = models.CharField(_("ce qui est acquis"), max_length=500, blank=True)
    assessed_on = models.DateField(_("évaluée le"), null=True, blank=True)
    # Closed as an AFEST, with its four elements; or stopped, and then it is none.
    closed_on = models.DateField(_("close le"), null=True, blank=True)
    stopped_on = models.DateField(_("arrêtée le"), null=True, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)

    class Meta:
        verbose_name = _("AFEST")
        ordering = ["-from_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="afest_closed_or_stopped",
                condition=Q(closed_on__isnull=True) | Q(stopped_on__isnull=True),
            ),
            models.CheckConstraint(
                name="afest_closed_has_its_elements",
                condition=Q(closed_on__isnull=True)
                | Q(analysed_on__isnull=False, assessed_on__isnull=False) & ~Q(trainer=""),
                violation_error_message=_("Une AFEST se clôt avec ses quatre éléments."),
            ),
        ]

    def __str__(self):
        return f"{self.aim} · {self.host_name}"

    @property
    def is_open(self) -> bool:
        return self.closed_on is None and self.stopped_on is None

    @property
    def elements(self) -> list[Element]:
        sequences = list(self.sequences.all())
        return [
            self._analysed(sequences),
            self._trained(),
            _reflected(sequences),
            self._assessed(sequences),
        ]

    @property
    def done(self) -> int:
        return sum(element.is_done for element in self.elements)

    @property
    def is_whole(self) -> bool:
        return self.done == len(self.elements)

    def _analysed(self, sequences: list) -> Element:
        name, remains = _("Le travail analysé avant de commencer"), ""
        if self.analysed_on is None:
            remains = _("Regardez le poste avec le formateur, et notez ce qui servira à apprendre.")
        elif sequences and min(one.on for one in sequences) < self.analysed_on:
            remains = _("L’analyse vient après la première séquence : elle se fait avant.")
        return Element(name, self.analysis, remains)

    def _trained(self) -> Element:
        said = ", ".join(filter(None, [self.trainer, self.trainer_role]))
        return Element(
            _("Un formateur nommé"),
            said,
            "" if self.trainer else _("Nommez qui forme au poste de travail."),
        )

    def _assessed(self, sequences: list) -> Element:
        name, remains = _("L’évaluation à la fin"), ""
        if self.assessed_on is None:
            remains = _("Faites le point sur ce qui est acquis, à la fin.")
        elif sequences and max(one.on for one in sequences) > self.assessed_on:
            remains = _("Une séquence a eu lieu depuis : évaluez de nouveau.")
        return Element(name, self.assessment, remains)


def _reflected(sequences: list) -> Element:
    name = _("Des séances réflexives, à part du travail")
    if not sequences:
        return Element(name, "", _("Notez chaque séquence de travail, puis sa séance réflexive."))
    lacking = [one for one in sequences if one.reflected_on is None]
    done = len(sequences) - len(lacking)
    said = ngettext(
        "%(count)s séance réflexive pour %(all)s séquences de travail.",
        "%(count)s séances réflexives pour %(all)s séquences de travail.",
        done,
    )
    remains = ngettext(
        "Il manque %(count)s séance réflexive : une après chaque séquence de travail.",
        "Il manque %(count)s séances réflexives : une après chaque séquence de travail.",
        len(lacking),
    )
    said %= {"count": done, "all": len(sequences)}
    return Element(name, said, remains % {"count": len(lacking)} if lacking else "")


class AfestSequence(OfJourney):
    """A working sequence, and the reflection that follows it apart from work."""

    afest = ScopedForeignKey(Afest, models.CASCADE, related_name="sequences")
    on = models.DateField(_("jour"), default=timezone.localdate)
    what = models.CharField(_("ce qui a été fait"), max_length=200)
    minutes = models.PositiveSmallIntegerField(_("durée, en minutes"), null=True, blank=True)
    reflected_on = models.DateField(_("séance réflexive le"), null=True, blank=True)
    reflection = models.CharField(_("ce qui en ressort"), max_length=300, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)

    class Meta:
        verbose_name = _("séquence d’AFEST")
        ordering = ["on", "pk"]
        constraints = [
            ends_after_start("afest_reflected_after", "on", "reflected_on"),
            models.CheckConstraint(
                name="afest_reflection_has_words",
                condition=Q(reflected_on__isnull=True) | ~Q(reflection=""),
                violation_error_message=_("Dites ce qui en ressort."),
            ),
        ]

    def __str__(self):
        return f"{self.what} · {self.on}"
