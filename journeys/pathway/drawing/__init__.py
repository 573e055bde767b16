"""The drawn journey: an SVG for wide screens and the same story as an ordered list.

No model is read here: whoever draws fills a `Drawing` from the rows it may see.
"""

from journeys.pathway.drawing.story import Away, Drawing
from journeys.pathway.drawing.svg import draw
from journeys.pathway.drawing.words import Step, steps

__all__ = ["Away", "Drawing", "Step", "draw", "steps"]
