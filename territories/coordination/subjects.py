"""The settings of a programme by subject: what each says today, and whom a change touches."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rtr.lib import french
from territories.programmes.models import Programme

Said = Callable[[object], str]


def days(value: int) -> str:
    return f"{value} {french.plural(value, _('jour'))}"


def months(value: int) -> str:
    return f"{value} {_('mois')}"


def in_days(values: list[int]) -> str:
    return _("%(days)s jours") % {"days": french.listed([str(v) for v in values])} if values else ""


def in_months(values: list[int]) -> str:
    return _("%(months)s mois") % {"months": french.listed([str(v) for v in values])}


def years(value: int) -> str:
    return f"{value} {french.plural(value, _('an'))}"


def text(value: str) -> str:
    return value


def words(value: str) -> str:
    count = len(value.split())
    return f"{french.figures(count)} {french.plural(count, _('mot'))}" if count else ""


def kinds(value: list[str]) -> str:
    count = len(value)
    return f"{french.spelled(count, feminine=True)} {french.plural(count, _('nature'))}"


PHASES = {
    "reperage": gettext_lazy("Repérage"),
    "mobilisation": gettext_lazy("Mobilisation"),
    "insertion": gettext_lazy("Insertion"),
}


def steps(value: dict[str, list[str]]) -> str:
    told = [f"{PHASES[phase]} ({', '.join(value[phase])})" for phase in PHASES if value.get(phase)]
    return " ; ".join(told)


@dataclass(frozen=True)
class Subject:
    """`applies`: from when a change counts, and for whom."""

    slug: str
    title: str
    icon: str
    settings: dict[str, Said]
    applies: str

    def lines(self, programme: Programme) -> Iterator[tuple[str, str]]:
        """Each setting and its value today, in words."""
        for setting in self.settings:
            yield label(setting), said(setting, getattr(programme, setting))


SUBJECTS = [
    Subject(
        "presentation",
        gettext_lazy("Nom et présentation"),
        "signpost",
        {"name": text, "summary": text},
        gettext_lazy("Se voit tout de suite, partout où le programme est nommé."),
    ),
    Subject(
        "butinage",
        gettext_lazy("Butinage"),
        "flower1",
        {
            "butinage_min_days": days,
            "butinage_max_days": days,
            "butinage_limit_days": days,
            "butinage_purge_days": days,
        },
        gettext_lazy("Dès aujourd’hui, pour toutes les personnes qui n’ont pas signé de contrat."),
    ),
    Subject(
        "contrat",
        gettext_lazy("Contrat et objectifs"),
        "pen",
        {
            "minimum_age": years,
            "objectives_at_signature": str,
            "objectives_in_all": str,
            "unsigned_contract_days": days,
            "entry_questions_days": days,
        },
        gettext_lazy(
            "L’âge et les objectifs, pour les contrats préparés à partir d’aujourd’hui. Les délais,"
            " dès aujourd’hui, pour tous les contrats préparés ou signés."
        ),
    ),
    Subject(
        "texte",
        gettext_lazy("Texte du contrat"),
        "file-earmark-text",
        {"contract_text": words},
        gettext_lazy(
            "Pour les contrats figés à partir d’aujourd’hui. Ceux qui sont figés ou signés gardent"
            " leur texte."
        ),
    ),
    Subject(
        "duree",
        gettext_lazy("Durée du parcours et alertes"),
        "hourglass-split",
        {"journey_months": months, "warning_months": in_months, "no_contact_days": in_days},
        gettext_lazy(
            "La durée, pour les contrats signés à partir d’aujourd’hui : les limites déjà fixées ne"
            " bougent pas. Les rappels et les alertes, dès aujourd’hui, pour tous les parcours."
        ),
    ),
    Subject(
        "etapes",
        gettext_lazy("Étapes dans les phases"),
        "signpost",
        {"phase_steps": steps},
        gettext_lazy(
            "Pour les changements de phase notés à partir d’aujourd’hui. Les étapes déjà notées"
            " gardent leur nom."
        ),
    ),
    Subject(
        "orientations",
        gettext_lazy("Orientations"),
        "envelope-open",
        {"referral_answer_days": days, "referral_erase_days": days},
        gettext_lazy("Dès aujourd’hui, pour toutes les orientations, même déjà reçues."),
    ),
    Subject(
        "sorties",
        gettext_lazy("Sorties positives officielles"),
        "door-open",
        {"official_positive_exits": kinds},
        gettext_lazy(
            "Dès aujourd’hui, pour tous les comptes, même des sorties passées. Les sorties notées"
            " ne changent pas."
        ),
    ),
    Subject(
        "suivis",
        gettext_lazy("Suivis après la sortie"),
        "telephone-outbound",
        {"followup_alert_days": days, "followup_late_days": days, "followup_months": in_months},
        gettext_lazy(
            "L’alerte, dès aujourd’hui. Le retard et les suivis suivants, pour les sorties"
            " enregistrées à partir d’aujourd’hui."
        ),
    ),
    Subject(
        "notes",
        gettext_lazy("Notes"),
        "journal-text",
        {"notes_purge_months": months},
        gettext_lazy("Dès aujourd’hui, pour toutes les notes."),
    ),
]
BY_SLUG = {subject.slug: subject for subject in SUBJECTS}
_SAID = {name: said for subject in SUBJECTS for name, said in subject.settings.items()}


def label(setting: str) -> str:
    return french.capitalised(str(Programme._meta.get_field(setting).verbose_name))


def said(setting: str, value) -> str:
    """A value in words; nothing is said to be nothing."""
    return _SAID[setting](value) or _("rien pour l’instant")


def subject_of(setting: str) -> Subject:
    return next(subject for subject in SUBJECTS if setting in subject.settings)
