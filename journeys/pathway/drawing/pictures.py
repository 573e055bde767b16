"""The small drawings of a journey, as SVG: what stands on a pole, a badge, a line that wanders."""

from journeys.pathway.drawing.labels import Label
from journeys.pathway.drawing.story import Lived
from rtr.templatetags.rtr import icon_href

PIN = {
    "reperage": '<circle class="pin" cx="{x}" cy="{y}" r="11"/>',
    "mobilisation": '<path class="pin" d="M{x} {y}m0 -14l13.5 24h-27Z"/>',
    "insertion": '<path class="pin" d="M{x} {y}m-11 -11h22v22h-22Z"/>',
}
HEXAGON = "l12 7v14l-12 7l-12 -7v-14Z"
HEXAGON_IN = "l8.6 5v10l-8.6 5l-8.6 -5v-10Z"


def px(value: float) -> str:
    """A coordinate, to a tenth of a pixel."""
    return f"{value:.1f}".removesuffix(".0")


def count_in(x: float, y: float, count: int) -> str:
    return f'<text class="in-hexa" x="{px(x)}" y="{px(y + 5)}" text-anchor="middle">{count}</text>'


def _toward(label: Label) -> int:
    """1 when the text is right of its pole, -1 when left: pictograms turn with it."""
    return -1 if label.side == "left" else 1


def _pole(label: Label, top: float, y: float, css: str = "pole") -> str:
    return f'<path class="{css}" d="M{px(label.x)} {px(y)}V{px(top + 3)}"/>'


def _contract(label: Label, top: float, y: float) -> str:
    left = label.x + (5 if _toward(label) > 0 else -19)
    at = f"M{px(left)} {px(top + 4)}"
    return (
        f"{_pole(label, top, y - 13)}"
        f'<path class="sheet" d="{at}h9l5 5v13h-14Z"/><path class="pole" d="{at}m3.5 10h7m-7 5h7"/>'
    )


def _outcome(label: Label, top: float, y: float) -> str:
    turn = _toward(label)
    at = f"M{px(label.x + turn)} {px(top + 3)}"
    flag = f"{at}h{20 * turn}l{-5 * turn} 7l{5 * turn} 7h{-20 * turn}Z"
    foot = f'<circle class="ring-ink" cx="{px(label.x)}" cy="{px(y)}" r="5"/>'
    return f'{_pole(label, top, y)}<path class="win" d="{flag}"/>{foot}'


def _exit(label: Label, top: float, y: float) -> str:
    left = label.x + (5 if _toward(label) > 0 else -16)
    door = f"M{px(left)} {px(top + 20)}v-16h11v16Z"
    return (
        f'{_pole(label, top, y)}<path class="sheet" d="{door}"/>'
        f'<circle class="knob" cx="{px(left + 8)}" cy="{px(top + 12.5)}" r="1.4"/>'
        f'<path class="stop" d="M{px(label.x)} {px(y - 11)}v22"/>'
    )


def _return(label: Label, top: float, y: float) -> str:
    foot = f'<circle class="ring-ink" cx="{px(label.x)}" cy="{px(y)}" r="6"/>'
    return f"{_pole(label, top, y)}{foot}"


def _limit(label: Label, top: float, y: float) -> str:
    across = f'<path class="pole" d="M{px(label.x - 8)} {px(y)}h16"/>'
    return _pole(label, top, y + 14, "limit") + across


def _today(label: Label, top: float, y: float) -> str:
    return _pole(label, top, y, "now-line")


PICTURES = {
    "contract": _contract,
    "outcome": _outcome,
    "exit": _exit,
    "return": _return,
    "limit": _limit,
    "today": _today,
}


def lived_mark(x: float, y: float, members: list[Lived]) -> str:
    """A circle for what is to be told, a bubble once told, a full one once talked about; inside,
    the pictogram of its frame, or how many they are."""
    discussed = all(one.is_discussed for one in members)
    told = any(one.is_told for one in members)
    state = "discussed" if discussed else "told" if told else "not_yet"
    if len(members) > 1:
        inside = f'<text x="{px(x)}" y="{px(y + 5)}" text-anchor="middle">{len(members)}</text>'
    else:
        href = icon_href(members[0].icon or "people")
        at = f'x="{px(x - 6)}" y="{px(y - 6)}" width="12" height="12"'
        inside = f'<use href="{href}" {at}/>'
    return f'<g class="lived-mark is-{state}">{lived_shape(x, y, state)}{inside}</g>'


def lived_shape(x: float, y: float, state: str) -> str:
    circle = f'<circle cx="{px(x)}" cy="{px(y)}" r="10"/>'
    if state == "not_yet":
        return circle
    return f'<path d="M{px(x - 9)} {px(y + 3)}l-1.5 10l9 -4Z"/>{circle}'


def wave(a: float, b: float, y: float) -> str:
    """A line that wanders from a to b, more waves the longer it is."""
    waves = max(1, round((b - a) / 28))
    step = (b - a) / waves
    rise = min(26.0, step)
    path = f"M{px(a)} {px(y)}"
    for k in range(waves):
        path += f"q{px(step / 2)} {px(rise if k % 2 else -rise)} {px(step)} 0"
    return path
