"""What the lists of structures and of places share: what is looked for, which page, where."""

from urllib.parse import urlencode

from rtr.lib.filters import ChipFilters

PAGE = 50
READ = "organisations.read"


def words(request) -> str:
    return request.GET.get("q", "").strip()


def asked(request, filters: ChipFilters) -> dict:
    """For the search form and the filters: each keeps what the other asked."""
    text = words(request)
    looked_for = [("q", text)] if text else []
    return {
        "q": text,
        "filters": filters,
        "chips": filters.chips(),
        "clear_url": f"?{urlencode(looked_for)}",
        "kept": [(k, v) for k, v in request.GET.items() if v and k not in ("q", "page")],
        "beside": looked_for,
    }


def page_of(request, found: list) -> tuple[list, dict]:
    """The rows of the page asked for; a number that says nothing gives the first one."""
    said = request.GET.get("page", "")
    last = max(1, -(-len(found) // PAGE))
    number = min(int(said), last) if said.isdecimal() and len(said) < 6 and int(said) else 1
    around = {
        "previous_url": _url_of(request, number - 1) if number > 1 else "",
        "next_url": _url_of(request, number + 1) if number < last else "",
    }
    return found[(number - 1) * PAGE : number * PAGE], around


def _url_of(request, number: int) -> str:
    query = request.GET.copy()
    query["page"] = number
    return f"?{query.urlencode()}"


def readable_places(request) -> set[int]:
    """The territories shown in the top bar where the user may read the network."""
    return request.place_ids & request.user.territories_where(READ)


def territories_to_choose(request) -> list[tuple[int, str]]:
    known = {t.pk: str(t) for role in request.user.roles for t in role.territories.all()}
    pairs = [(pk, known[pk]) for pk in readable_places(request)]
    return sorted(pairs, key=lambda pair: pair[1])


def shown_programmes(request) -> set[int]:
    readable = readable_places(request)
    roles = request.user.roles
    return {role.programme_id for role in roles if readable & set(role.territory_ids)}
