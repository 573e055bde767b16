"""Words beside marks, without one covering another.

Each label stands on a pole: a vertical line from its mark to its row. Rows are numbered from the
line outwards. Two things must hold: no text covers a text of its row, and no pole crosses a text of
a row nearer to the line. Both are orderings between rows, so the rows are the longest chains of
these orderings. Labels come in by importance; one that has no place is left out, and the caller
says so: the list beside the drawing holds everything.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations

SIZE = 14  # px, the smallest text of the house
ROW = 38  # px, two lines of text and the room between
WIDEST = 190  # px; a longer text is cut, the list has it whole
GAP = 8  # px kept free around a text
SAFETY = 1.05  # system fonts differ a little from the one that was measured

# Advance widths in hundredths of the size, measured on Noto Sans in both weights.
_REGULAR = {
    17: "\u202f", 18: "’", 23: "'", 26: "ijlîï \xa0", 27: "J.,;:!", 30: "()", 32: "-", 34: "fI",
    36: "t", 37: "/", 41: "r", 43: "?", 46: "cç", 47: "z", 48: "s", 50: "–", 51: "vy«»",
    52: "eéèêëFL", 53: "kx", 54: "àT", 55: "S", 56: "aâEÉÈ", 57: "0123456789oôöYZ+", 59: "X",
    60: "bdpqV", 61: "P", 62: "ghnuùûüKR", 63: "C", 64: "AÀ", 65: "B", 73: "DGU&", 74: "H",
    76: "N", 78: "OQ", 79: "w", 83: "%", 91: "M", 93: "W", 94: "m",
}  # fmt: skip
_BOLD = {
    17: "\u202f", 22: "’", 26: " \xa0", 27: "'", 29: ".,;:!", 31: "ijlîï", 32: "-", 33: "J",
    34: "()", 39: "fI", 41: "/", 43: "t", 45: "r", 48: "?", 49: "czç", 50: "s–", 55: "eéèêëFSx",
    56: "ETÉÈ", 57: "0123456789vyL+", 58: "oàôöZ", 60: "aâ", 61: "bdpq", 62: "kY«»", 63: "gP",
    64: "C", 65: "V", 66: "hnuùûüKR", 67: "BX", 69: "AÀ", 72: "G", 74: "D", 75: "&", 76: "U",
    77: "H", 80: "OQ", 81: "N", 86: "w", 90: "%", 94: "M", 97: "W", 98: "m",
}  # fmt: skip
_WIDTHS = {
    bold: {char: width for width, chars in table.items() for char in chars}
    for bold, table in ((False, _REGULAR), (True, _BOLD))
}


def text_width(text: str, *, bold: bool = False) -> float:
    """The width of a text at `SIZE`, in px, rounded up in doubt."""
    widths = _WIDTHS[bold]
    return sum(widths.get(char, 100) for char in text) / 100 * SIZE * SAFETY


def shortened(text: str, widest: float, *, bold: bool = False) -> str:
    """The text, cut with « … » when it would be wider than *widest* px."""
    if text_width(text, bold=bold) <= widest:
        return text
    while text and text_width(f"{text}…", bold=bold) > widest:
        text = text[:-1].rstrip()
    return f"{text}…"


@dataclass
class Label:
    """A text of one or two lines on a pole at *x*.

    sides: where the text may stand, best first: "right", "left" or "middle" of the pole.
    lead: px between the pole and the text (room for a pictogram), negative to start before it.
    rank: importance, 1 first.
    """

    kind: str
    x: float
    title: str
    said: str = ""
    sides: tuple[str, ...] = ("right", "left")
    lead: float = 8
    rank: int = 5
    is_bold: bool = True
    side: str = ""
    row: int = 0
    width: float = field(init=False)

    def __post_init__(self):
        self.title = shortened(self.title, WIDEST, bold=self.is_bold)
        self.said = shortened(self.said, WIDEST)
        self.width = max(text_width(self.title, bold=self.is_bold), text_width(self.said))

    @property
    def start(self) -> float:
        """Where the text begins, from the left."""
        if self.side == "right":
            return self.x + self.lead
        if self.side == "left":
            return self.x - self.lead - self.width
        return self.x - self.width / 2

    @property
    def stop(self) -> float:
        return self.start + self.width

    def reach(self) -> tuple[float, float]:
        """What the label takes of its row, its pictogram included."""
        if self.side == "middle":
            return self.start, self.stop
        return min(self.start, self.x + 1), max(self.stop, self.x - 1)

    def covers(self, x: float) -> bool:
        left, right = self.reach()
        return left - GAP / 2 < x < right + GAP / 2


def arrange(
    labels: Sequence[Label],
    *,
    width: float,
    rows: int,
    lines: Sequence[float] = (),
) -> list[Label]:
    """The labels that find a place, each with its side and row.

    width: of the drawing, which no text leaves. rows: how many there may be. lines: verticals that
    run through every row; a text keeps clear of them where it can.
    """
    placed: list[Label] = []
    for label in sorted(labels, key=lambda each: (each.rank, each.x)):
        tried = [
            _cost(placed, label, side, number, width=width, rows=rows, lines=lines)
            for number, side in enumerate(label.sides)
        ]
        possible = [cost for cost in tried if cost is not None]
        if possible:
            label.side = label.sides[min(possible)[-1]]
            placed.append(label)
            _give_rows(placed, rows)
    return placed


def _cost(placed, label, side, number, *, width, rows, lines) -> tuple | None:
    """How bad a side is: lines crossed, then rows used, then the label's own taste."""
    label.side = side
    left, right = label.reach()
    if left < 0 or right > width or not _give_rows([*placed, label], rows):
        return None
    crossed = sum(label.covers(x) for x in lines if x != label.x)
    return crossed, max(each.row for each in [*placed, label]), label.row, number


def _give_rows(labels: list[Label], rows: int) -> bool:
    """Sets each row to the length of the longest chain under it; False when there is no way."""
    above: dict[int, set[int]] = {number: set() for number in range(len(labels))}
    for one, two in combinations(range(len(labels)), 2):
        a, b = labels[one], labels[two]
        if a.covers(b.x) and a.x != b.x:
            above[one].add(two)
        if b.covers(a.x) and a.x != b.x:
            above[two].add(one)
        if not (two in above[one] or one in above[two]) and _overlap(a, b):
            above[two].add(one)  # the later, less important, stands farther
    found = [0] * len(labels)
    for _ in range(len(labels) + 1):
        last = found
        found = [max((last[other] + 1 for other in above[each]), default=0) for each in above]
        if max(found, default=0) >= rows:
            return False
        if found == last:
            for label, row in zip(labels, found, strict=True):
                label.row = row
            return True
    return False


def _overlap(a: Label, b: Label) -> bool:
    (a_left, a_right), (b_left, b_right) = a.reach(), b.reach()
    return a_left < b_right + GAP and b_left < a_right + GAP
