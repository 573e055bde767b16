"""Tags and filters that every page has."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils import timezone, translation

from rtr.lib.told import tell


def written(source, **context):
    return Template(source).render(Context(context)).replace("\xa0", " ")


def test_dates_are_written_the_way_of_the_house():
    on = date(2026, 11, 24)

    assert written("{{ on|day }}", on=on) == "mar. 24 nov. 2026"
    assert written("{{ on|short_day }}", on=on) == "mar. 24 nov."
    assert written("{{ on|bare_day }}", on=on) == "24 nov. 2026"
    assert written("{{ on|full_day }}", on=on) == "mardi 24 novembre 2026"


def test_a_moment_is_told_in_local_time():
    at = datetime(2026, 11, 24, 13, 30, tzinfo=UTC)

    assert written("{{ at|moment }}", at=at) == "mar. 24 nov. 2026 à 14 h 30"


def test_a_relative_date_keeps_the_day_in_its_title():
    on = timezone.localdate() - timedelta(days=3)

    html = written("{{ on|ago }}", on=on)

    assert f'<time datetime="{on.isoformat()}"' in html
    assert "il y a 3 jours</time>" in html


@pytest.mark.parametrize("name", "day short_day bare_day full_day month hour moment ago".split())
def test_a_date_that_is_not_there_is_written_as_nothing(name):
    assert written("{{ on|" + name + " }}", on=None) == ""


def test_dates_follow_the_language_of_the_page():
    with translation.override("en"):
        assert "Nov" in written("{{ on|day }}", on=date(2026, 11, 24))


def test_counts_are_said():
    source = '{% counted n "personne" "personnes" feminine=True capital=True %}'

    assert written(source, n=12) == "Douze personnes"
    assert written(source, n=1) == "Une personne"
    assert written(source, n=0) == "Aucune personne"


def test_words_around_names():
    assert written("{{ name|de }} {{ name|que }}", name="Inès") == "d’Inès qu’Inès"


def test_a_sentence_ends_with_its_stop():
    assert written("{{ a|stopped }} {{ b|stopped }}", a="Fait seul ", b="Bravo !") == (
        "Fait seul. Bravo !"
    )


@pytest.mark.parametrize(
    ("contact", "number"),
    [("06 39-98.12 34", "0639981234"), ("+33 6 39 98 12 34", "+33639981234"), ("zaza@a.fr", "")],
)
def test_only_a_number_is_dialled(contact, number):
    assert written("{{ c|dial }}", c=contact) == number


def test_an_icon_is_silent_beside_a_word_and_speaks_alone():
    assert 'aria-hidden="true"' in written('{% icon "house" %}')
    assert 'aria-label="Lire &lt;"' in written('{% icon "house" label=word %}', word="Lire <")


def test_an_unknown_icon_fails_here_rather_than_before_people():
    with pytest.raises(ValueError, match="no icon"):
        written('{% icon "nowhere" %}')


def test_a_phase_is_a_shape_and_a_word():
    html = render_to_string("components/_phase.html", {"phase": "mobilisation"})

    assert 'class="shape mobilisation"' in html
    assert "Mobilisation" in html


def test_a_message_can_be_taken_back(rf, monkeypatch):
    kept = []
    monkeypatch.setattr(
        "rtr.lib.told.messages.add_message",
        lambda request, level, text, extra_tags: kept.append((text, extra_tags)),
    )
    tell(rf.get("/"), "Pixel est là.", undo_url="/defaire/", next_url="/carte/", next_word="Carte")
    text, tags = kept[0]
    message = SimpleNamespace(message=text, extra_tags=tags, level_tag="success")

    html = render_to_string("components/_messages.html", {"messages": [message]}, rf.get("/"))

    assert 'role="status"' in html and "Pixel est là." in html
    assert '<form method="post" action="/defaire/">' in html and "Annuler" in html
    assert '<a href="/carte/">Carte</a>' in html


def test_a_message_with_ordinary_tags_has_no_acts():
    message = SimpleNamespace(message="Fait.", extra_tags="safe", level_tag="info")

    html = render_to_string("components/_messages.html", {"messages": [message]})

    assert "Fait." in html and "<form" not in html
