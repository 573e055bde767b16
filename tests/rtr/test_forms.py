"""Every form of the house: label above, help under it, error linked, for each kind of field."""

import re
from datetime import date

import pytest
from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms import CheckboxSelectMultiple, HiddenInput, RadioSelect, Textarea

from rtr.lib.forms import FilterForm, Form, Renderer

CHOICES = [("a", "Formation"), ("b", "Emploi")]


class EveryField(Form):
    nickname = forms.CharField(label="Surnom", help_text="Celui que la personne choisit.")
    phone = forms.CharField(label="Téléphone", required=False)
    on = forms.DateField(label="Date")
    at = forms.DateTimeField(label="Moment", required=False)
    hours = forms.IntegerField(label="Heures")
    kind = forms.ChoiceField(label="Nature", choices=CHOICES, help_text="Une seule.")
    one = forms.ChoiceField(label="Une seule", choices=CHOICES, widget=RadioSelect)
    several = forms.MultipleChoiceField(
        label="Plusieurs", choices=CHOICES, widget=CheckboxSelectMultiple, required=False
    )
    note = forms.CharField(label="Note", widget=Textarea(attrs={"rows": 3}), required=False)
    agrees = forms.BooleanField(label="Est d’accord", required=False, help_text="Peut changer.")
    token = forms.CharField(widget=HiddenInput, initial="x")


def drawn(name, data=None, **options):
    form = EveryField(data, **options)
    return str(form[name].as_field_group())


def attributes(html, tag):
    found = re.search(rf"<{tag}\b([^>]*)>", html)
    return dict(re.findall(r'([\w-]+)="([^"]*)"', found.group(1)))


def test_the_house_draws_every_form(settings):
    assert settings.FORM_RENDERER == f"{Renderer.__module__}.{Renderer.__name__}"


def test_a_label_names_its_field():
    html = drawn("nickname")

    assert attributes(html, "label")["for"] == attributes(html, "input")["id"] == "id_nickname"
    assert attributes(html, "input")["class"] == "form-control"


def test_help_is_linked():
    html = drawn("nickname")

    assert attributes(html, "input")["aria-describedby"] == "id_nickname_helptext"
    assert 'id="id_nickname_helptext"' in html


def test_an_error_is_linked_after_the_help():
    html = drawn("nickname", {})

    field = attributes(html, "input")
    assert field["aria-invalid"] == "true"
    assert field["aria-describedby"] == "id_nickname_helptext id_nickname_error"
    assert 'id="id_nickname_error"' in html


def test_required_goes_unsaid_and_optional_is_said():
    assert "(facultatif)" not in drawn("nickname")
    assert "(facultatif)" in drawn("phone")
    assert "(facultatif)" in drawn("several")
    assert "(facultatif)" not in drawn("agrees")


def test_nothing_is_optional_in_a_filter():
    class Filters(FilterForm):
        text = forms.CharField(label="Surnom", required=False)

    assert "(facultatif)" not in str(Filters())


@pytest.mark.parametrize("name", ["one", "several"])
def test_a_group_of_choices_has_a_fieldset_and_its_legend(name):
    html = drawn(name)

    assert "<fieldset" in html and "<legend>" in html
    assert html.count("<label for=") == len(CHOICES)


def test_a_group_that_is_wrong_says_so_once():
    html = drawn("one", {})

    assert attributes(html, "fieldset")["aria-describedby"] == "id_one_error"
    assert "aria-invalid" not in html


def test_choices_and_boxes_take_their_classes():
    assert attributes(drawn("kind"), "select")["class"] == "form-select"
    assert attributes(drawn("one"), "input")["class"] == "form-check-input"
    assert attributes(drawn("agrees"), "input")["class"] == "form-check-input"
    assert attributes(drawn("note"), "textarea")["class"] == "form-control"


def test_a_hidden_field_is_only_itself():
    assert drawn("token").strip().startswith("<input")
    assert "class" not in attributes(drawn("token"), "input")


def test_dates_are_the_browser_s_and_travel_as_iso():
    html = drawn("on", initial={"on": date(2026, 11, 24)})

    assert attributes(html, "input")["type"] == "date"
    assert attributes(html, "input")["value"] == "2026-11-24"
    assert attributes(drawn("at"), "input")["type"] == "datetime-local"


@pytest.mark.parametrize("typed", ["2026-11-24", "24/11/2026"])
def test_a_date_typed_by_hand_is_read_the_french_way(typed):
    assert EveryField().fields["on"].clean(typed) == date(2026, 11, 24)


def test_the_summary_links_to_each_field_that_is_wrong():
    html = str(EveryField({"token": "x"}))

    links = re.findall(r'<a href="#([^"]+)"', html)
    assert links == ["id_nickname", "id_on", "id_hours", "id_kind", "id_one_0"]
    for target in links:
        assert f'id="{target}"' in html


def test_a_question_mark_stays_on_the_line_of_its_question():
    class Question(Form):
        name = forms.CharField(label="Quel nom ?")

    assert "Quel nom\u202f?</label>" in str(Question())


def test_the_summary_puts_no_colon_after_a_question():
    class Question(Form):
        name = forms.CharField(label="Quel nom ?")
        on = forms.DateField(label="Date")

    html = str(Question({}))

    assert "Quel nom\u202f?</a> Ce champ" in html and "Date</a>&nbsp;: Ce champ" in html


def test_a_form_without_fault_has_no_summary():
    assert 'role="alert"' not in str(EveryField())


def test_an_empty_choice_says_what_to_do():
    class Asks(Form):
        kind = forms.ChoiceField(choices=[*BLANK_CHOICE_DASH, *CHOICES])

    assert '<option value="" selected>Choisissez</option>' in str(Asks()["kind"])


def test_a_number_out_of_bounds_says_which():
    class Asks(Form):
        hours = forms.IntegerField(min_value=1, max_value=39)

    said = [Asks({"hours": hours}).errors["hours"] for hours in (0, 90)]

    assert said == [["Notez 1 au moins."], ["Notez 39 au plus."]]


@pytest.mark.parametrize("typed", ["\u202e\u2066", "\x01", "\u200b \u200f", "\xad"])
def test_characters_that_show_nothing_are_no_words(typed):
    class Asks(Form):
        note = forms.CharField(required=False)

    assert Asks({"note": typed}).errors["note"] == ["Écrivez quelques mots."]
    assert Asks({"note": f"{typed}🔥"}).is_valid() and Asks({"note": ""}).is_valid()


def test_letters_count_as_they_are_kept():
    class Asks(Form):
        name = forms.CharField(max_length=3)

    assert Asks({"name": "\ufb2c"}).is_valid() and Asks({"name": "e\u0301te"}).is_valid()
    assert "(actuellement 6)" in Asks({"name": "\ufb2c" * 2}).errors["name"][0]


def test_words_from_people_are_escaped():
    html = drawn("nickname", {"nickname": '"><script>'})

    assert "<script>" not in html
