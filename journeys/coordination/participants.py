"""The list of participants: those one may open, and the others of one's structure."""

from itertools import groupby
from types import SimpleNamespace
from urllib.parse import urlencode

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from journeys.coordination import people
from journeys.coordination.filters import PeopleFilters
from journeys.coordination.sentences import PILLS, next_step, sentence
from journeys.duplicates.reading import now_called
from journeys.pathway.enums import Phase, Status
from rtr.access import ACCESS
from rtr.lib import french

SORTS = {"": people.BY_NAME, "contact": people.BY_CONTACT}


def participants(request):
    """The page, or its rows alone for htmx; fields left empty go from the address."""
    if "" in request.GET.values():
        return redirect(f"{request.path}?{_filled(request.GET)}")
    context = context_of(request)
    partial = request.htmx and not request.htmx.history_restore_request
    name = "_rows.html" if partial else "participants.html"
    return render(request, f"journeys/coordination/{name}", context)


def context_of(request) -> dict:
    """All that the page and its rows show; `others`, the rest of a referent's structure."""
    is_others = request.GET.get("group") == "others" and _has_others(request.user)
    context = _others(request) if is_others else _mine(request)
    return context | {
        "q": _words(request),
        "beside": _beside(request.user),
        "now_called": now_called(request.user, _words(request)),
        "tabs": _tabs(is_others) if _has_others(request.user) else [],
        "may_assign": request.user.may("journeys.assign"),
        "may_export": request.user.may("participants.export"),
    }


def filters_of(request) -> PeopleFilters:
    """The journeys that the words typed and the filters leave; `.qs` is not read yet."""
    user, places = request.user, request.place_ids
    journeys = people.searched(people.journeys_of(user, places), _words(request), user, places)
    return PeopleFilters(request.GET, journeys, request=request)


def _mine(request) -> dict:
    filters = filters_of(request)
    sort = "contact" if request.GET.get("sort") == "contact" else ""
    page = _page(request, SORTS[sort], filters.qs, people.known)
    narrowed = bool(filters.in_force or _words(request))
    butinage = None if narrowed else people.counted(filters.qs.in_status(Status.BUTINAGE))
    return {
        "purpose": _purpose(request),
        "search_hint": _search_hint(request),
        "said": _said(page.count, narrowed, butinage),
        "groups": _groups(people.rows_of(page.rows, request.user), request.user),
        "phases": list(Phase),
        "filters": filters,
        "chips": filters.chips(),
        "clear_url": f"?{_filled({'q': _words(request), 'sort': sort})}",
        "kept": [(k, v) for k, v in request.GET.items() if k not in ("q", "after", "before")],
        "beside": [(k, v) for k, v in (("q", _words(request)), ("sort", sort)) if v],
        "sort": sort,
        "sort_label": _("Trier : par surnom") if sort else _("Trier : moins vus d’abord"),
        "sort_url": url_of(request, sort="" if sort else "contact"),
        "csv_url": f"{reverse('participants_csv')}{url_of(request)}",
        "excel_url": f"{reverse('participants_csv')}{url_of(request, excel='1')}",
        "empty": _nobody(request, narrowed),
    } | _around(request, page)


def _others(request) -> dict:
    rows = people.others_of(request.user, request.place_ids)
    if text := _words(request):
        rows = rows.search(text, identity=False)
    page = _page(request, people.OTHERS, rows, people.known_of_others)
    return {
        "purpose": _(
            "Les autres personnes accueillies par votre structure : leur surnom, leur code."
        ),
        "search_hint": _("Surnom ou code"),
        "said": _said(page.count, bool(text), None),
        "others": page.rows,
        "kept": [("group", "others")],
        "empty": _nobody(request, bool(text)),
    } | _around(request, page)


# -- Which page ----------------------------------------------------------------------------------


def _words(request) -> str:
    return request.GET.get("q", "").strip()


def _page(request, order, rows, show):
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    return order.page(
        rows,
        request.place_ids,
        show,
        after=after,
        before=before,
        size=people.PAGE,
        most=people.MOST_COUNTED,
    )


def _filled(query) -> str:
    return urlencode([(name, value) for name, value in query.items() if value])


def url_of(request, **changes) -> str:
    """The same list from its first page, with these parameters changed."""
    query = request.GET.copy()
    for name in ("after", "before"):
        query.pop(name, None)
    for name, value in changes.items():
        query[name] = value
    return f"?{_filled(query)}"


def _around(request, page) -> dict:
    return {
        "previous_url": url_of(request, before=page.before) if page.before else "",
        "next_url": url_of(request, after=page.after) if page.after else "",
    }


def _has_others(user) -> bool:
    """A referent knows the other people of their structure; a coordinator sees all anyway."""
    return user.may("participants.welcome") and not user.may("journeys.read_all")


def _tabs(is_others: bool) -> list[SimpleNamespace]:
    mine, others = _("Vos parcours"), _("Votre structure")
    url = reverse("participants")
    return [
        SimpleNamespace(label=mine, url=url, current=not is_others),
        SimpleNamespace(label=others, url=f"{url}?group=others", current=is_others),
    ]


def _beside(user) -> list[tuple[str, str]]:
    """Pages about several files at once, for who may open them."""
    pages = {
        "messages": _("Messages"),
        "duplicates": _("Doublons possibles"),
        "transfers": _("Transferts"),
        "search_elsewhere": _("Chercher ailleurs"),
    }
    return [(reverse(name), label) for name, label in pages.items() if user.may(ACCESS[name])]


# -- What it says --------------------------------------------------------------------------------


def _purpose(request) -> str:
    if not request.user.may("journeys.read_all"):
        return _("Les personnes dont vous suivez le parcours.")
    known = {t.pk: t for role in request.user.roles for t in role.territories.all()}
    if len(request.place_ids) == 1:
        place = known[next(iter(request.place_ids))]
        return _("Les personnes accompagnées, %(place)s.") % {"place": place}
    return _("Les personnes accompagnées dans vos territoires.")


def _search_hint(request) -> str:
    if people.reads_identities(request.user, request.place_ids):
        return _("Surnom, code, nom ou téléphone")
    return _("Surnom ou code")


def _said(count: int, narrowed: bool, butinage: int | None) -> str:
    """« Douze personnes correspondent », « Quarante-deux personnes, dont six en butinage »."""
    words = _people(count)
    if narrowed:
        verbs = {0: _("ne correspond"), 1: _("correspond")}
        verb = verbs.get(count, _("correspondent"))
        return _("%(people)s %(verb)s") % {"people": words, "verb": verb}
    if not butinage or count == 1:
        return words
    many = _people(butinage).split(" ")[:-1] if butinage > people.MOST_COUNTED else None
    how_many = " ".join(many).lower() if many else french.spelled(butinage, feminine=True)
    return _("%(people)s, dont %(how_many)s en butinage") % {"people": words, "how_many": how_many}


def _people(count: int) -> str:
    if count > people.MOST_COUNTED:
        most = french.figures(people.MOST_COUNTED)
        return _("Plus de %(most)s personnes") % {"most": most}
    number = french.capitalised(french.spelled(count, feminine=True))
    return f"{number} {french.plural(count, _('personne'), _('personnes'))}"


def _groups(rows: list[people.Row], user) -> list[SimpleNamespace]:
    """Rows dressed for the page, under the name of their territory where there are several."""
    places = {t.pk: (t, role.programme) for role in user.roles for t in role.territories.all()}
    groups = []
    for pk, members in groupby(rows, key=lambda row: row.territory_id):
        territory, programme = places[pk]
        dressed = [
            SimpleNamespace(
                it=row,
                sentence=sentence(row, reader=user),
                pill=PILLS[row.status],
                step=next_step(row, programme),
            )
            for row in members
        ]
        groups.append(SimpleNamespace(place=str(territory), rows=dressed))
    if len(groups) == 1 and len(user.territory_ids) == 1:
        groups[0].place = ""
    return groups


def _nobody(request, narrowed: bool) -> SimpleNamespace:
    """What an empty list says, and the next act."""
    if narrowed:
        return SimpleNamespace(
            icon="search",
            said=_("Personne ne correspond."),
            hint=_("Retirez un filtre, ou cherchez avec le début d’un mot."),
            url=url_of(request, q="") if _words(request) else reverse("participants"),
            act=_("Retirer la recherche") if _words(request) else _("Retirer les filtres"),
        )
    if request.user.may("participants.welcome"):
        return SimpleNamespace(
            icon="people",
            said=_("Personne pour l’instant."),
            hint=_("Un surnom suffit pour commencer."),
            url=reverse("welcome"),
            act=_("Accueillir une personne"),
        )
    return SimpleNamespace(
        icon="people",
        said=_("Aucun parcours ne vous est confié pour l’instant."),
        hint=_("La coordination vous ajoute à l’équipe de suivi d’une personne."),
        url="",
        act="",
    )
