"""The drawn journey: whatever the journey, its drawing can be read."""

import re
from datetime import date, timedelta
from itertools import combinations
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from hypothesis import example, given, settings
from hypothesis import strategies as st

from journeys.pathway.drawing import Away, Drawing, Lived, Medal, draw, steps, timeline
from journeys.pathway.drawing.labels import SIZE, Label, arrange, text_width
from journeys.pathway.drawing.svg import MIDDLE, WIDE, lay_out
from journeys.pathway.enums import AbsenceKind, Phase

TODAY = date(2026, 11, 24)
FIFTEEN = "Limite des 15 mois"


def after(days):
    return timedelta(days=days)


KIWI = Drawing(
    name="Kiwi",
    first_contact_on=date(2026, 2, 12),
    today=TODAY,
    entry_on=date(2026, 4, 21),
    phases=(
        (Phase.REPERAGE, date(2026, 2, 12)),
        (Phase.MOBILISATION, date(2026, 4, 21)),
        (Phase.INSERTION, date(2026, 10, 6)),
    ),
    absences=(
        Away(AbsenceKind.PAUSE, date(2026, 7, 6), date(2026, 8, 16), "Choix de la personne"),
    ),
    outcomes=(("Premier emploi", date(2026, 11, 9)),),
    experiences=(
        Lived(date(2026, 2, 18)),
        Lived(date(2026, 5, 12), is_told=True, is_discussed=True),
        Lived(date(2026, 9, 2), date(2026, 9, 29), "building", is_told=True, is_long=True),
        Lived(date(2026, 12, 4)),
    ),
    badges=(
        Medal(date(2026, 5, 28), "Coup de main"),
        Medal(date(2026, 10, 30), "Accueillir le public"),
    ),
    limit_on=date(2027, 7, 21),
    limit_label=FIFTEEN,
    warnings_on=(date(2027, 4, 21), date(2027, 6, 21)),
)
ZAZA = Drawing(
    name="Zaza",
    first_contact_on=TODAY - after(40),
    today=TODAY,
    phases=((Phase.REPERAGE, TODAY - after(40)),),
)
DJO = Drawing(
    name="Djo",
    first_contact_on=date(2025, 5, 3),
    today=TODAY,
    entry_on=date(2025, 8, 9),
    phases=(
        (Phase.REPERAGE, date(2025, 5, 3)),
        (Phase.MOBILISATION, date(2025, 8, 9)),
        (Phase.INSERTION, date(2026, 9, 1)),
    ),
    absences=(
        Away(AbsenceKind.PAUSE, date(2025, 12, 20), date(2026, 1, 10)),
        Away(AbsenceKind.PAUSE, date(2026, 2, 15), date(2026, 3, 1)),
    ),
    outcomes=(("Formation", date(2026, 9, 10)), ("Emploi durable", date(2026, 9, 20))),
    limit_on=date(2026, 11, 9),
    limit_label=FIFTEEN,
)
MAYA = Drawing(
    name="Maya",
    first_contact_on=date(2025, 1, 10),
    today=TODAY,
    entry_on=date(2025, 3, 2),
    phases=((Phase.REPERAGE, date(2025, 1, 10)), (Phase.MOBILISATION, date(2025, 3, 2))),
    absences=(
        Away(AbsenceKind.EXIT, date(2025, 11, 1), date(2026, 2, 20), "Emploi de transition"),
        Away(AbsenceKind.EXIT, date(2026, 10, 30), None, "Formation"),
    ),
    limit_on=date(2027, 2, 2),
)


@st.composite
def drawings(draw_from):
    """Any journey a database could hold, from its first day to five years of comings and goings."""
    lived = draw_from(st.integers(0, 1800))
    first = TODAY - after(lived)

    def some(most, last=lived + 400, shortest=0):
        days = st.lists(st.integers(0, last), min_size=shortest, max_size=most)
        return [first + after(number) for number in sorted(draw_from(days))]

    entry = draw_from(st.none() | st.integers(0, lived).map(lambda days: first + after(days)))
    changes = some(6, last=lived)
    names = st.sampled_from(list(Phase))
    edges = sorted(set(some(10, last=lived)))
    kinds = st.sampled_from(list(AbsenceKind))
    words = st.sampled_from(
        ["", "pause", "Emploi durable, CDI ou CDD de six mois et plus", "Œuvre"]
    )
    absences = [
        Away(draw_from(kinds), start, stop, draw_from(words))
        for start, stop in zip(edges[::2], edges[1::2], strict=False)
    ]
    if draw_from(st.booleans()) and (not edges or edges[-1] < TODAY):
        absences.append(Away(draw_from(kinds), TODAY, None, draw_from(words)))
    limit = draw_from(st.integers(0, 900)) if entry else None
    return Drawing(
        name=draw_from(st.sampled_from(["Kiwi", "Inès", "<b>&"])),
        first_contact_on=first,
        today=TODAY,
        entry_on=entry,
        phases=((Phase.REPERAGE, first), *((draw_from(names), on) for on in changes)),
        absences=tuple(absences),
        outcomes=tuple((draw_from(words) or "Premier emploi", on) for on in some(6, last=lived)),
        experiences=tuple(Lived(on) for on in some(12)),
        badges=tuple(Medal(on, "Coup de main") for on in some(8, last=lived)),
        limit_on=entry + after(limit) if entry else None,
        limit_label=FIFTEEN,
        warnings_on=tuple(some(2)),
    )


def boxes_meet(one, two):
    left, top, right, bottom = one
    left2, top2, right2, bottom2 = two
    return left < right2 and left2 < right and top < bottom2 and top2 < bottom


@given(drawing=drawings(), width=st.sampled_from([WIDE, MIDDLE]))
@example(drawing=KIWI, width=MIDDLE)
@example(drawing=DJO, width=MIDDLE)
@example(drawing=MAYA, width=WIDE)
@settings(deadline=None, max_examples=150)
def test_no_two_labels_overlap(drawing, width):
    texts = lay_out(drawing, width).texts

    for one, two in combinations(texts, 2):
        assert not boxes_meet(one.box, two.box), (one.text, two.text)


@given(drawing=drawings(), width=st.sampled_from([WIDE, MIDDLE]))
@example(drawing=ZAZA, width=MIDDLE)
@settings(deadline=None, max_examples=150)
def test_everything_is_inside_the_drawing(drawing, width):
    sheet = lay_out(drawing, width)

    for text in sheet.texts:
        left, top, right, bottom = text.box
        assert left >= 0 and top >= 0
        assert right <= sheet.width and bottom <= sheet.height
    for svg in sheet.marks:
        for x in re.findall(r'(?:\bM|cx="|\bx=")(-?[\d.]+)', svg):
            assert 0 <= float(x) <= sheet.width


@given(drawing=drawings())
@settings(deadline=None, max_examples=100)
def test_the_svg_is_well_formed_and_carries_no_style(drawing):
    svg = draw(drawing)

    root = ElementTree.fromstring(svg)  # noqa: S314 (our own output)
    assert root.get("role") == "img"
    assert root.find("title") is not None
    assert not re.search(r"\b(style|on\w+)=", svg)
    assert "<script" not in svg and "<b>" not in svg


@given(drawing=drawings())
@settings(deadline=None, max_examples=100)
def test_the_list_leaves_nothing_out(drawing):
    kinds = [step.kind for step in steps(drawing)]

    assert kinds.count("phase") == len(drawing.phases)
    assert kinds.count("outcome") == len(drawing.outcomes)
    assert kinds.count("pause") + kinds.count("exit") == len(drawing.begun)
    assert kinds.count("contract") == (1 if drawing.entry_on else 0)
    assert ("today" in kinds) == (drawing.left_on is None)


@given(drawing=drawings())
@settings(deadline=None, max_examples=100)
def test_the_lived_line_has_no_hole(drawing):
    found = drawing.stretches()

    assert [each.from_on for each in found[1:]] == [each.until_on for each in found[:-1]]
    if found:
        assert found[0].from_on == drawing.first_contact_on
        assert found[-1].until_on == drawing.reached_on


@given(
    spots=st.lists(
        st.tuples(st.floats(0, 900), st.text("abcMW ", max_size=20), st.integers(1, 9)), max_size=14
    )
)
@settings(deadline=None, max_examples=200)
def test_no_pole_crosses_the_text_of_a_row_nearer_to_the_line(spots):
    labels = [Label("any", x, word, word, rank=rank) for x, word, rank in spots]

    placed = arrange(labels, width=900, rows=4)

    for one, two in combinations(placed, 2):
        for label, other in ((one, two), (two, one)):
            if label.start < other.x < label.stop:
                assert label.row > other.row


# -- What some people's drawings say -----------------------------------------------------


def said(drawing, width=WIDE):
    return [text.text for text in lay_out(drawing, width).texts]


def kinds_of(drawing):
    return [stretch.kind for stretch in drawing.stretches()]


def test_the_most_important_words_are_always_there():
    for drawing in (KIWI, DJO):
        for width in (WIDE, MIDDLE):
            assert {"Aujourd’hui", "Contrat", FIFTEEN} <= set(said(drawing, width))


def test_butinage_wanders_then_the_contract_makes_the_line_firm():
    assert kinds_of(KIWI) == ["wander", "way", "rest", "way", "way"]
    assert kinds_of(ZAZA) == ["wander"]


def test_butinage_alone_says_that_what_comes_is_decided_together():
    assert "la suite se décide ensemble" in said(ZAZA)
    assert steps(ZAZA)[-1].title == "La suite se décide ensemble"


def test_past_the_limit_the_line_changes_and_the_limit_says_it_has_passed():
    assert kinds_of(DJO)[-1] == "beyond"
    assert "passée le 9 nov. 2026" in [text.replace("\xa0", " ") for text in said(DJO)]
    assert "Passée depuis" in [step for step in steps(DJO) if step.kind == "limit"][0].said


def test_close_outcomes_share_a_flag_and_the_list_tells_them_apart():
    assert "Deux étapes gagnées" in said(DJO)
    told = [step.title for step in steps(DJO) if step.kind == "outcome"]
    assert told == ["Formation", "Emploi durable"]


def test_a_person_who_left_has_no_today_and_no_limit_ahead():
    words = said(MAYA)

    assert "Aujourd’hui" not in words and "Limite du parcours" not in words
    assert "Formation" in words and "Retour" in words
    assert kinds_of(MAYA) == ["wander", "way", "gap", "way"]
    assert [step.kind for step in steps(MAYA)][-1] == "exit"


def test_the_first_day_draws():
    pixel = Drawing("Pixel", TODAY, TODAY, phases=((Phase.REPERAGE, TODAY),))

    assert {"Aujourd’hui", "Repérage"} <= set(said(pixel))


def test_shapes_of_one_day_stand_side_by_side():
    bob = Drawing(
        "Bob",
        TODAY,
        TODAY,
        entry_on=TODAY,
        phases=((Phase.REPERAGE, TODAY), (Phase.MOBILISATION, TODAY)),
        limit_on=TODAY + after(457),
        limit_label=FIFTEEN,
    )

    assert {"Repérage", "Mobilisation", "Contrat"} <= set(said(bob, MIDDLE))


def test_the_contract_comes_before_the_phase_it_opens():
    assert [step.kind for step in steps(KIWI)][:3] == ["phase", "contract", "phase"]


def test_a_phase_tells_what_was_lived_in_it():
    mobilisation = [step for step in steps(KIWI) if step.phase == "mobilisation"][0]

    assert mobilisation.said.replace("\xa0", " ") == (
        "Deux expériences racontées, badge « Coup de main »."
    )


def test_the_title_names_the_person_and_elides():
    assert "Le chemin d’Inès" in draw(Drawing("Inès", TODAY, TODAY))


def test_names_are_escaped():
    assert "<script>" not in draw(Drawing("<script>", TODAY, TODAY))


@pytest.mark.parametrize(("text", "bold", "measured"), [
    ("Limite des 15 mois", True, 129.3),
    ("mar. 24 nov.", False, 78.7),
    ("Choix de la personne", False, 138.6),
])  # fmt: skip
def test_widths_are_never_under_what_a_browser_measures(text, bold, measured):
    assert text_width(text, bold=bold) >= measured
    assert text_width(text, bold=bold) <= measured * 1.12
    assert SIZE == 14


def test_the_page_shows_the_drawing_and_its_twin():
    html = render_to_string("journeys/pathway/_timeline.html", {"timeline": timeline(KIWI)})

    assert html.count('<svg class="timeline') == 2
    assert html.count('<ol class="path') == 2
    assert "Lire ce chemin en mots" in html
