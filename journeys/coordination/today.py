"""« Aujourd'hui »: what needs me, the week ahead, and one page for each kind of need."""

from types import SimpleNamespace

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from journeys.appointments.reading import today_of
from journeys.coordination import needs
from journeys.coordination.needs import Found, Looking
from journeys.coordination.saying import GROUPS
from journeys.coordination.week import figures, week
from rtr.lib import french


def today(request):
    looking = Looking.of(request.user, request.place_ids)
    found = needs.found_today(GROUPS, looking)
    context = {
        "today": looking.today,
        "count": _count(found),
        "groups": [_shown(each, looking) for each in found],
        "week": week(looking),
        "figures": figures(looking),
        "decides_aids": request.user.may("aids.decide"),
        "keeps_appointments": request.user.may("appointments.keep"),
        "appointments": today_of(request.user, looking.where("appointments.keep")),
        "welcome_url": reverse("welcome") if request.user.may("participants.welcome") else "",
    }
    return render(request, "journeys/coordination/today.html", context)


def today_group(request, slug):
    """All the lines of one group, the most pressing first."""
    group = next((group for group in GROUPS if group.slug == slug), None)
    if group is None:
        raise Http404
    looking = Looking.of(request.user, request.place_ids)
    lines, after = needs.page_of(group, looking, request.GET.get("after", ""))
    context = {
        "group": group,
        "lines": lines,
        "next_url": f"?after={after}" if after else "",
        "previous_url": request.path if "after" in request.GET else "",
    }
    return render(request, "journeys/coordination/today_group.html", context)


def _count(found: list[Found]) -> str:
    """« Sept points vous attendent, dont deux avant ce soir. »"""
    count = sum(each.in_all for each in found)
    now = sum(each.in_now for each in found)
    if not count:
        return ""
    verb = _("vous attend") if count < 2 else _("vous attendent")
    words = {"points": french.capitalised(points(count)), "verb": verb}
    if not now:
        return _("%(points)s %(verb)s.") % words
    if now == count:
        return _("%(points)s %(verb)s avant ce soir.") % words
    words["now"] = french.spelled(now)
    return _("%(points)s %(verb)s, dont %(now)s avant ce soir.") % words


def points(count: int) -> str:
    return f"{french.spelled(count)} {french.plural(count, _('point'), _('points'))}"


def _shown(each: Found, looking: Looking) -> SimpleNamespace:
    query = each.group.query(looking)
    if query:
        url = f"{reverse('participants')}?{query}"
    else:
        url = reverse("today_group", args=[each.group.slug])
    return SimpleNamespace(
        heading=each.group.heading,
        slug=each.group.slug,
        points=points(each.in_all),
        lines=each.lines,
        left=each.left,
        all_url=url,
    )
