"""A manager changes what the rules count with: in words, together, undone, and told to everyone."""

import re

import pytest
from django.urls import reverse

from journeys.models import Absence, Journey, Note, Participant, Referral
from journeys.pathway.actions.lifecycle import purge_butinages
from rtr import scope
from territories.accounts.enums import Role
from territories.coordination.subjects import SUBJECTS
from territories.models import JournalEntry, Programme, SettingChange
from territories.organisations.loading import load_all
from tests.cast import member
from tests.journeys.crowd import crowd
from tests.journeys.factories import ago

BUTINAGE = {
    "butinage_min_days": 30,
    "butinage_max_days": 90,
    "butinage_limit_days": 180,
    "butinage_purge_days": 90,
}


@pytest.fixture
def gaelle(signed_in, manager):
    return signed_in(manager)


@pytest.fixture
def programme(caen):
    return caen.programme


def change(client, programme, subject, **values):
    """Post the page as it is shown, with these values changed."""
    url = reverse("programme_setting", args=[programme.slug, subject])
    form = client.get(url).context["form"]
    typed = {field.name: field.value() for field in form}
    typed = {name: value for name, value in typed.items() if value is not None}
    shown = {
        n: ", ".join(map(str, v))
        if n.endswith(("months", "days")) and isinstance(v, list) and n != "followup_months"
        else v
        for n, v in typed.items()
    }
    return client.post(url, shown | values)


def test_every_setting_of_the_programme_has_its_subject():
    shown = {name for subject in SUBJECTS for name in subject.settings}
    fields = {field.name for field in Programme._meta.local_concrete_fields}

    assert shown == fields - {"id", "slug"}


def test_the_settings_are_read_in_words(gaelle, programme):
    page = gaelle.get(reverse("programme_settings")).content.decode()

    assert "Durée du butinage, au moins" in page and "30 jours" in page
    assert "deux natures" in page
    assert "3 et 1 mois" in page


@pytest.mark.parametrize("subject", [subject.slug for subject in SUBJECTS])
def test_each_subject_says_whom_a_change_touches(gaelle, programme, subject):
    page = gaelle.get(reverse("programme_setting", args=[programme.slug, subject]))

    assert "À qui s’applique un changement" in page.content.decode()


@pytest.mark.parametrize("subject", [subject.slug for subject in SUBJECTS])
def test_saving_a_page_as_it_is_changes_nothing(gaelle, programme, subject):
    before = Programme.objects.filter(pk=programme.pk).values().get()

    response = change(gaelle, programme, subject)

    assert response.status_code == 302
    assert Programme.objects.filter(pk=programme.pk).values().get() == before
    assert not SettingChange.objects.exists()


def test_a_change_is_kept_told_and_written_in_the_journal(gaelle, programme, manager):
    response = change(gaelle, programme, "duree", journey_months=12, warning_months="2, 1")

    programme.refresh_from_db()
    assert (programme.journey_months, programme.warning_months) == (12, [2, 1])
    assert response.status_code == 302
    told = SettingChange.objects.get()
    assert told.by == manager
    assert told.before == {"journey_months": 15, "warning_months": [3, 1]}
    entry = JournalEntry.objects.get(act="settings_changed")
    assert entry.fields == ["journey_months", "warning_months"]
    page = gaelle.get(reverse("programme_history", args=[programme.slug])).content.decode()
    assert "15 mois" in page and "12 mois" in page and manager.get_full_name() in page


def test_a_change_is_taken_back(gaelle, programme):
    change(gaelle, programme, "duree", journey_months=12)

    gaelle.post(reverse("programme_setting_undo", args=[SettingChange.objects.get().pk]))

    programme.refresh_from_db()
    assert programme.journey_months == 15
    assert SettingChange.objects.count() == 2


def test_a_change_that_was_changed_again_is_not_taken_back(gaelle, programme):
    change(gaelle, programme, "duree", journey_months=12)
    first = SettingChange.objects.get()
    change(gaelle, programme, "duree", journey_months=9)

    page = gaelle.post(reverse("programme_setting_undo", args=[first.pk]), follow=True)

    programme.refresh_from_db()
    assert programme.journey_months == 9
    assert "changé de nouveau depuis" in page.content.decode()


def test_of_two_managers_the_second_reads_again_first(gaelle, programme):
    url = reverse("programme_setting", args=[programme.slug, "notes"])
    old = gaelle.get(url).context["form"]["seen"].value()
    change(gaelle, programme, "notes", notes_purge_months=8)

    response = gaelle.post(url, {"seen": old, "notes_purge_months": 7})

    programme.refresh_from_db()
    assert response.status_code == 409
    assert programme.notes_purge_months == 8


@pytest.mark.parametrize(
    ("subject", "typed", "said"),
    [
        ("butinage", {"butinage_min_days": 100}, "ne dépasse pas la durée habituelle"),
        ("butinage", {"butinage_limit_days": 60}, "ne dépasse pas la limite"),
        ("butinage", {"butinage_max_days": 0}, "1 au moins"),
        ("butinage", {"butinage_limit_days": 99999}, "3650 au plus"),
        ("contrat", {"minimum_age": 16}, "18 au moins"),
        ("contrat", {"objectives_at_signature": 11}, "ne dépassent pas"),
        ("suivis", {"followup_alert_days": 40}, "L’alerte vient avant le retard"),
        ("suivis", {"followup_months": [4]}, "Sélectionnez un choix valide"),
        ("duree", {"journey_months": 3}, "Un rappel vient après le début"),
        ("duree", {"warning_months": "3, trois"}, "nombres entiers"),
        ("duree", {"no_contact_days": "30, 30"}, "nombres différents"),
        ("duree", {"no_contact_days": "-3"}, "nombres entiers"),
        ("sorties", {"official_positive_exits": ["deces"]}, "deces"),
        ("sorties", {"official_positive_exits": ["benevolat"]}, "benevolat"),
        ("texte", {"contract_text": "  "}, "obligatoire"),
        ("etapes", {"steps_insertion": "Suivi\nsuivi"}, "même nom"),
        ("etapes", {"steps_insertion": "x" * 61}, "60 caractères"),
        ("presentation", {"name": ""}, "obligatoire"),
    ],
)
def test_values_that_do_not_go_together_change_nothing(gaelle, programme, subject, typed, said):
    before = Programme.objects.filter(pk=programme.pk).values().get()

    response = change(gaelle, programme, subject, **typed)

    assert response.status_code == 422
    assert said in response.content.decode()
    assert Programme.objects.filter(pk=programme.pk).values().get() == before


def test_steps_are_named_in_their_phase_in_order(gaelle, programme):
    change(gaelle, programme, "etapes", steps_mobilisation="Essayer\n\n Choisir ")

    programme.refresh_from_db()
    assert programme.phase_steps == {"mobilisation": ["Essayer", "Choisir"]}


def test_a_shorter_term_says_how_many_files_go_and_asks_again(gaelle, programme, caen, le_dome):
    with scope.over([caen.pk]):
        crowd(7, caen, le_dome, met=120)  # seen 60 days ago
        crowd(5, caen, le_dome, first=10, met=20)

    asked = change(gaelle, programme, "butinage", butinage_purge_days=45)

    programme.refresh_from_db()
    assert asked.status_code == 200 and programme.butinage_purge_days == 90
    assert "7 fiches sans contrat seront effacées cette nuit" in asked.content.decode()

    sure = " ".join(asked.context["page"].effects)
    again = change(gaelle, programme, "butinage", butinage_purge_days=5, sure=sure)
    assert again.status_code == 200  # 12 files: not what was agreed to
    change(gaelle, programme, "butinage", butinage_purge_days=45, sure=sure)

    programme.refresh_from_db()
    assert programme.butinage_purge_days == 45
    with scope.everything("test"):
        assert purge_butinages(on=ago(-1)) == 7  # the number that was told
        assert Journey.objects.count() == 5


def test_a_longer_term_erases_nothing_and_asks_nothing(gaelle, programme, caen, le_dome):
    with scope.over([caen.pk]):
        crowd(3, caen, le_dome, met=120)

    assert change(gaelle, programme, "butinage", butinage_purge_days=120).status_code == 302


def test_taking_back_never_erases_by_surprise(gaelle, programme, caen, le_dome):
    change(gaelle, programme, "butinage", butinage_purge_days=200)
    with scope.over([caen.pk]):
        crowd(2, caen, le_dome, met=300)  # seen 150 days ago

    url = reverse("programme_setting_undo", args=[SettingChange.objects.get().pk])
    page = gaelle.post(url, follow=True)

    programme.refresh_from_db()
    assert programme.butinage_purge_days == 200
    assert "2 fiches sans contrat" in page.content.decode()


@pytest.mark.parametrize(
    ("subject", "setting", "value"),
    [
        ("contrat", "unsigned_contract_days", 5),
        ("orientations", "referral_answer_days", 2),
        ("orientations", "referral_erase_days", 2),
        ("notes", "notes_purge_months", 1),
    ],
)
def test_each_term_counts_what_its_night_erases(
    gaelle, programme, kiwi, coordinator, caen, subject, setting, value
):
    of = {"territory": caen}
    with scope.over([caen.pk]):
        Participant.objects.filter(pk=kiwi.participant_id).update(identified_on=ago(10))
        sent = {"channel": "mission_locale", "prescriber": "ML", "agreed_on": ago(20)}
        Referral.objects.create(**of, **sent, received_on=ago(10))
        Referral.objects.create(
            **of, **sent, received_on=ago(20), answer="accepted", answered_on=ago(10)
        )
        Note.objects.create(**of, journey=kiwi, author=coordinator, text="Note")
        Absence.objects.create(**of, journey=kiwi, kind="exit", exit_kind="cdi", from_on=ago(70))

    page = change(gaelle, programme, subject, **{setting: value}).content.decode()

    assert re.search(r"\b1 (identité|orientation|note)", page.replace("\u00a0", " "))


def test_a_manager_of_another_programme_reads_and_changes_nothing(
    signed_in, marseille, comptoir, programme
):
    away = signed_in(member("Remi", Role.MANAGER, comptoir, marseille))
    url = reverse("programme_setting", args=[programme.slug, "butinage"])

    assert away.get(url).status_code == 404
    assert away.post(url, BUTINAGE | {"butinage_min_days": 10}).status_code == 404
    assert (
        away.get(f"{reverse('programme_settings')}?programme={programme.slug}").status_code == 404
    )


def test_loading_again_leaves_what_a_manager_changed(db):
    load_all()
    rtr = Programme.objects.get(slug="rtr")
    rtr.butinage_min_days, rtr.summary = 20, "À nous"
    rtr.save()
    rtr.periods.filter(name="L’Essaimage").update(name="La Suite")

    load_all()

    rtr.refresh_from_db()
    assert (rtr.butinage_min_days, rtr.summary) == (20, "À nous")
    assert rtr.periods.count() == 3


def test_loading_with_reset_puts_the_files_back(db):
    load_all()
    Programme.objects.filter(slug="rtr").update(journey_months=9)

    load_all(reset=True)

    assert Programme.objects.get(slug="rtr").journey_months == 12
