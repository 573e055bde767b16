"""Bringing a file of context figures, or of communes, quarters and lists of priority quarters.

The file is read whole or refused; what it would change is shown first; then it is done, or not.
Between the two the lines travel in the page, signed: nothing is kept that nobody confirmed.
"""

import datetime
from collections import Counter

from django.core import signing
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from rtr.lib.kept import bound
from rtr.lib.refusals import words_of
from rtr.lib.tables import MOST_FAULTS, Faulty, Line, read
from rtr.lib.told import tell
from rtr.lib.words import plain
from territories.coordination.actions.context import State, set_figures
from territories.coordination.actions.quarters import bring_quarters
from territories.coordination.context import undo_url
from territories.coordination.pages import managed_programme, part
from territories.coordination.territory_forms import EDITIONS, FileForm, value_of, year_of
from territories.models import ContextFigure, Territory
from territories.places.lists import INDICATORS

SHOWN = 15  # lines of the preview
LONGEST_SOURCE = ContextFigure._meta.get_field("source").max_length
MAX_AGE = 3600  # seconds between reading and confirming


class ImportPage(View):
    """Subclasses say the columns, how lines are checked, what they would change, how it is done."""

    columns: list[str] = []
    optional: list[str] = []
    title = example = salt = ""
    template_name = "territories/coordination/import.html"

    def dispatch(self, request, programme):
        self.programme = managed_programme(request, programme)
        mine = Territory.objects.visible_to(request.user).filter(programme=self.programme)
        self.territories = {}
        for territory in mine:
            self.territories |= {plain(territory.name): territory, territory.slug: territory}
        return super().dispatch(request, programme)

    def get(self, request, programme):
        return self.page(bound(FileForm, request))

    def post(self, request, programme):
        if "lines" in request.POST:
            return self.confirm(request.POST["lines"])
        form = bound(FileForm, request)
        if not form.is_valid():
            return self.page(form, status=422)
        try:
            lines = read(form.cleaned_data["file"].read(), self.columns, self.optional)
            rows = self.checked(lines)
            news = self.news(rows)
        except Faulty as error:
            return self.page(FileForm(), status=422, faults=error.faults)
        return self.page(FileForm(), lines=lines, news=news, signed=self.signed(rows))

    def signed(self, rows: list) -> str:
        return signing.dumps([self.programme.pk, rows], salt=self.salt, compress=True)

    def confirm(self, signed: str):
        try:
            programme, rows = signing.loads(signed, salt=self.salt, max_age=MAX_AGE)
            if programme != self.programme.pk:
                raise signing.BadSignature
            words, undo = self.done(rows)
        except signing.BadSignature:
            stale = _("Cette lecture a plus d’une heure : choisissez le fichier de nouveau.")
            return self.page(FileForm(), status=422, faults=[(0, stale)])
        except Faulty as error:
            return self.page(FileForm(), status=422, faults=error.faults)
        tell(self.request, words, undo_url=undo)
        return redirect("territories")

    def checked(self, lines: list[Line]) -> list:
        """Rows ready to be written, JSON alone; raises Faulty with every fault."""
        rows, faults, seen = [], [], {}
        for line in lines:
            try:
                row = self.row(line.cells)
            except ValidationError as error:
                faults.append((line.number, " ".join(error.messages)))
                continue
            key = self.key(row)
            if key in seen:
                said = _("La même chose est déjà à la ligne %(line)s.") % {"line": seen[key]}
                faults.append((line.number, said))
            seen[key] = line.number
            rows.append([line.number, *row])
        if faults:
            raise Faulty(faults)
        return rows

    def territory_of(self, cells: dict) -> Territory:
        name = cells["territoire"]
        found = self.territories.get(plain(name)) or self.territories.get(name)
        if found is None:
            known = ", ".join(sorted({str(each) for each in self.territories.values()}))
            words = {"name": name[:60], "known": known}
            raise ValidationError(
                _("Territoire inconnu : « %(name)s ». Ceux du programme : %(known)s.") % words
            )
        return found

    def page(self, form, *, status=200, faults=(), lines=(), news=None, signed=""):
        context = {
            "form": form,
            "page": self,
            "programme": self.programme,
            "faults": faults,
            "faults_cut": len(faults) == MOST_FAULTS,
            "lines": [[line.cells.get(c, "") for c in self.columns] for line in lines[:SHOWN]],
            "more": max(len(lines) - SHOWN, 0),
            "count": len(lines),
            "news": news,
            "signed": signed,
            "indicators": INDICATORS if "indicateur" in self.columns else (),
        }
        return part(self.request, self.template_name, context, status)


class ContextImport(ImportPage):
    columns = ["territoire", "indicateur", "annee", "valeur", "source"]
    title = gettext_lazy("Importer des données de contexte")
    example = "Caen la Mer;chomage;2025;7,4;INSEE, taux de chômage localisés"
    salt = "import contexte"

    def row(self, cells):
        code = cells["indicateur"]
        if code not in INDICATORS:
            by_label = {plain(each.label): each.code for each in INDICATORS}
            code = by_label.get(plain(code), "")
        if not code:
            words = {"name": cells["indicateur"][:60]}
            raise ValidationError(_("Indicateur inconnu : « %(name)s ».") % words)
        source = cells["source"]
        if not source or len(source) > LONGEST_SOURCE:
            raise ValidationError(_("La source manque, ou dépasse 160 caractères."))
        place = self.territory_of(cells)
        return [
            place.pk,
            code,
            year_of(cells["annee"]),
            source,
            str(value_of(cells["valeur"], code)),
        ]

    def key(self, row):
        return tuple(row[:4])

    def _states(self, rows) -> list[State]:
        return [State(*row[:4], value_of(row[4], row[1])) for _number, *row in rows]

    def news(self, rows):
        states = self._states(rows)
        known = ContextFigure.objects.visible_to(self.request.user)
        known = known.filter(territory__programme=self.programme)
        known = {(f.territory_id, f.indicator, f.year, f.source): f.value for f in known}
        found = Counter()
        for state in states:
            was = known.get(state.key)
            found["new" if was is None else "same" if was == state.value else "changed"] += 1
        return found

    def done(self, rows):
        before = set_figures(by=self.request.user, states=self._states(rows))
        return _told(len(before)), undo_url(before)


class QuarterImport(ImportPage):
    columns = ["territoire", "commune", "quartier", "zonage", "depuis", "jusqu_au"]
    optional = ["quartier", "zonage", "depuis", "jusqu_au"]
    title = gettext_lazy("Importer des communes et des quartiers")
    example = "Caen la Mer;Caen;Chemin Vert;2024;2024-01-01;"
    salt = "import quartiers"

    def row(self, cells):
        cells = dict.fromkeys(self.columns, "") | cells
        place = self.territory_of(cells)
        commune, quarter, edition = cells["commune"], cells["quartier"], cells["zonage"]
        if not commune or len(commune) > 120 or len(quarter) > 120:
            raise ValidationError(_("Le nom de la commune manque, ou un nom dépasse 120 lettres."))
        since, until = day_of(cells["depuis"]), day_of(cells["jusqu_au"])
        if bool(edition) != bool(since) or edition and not quarter or until and not since:
            raise ValidationError(_("Un zonage va avec son quartier et son premier jour."))
        if edition and edition not in dict(EDITIONS):
            words = {"known": ", ".join(dict(EDITIONS))}
            raise ValidationError(_("Zonage inconnu. Ceux qui existent : %(known)s.") % words)
        if until and until <= since:
            raise ValidationError(_("La fin du zonage vient après son début."))
        dates = [each.isoformat() if each else "" for each in (since, until)]
        return [place.pk, commune, quarter, edition, *dates]

    def key(self, row):
        return tuple(row[:5])

    def news(self, rows):
        """Done in full, then taken back: what the database refuses is known before."""
        with transaction.atomic():
            found = self._bring(rows)
            transaction.set_rollback(True)
        return found

    def done(self, rows):
        found = self._bring(rows)
        return _told(found["new"] + found["changed"]), ""

    def _bring(self, rows) -> Counter:
        try:
            return bring_quarters(by=self.request.user, rows=rows)
        except IntegrityError as error:
            raise Faulty([(0, words_of(error))]) from None


def _told(changed: int) -> str:
    if not changed:
        return _("Tout était déjà là : rien n’a changé.")
    return _("C’est importé : %(count)s lignes nouvelles ou changées.") % {"count": changed}


def day_of(text: str) -> datetime.date | None:
    """2024-01-31 or 31/01/2024; nothing for an empty cell."""
    for pattern in ("%Y-%m-%d", "%d/%m/%Y") if text else ():
        try:
            return datetime.datetime.strptime(text, pattern).date()
        except ValueError:
            continue
    if text:
        raise ValidationError(_("Écrivez les jours comme 2024-01-31 ou 31/01/2024."))
    return None


def links(programme) -> dict[str, str]:
    return {
        "context": reverse("context_import", args=[programme.slug]),
        "quarters": reverse("quarters_import", args=[programme.slug]),
    }
