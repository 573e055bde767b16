"""The drawn journey: an SVG for wide screens and the same story as an ordered list.

No model is read here: whoever draws fills a `Drawing` from the rows it may see, and gives
`timeline(drawing)` to templates/journeys/pathway/_timeline.html.
"""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from journeys.pathway.drawing.story import Away, Drawing, Lived, Medal
from journeys.pathway.drawing.svg import MIDDLE, WIDE, draw
from journeys.pathway.drawing.words import Step, steps

__all__ = ["Away", "Drawing", "Lived", "Medal", "Step", "Timeline", "draw", "steps", "timeline"]


@dataclass(frozen=True)
class Timeline:
    """What the template shows: one drawing or the other by the room there is, or the list."""

    wide: SafeString
    middle: SafeString
    steps: list[Step]


def timeline(drawing: Drawing) -> Timeline:
    return Timeline(draw(drawing, WIDE, "wide"), draw(drawing, MIDDLE, "middle"), steps(drawing))
