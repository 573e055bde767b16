"""The catalogue as a file: given to others, taken from others after a look."""

from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from badges.achievements import exchange
from badges.achievements.coordination.doors import bodies_of, known, programme_for
from badges.achievements.enums import Status
from badges.achievements.forms import CatalogueForm
from rtr.lib.tables import MOST_FAULTS, Faulty
from rtr.lib.told import tell

MAX_AGE = 3600  # seconds between reading and confirming
SALT = "import catalogue"


@require_safe
def export(request):
    """The published badges of the programme, each in its last version."""
    programme = programme_for(request)
    rows = known(request).filter(programme=programme, status=Status.PUBLISHED)
    catalogue = exchange.written(exchange.exported(exchange.last_versions(rows)))
    response = HttpResponse(catalogue, content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="catalogue-de-badges.json"'
    return response


def import_(request):
    """Reads a file and says what it would change; then does it, or not."""
    programme = programme_for(request)
    bodies = bodies_of(request, programme)
    if "signed" in request.POST:
        return _confirm(request, programme, bodies)
    form = CatalogueForm(request.POST or None, request.FILES or None, bodies=bodies)
    if request.method != "POST":
        return _page(request, form)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        rows = exchange.read(form.cleaned_data["file"].read(exchange.MOST_BYTES + 1))
    except Faulty as error:
        return _page(request, form, status=422, faults=error.faults)
    body = form.cleaned_data["organisation"]
    return _page(
        request,
        form,
        rows=rows,
        body=body,
        news=exchange.news(programme, rows),
        signed=signing.dumps([programme.pk, body.pk, rows], salt=SALT, compress=True),
    )


def _confirm(request, programme, bodies):
    try:
        read_for, body, rows = signing.loads(request.POST["signed"], salt=SALT, max_age=MAX_AGE)
        if read_for != programme.pk:
            raise signing.BadSignature
    except (signing.BadSignature, ValueError):
        stale = _("Cette lecture a plus d’une heure : choisissez le fichier de nouveau.")
        return _page(request, CatalogueForm(bodies=bodies), status=422, faults=[(0, stale)])
    way = exchange.Way(
        organisation=get_object_or_404(bodies, pk=body),
        update="update" in request.POST,
        publish="publish" in request.POST,
    )
    try:
        done = exchange.take_in(programme=programme, rows=rows, way=way, by=request.user)
    except ValidationError as error:
        faults = [(0, said) for said in error.messages]
        return _page(request, CatalogueForm(bodies=bodies), status=422, faults=faults)
    said = _("C’est importé. Badges nouveaux : %(new)s, brouillons de badges connus : %(updated)s.")
    tell(request, said % {"new": done["new"], "updated": done["updated"]})
    return redirect("achievements")


def _page(request, form, *, status=200, faults=(), rows=(), **found):
    context = {
        "form": form,
        "faults": faults,
        "faults_cut": len(faults) == MOST_FAULTS,
        "rows": rows,
        "news": {},
        "body": None,
        "signed": "",
        "licence": exchange.LICENCE,
    }
    return render(request, "badges/achievements/import.html", context | found, status=status)
