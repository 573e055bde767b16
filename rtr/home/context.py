"""What the frame of every page shows: menu, territory switch, account."""

from dataclasses import dataclass
from types import SimpleNamespace
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from territories.accounts.demo import ACCOUNTS


@dataclass(frozen=True)
class Entry:
    """A word of the menu: its page, its icon, and other pages under the same word; `also` gives
    (page, permission), and the word leads to the first one that the person may open."""

    label: str
    icon: str
    url_name: str
    permission: str
    also: tuple[tuple[str, str], ...] = ()

    def urls(self, user) -> list[str]:
        pages = [(self.url_name, self.permission), *self.also]
        return [reverse(name) for name, permission in pages if user.may(permission)]


MENU = [  # seven words at most for any role
    Entry(
        gettext_lazy("Aujourd’hui"),
        "sun",
        "today",
        "participants.list",
        also=(("my_appointments", "appointments.keep"),),
    ),
    Entry(gettext_lazy("Participants"), "people", "participants", "participants.list"),
    Entry(
        gettext_lazy("Arrivées"),
        "box-arrow-in-right",
        "referrals",
        "referrals.answer",
        also=(("outreach", "outreach.record"),),
    ),
    Entry(
        gettext_lazy("Activités"),
        "calendar3",
        "agenda",
        "activities.read",
        also=(("registers", "registers.take"), ("statements", "statements.sign")),
    ),
    Entry(gettext_lazy("Badges"), "award", "our_badges", "badges.of_house"),
    Entry(gettext_lazy("Mes orientations"), "send", "my_referrals", "referrals.send"),
    Entry(
        gettext_lazy("Programme"),
        "diagram-3",
        "programme",
        "programme.manage",
        also=(("territories", "territories.read"),),
    ),
    Entry(gettext_lazy("Évaluation"), "bar-chart", "evaluation", "evaluation.read"),
]

# Pages under a word whose address is another's.
BELOW = {
    "participants": [
        "/coordination/parcours/",
        "/coordination/aides/",
        "/coordination/doublons/",
        "/coordination/transferts/",
        "/coordination/chercher-ailleurs/",
        "/coordination/messages/",
    ],
    "agenda": ["/coordination/activites/", "/coordination/seances/"],
    "our_badges": ["/coordination/soutiens/", "/coordination/badges/"],
    "programme": ["/programme/"],
}


def frame(request):
    user = getattr(request, "user", None)
    is_person = bool(getattr(user, "territory_id", None))
    if user is None or not user.is_authenticated or is_person or not user.roles:
        return {"frame": None, "is_person": is_person} | _demo()
    return {
        "is_person": False,
        "frame": SimpleNamespace(
            user_label=user.first_name or user.email,
            menu=[_menu_entry(entry, request) for entry in MENU if entry.urls(user)],
            places=_places(request),
            place_label=_place_label(request),
            can_welcome=user.may("participants.welcome"),
            welcome_url=reverse("welcome"),
            search_url=reverse("participants") if user.may("participants.list") else "",
        ),
    }


def _demo() -> dict:
    """The sign-in page of a demonstration offers its accounts."""
    if not settings.DEMO:
        return {}
    return {"demo_accounts": ACCOUNTS, "demo_password": settings.DEMO_PASSWORD}


def _menu_entry(entry: Entry, request):
    urls = entry.urls(request.user)
    current = any(
        request.path == url or (url != reverse("today") and request.path.startswith(url))
        for url in urls
    )
    if any(request.path.startswith(start) for start in BELOW.get(entry.url_name, ())):
        current = True
    return SimpleNamespace(label=entry.label, icon=entry.icon, url=urls[0], current=current)


def _territories(user) -> list:
    found = {t.pk: (role.programme, t) for role in user.roles for t in role.territories.all()}
    return sorted(found.values(), key=lambda pair: (pair[0].name, pair[1].name))


def _places(request) -> list:
    """One entry per territory and « tous »."""
    pairs = _territories(request.user)
    if len(pairs) < 2:
        return []
    chosen = request.session.get("place", "")
    several = len({programme.pk for programme, _territory in pairs}) > 1
    places = [("", _("Tous mes territoires"))]
    for programme, territory in pairs:
        label = f"{programme}, {territory}" if several else str(territory)
        places.append((str(territory.pk), label))
    back = request.path if request.method == "GET" else reverse("home")
    return [
        SimpleNamespace(
            label=label,
            url=f"{reverse('switch_place')}?{urlencode({'place': value, 'next': back})}",
            current=chosen == value,
        )
        for value, label in places
    ]


def _place_label(request) -> str:
    pairs = _territories(request.user)
    shown = [pair for pair in pairs if pair[1].pk in request.place_ids]
    programmes = sorted({str(programme) for programme, _territory in shown})
    if len(shown) == 1:
        return f"{programmes[0]}, {shown[0][1]}"
    return " · ".join(programmes)
