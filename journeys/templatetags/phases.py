"""How a phase is shown: a hue, a shape and a word, always the three (built in, no {% load %})."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from journeys.pathway.drawing.pictures import lived_shape as drawn
from journeys.pathway.enums import Phase

register = template.Library()

SHAPES = {
    Phase.REPERAGE: '<circle cx="8" cy="8" r="6.2"/>',
    Phase.MOBILISATION: '<path d="M8 1.8 14.6 13.6H1.4Z"/>',
    Phase.INSERTION: '<path d="M2.2 2.2H13.8V13.8H2.2Z"/>',
}


@register.simple_tag
def phase_shape(phase: str, ahead: bool = False) -> SafeString:
    """The shape of a phase, hollow when it lies ahead. The word must stand beside it."""
    return format_html(
        '<svg class="shape {}{}" viewBox="0 0 16 16" aria-hidden="true" focusable="false">{}</svg>',
        str(phase),
        " next" if ahead else "",
        mark_safe(SHAPES[Phase(phase)]),
    )


@register.simple_tag
def lived_shape(state: str) -> SafeString:
    """The shape of an experience: to be told, told, talked about. The word must stand beside it."""
    return format_html(
        '<svg class="shape lived-mark is-{}" viewBox="-13 -13 26 27" aria-hidden="true"'
        ' focusable="false">{}</svg>',
        state,
        mark_safe(drawn(0, 0, state)),
    )


@register.filter
def phase_word(phase: str) -> str:
    """« Mobilisation »."""
    return str(Phase(phase).label)


@register.filter
def phase_told(phase: str) -> str:
    """What the participant reads: « J’explore »."""
    return str(Phase(phase).for_participant)


@register.filter
def filled(sentence: str, place: object) -> str:
    """A sentence of `journeys.contracts.spoken` with its {} filled in."""
    return sentence.format(place)
