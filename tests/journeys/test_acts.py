"""Acts on a file: each does its work, refuses with a sentence, and stays behind its doors."""

import datetime

import pytest
from django.urls import resolve, reverse

from journeys.models import Absence, Contact, Document, Journey, Outcome
from journeys.pathway.actions import phases, spans
from rtr import scope
from rtr.access import ACCESS
from territories.journal.models import JournalEntry
from tests.journeys.acts import Actor, errors, told
from tests.journeys.factories import JourneyFactory, ago, join

# Every act on a file, and the rows its address names.
ACTS = {
    "phase_change": 0,
    "pause": 0,
    "resume": 0,
    "outcome_record": 0,
    "outcome_end": 1,
    "leave": 0,
    "come_back": 0,
    "extend": 0,
    "follow_up_record": 1,
    "follow_up_give_up": 1,
    "contact_record": 0,
    "details_correct": 0,
    "strength_add": 0,
    "strength_remove": 1,
    "barriers_set": 0,
    "situation_answer": 0,
    "support_add": 0,
    "support_end": 1,
    "note_write": 0,
    "document_add": 0,
    "member_add": 0,
    "member_end": 1,
    "member_share": 1,
    "member_object": 1,
}
ASSIGNS = {name for name, need in ACCESS.items() if need == "journeys.assign"}


@pytest.fixture
def contracted(caen, le_dome):
    with scope.over([caen.pk]):
        return JourneyFactory(territory=caen, contracted=True, participant__organisation=le_dome)


@pytest.fixture
def nadia(signed_in, coordinator):
    return Actor(signed_in(coordinator))


@pytest.fixture
def inside(caen):
    """Read and prepare rows of Caen beside the requests."""
    with scope.over([caen.pk]):
        yield


# -- Doors ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ACTS)
def test_the_act_on_somebody_of_another_territory_is_not_found(name, nadia, fatou_in_marseille):
    args = [1] * ACTS[name]

    assert nadia.opens(name, fatou_in_marseille, *args).status_code == 404
    assert nadia.does(name, fatou_in_marseille, *args).status_code == 404


@pytest.mark.parametrize("name", sorted(ACTS.keys() - ASSIGNS))
def test_the_management_knows_the_file_and_may_not_act_on_it(name, contracted, manager, signed_in):
    gaelle = Actor(signed_in(manager))
    args = [1] * ACTS[name]

    assert gaelle.opens(name, contracted, *args).status_code == 403
    assert gaelle.does(name, contracted, *args).status_code == 403


@pytest.mark.parametrize("name", sorted(ACTS.keys() & ASSIGNS | {"extend"}))
def test_a_referent_neither_composes_the_team_nor_extends(
    name, contracted, referent, signed_in, inside
):
    join(contracted, referent)
    karim = Actor(signed_in(referent))

    assert karim.opens(name, contracted, *[1] * ACTS[name]).status_code == 403
    assert karim.does(name, contracted, *[1] * ACTS[name]).status_code == 403


@pytest.mark.parametrize("name", ACTS)
def test_a_reference_of_activity_may_do_none(
    name, contracted, activity_referent, signed_in, inside
):
    join(contracted, activity_referent, "activity_referent")
    lucie = Actor(signed_in(activity_referent))

    assert lucie.does(name, contracted, *[1] * ACTS[name]).status_code == 403


def test_a_row_of_another_file_is_not_found_from_this_one(
    nadia, kiwi, contracted, coordinator, inside
):
    outcome = spans.record_outcome(
        journey=contracted, by=coordinator, seen=None, kind="cdi", started_on=ago(1)
    )

    assert nadia.opens("outcome_end", kiwi, outcome.pk).status_code == 404


def test_each_page_asks_what_the_table_of_addresses_asks():
    for name in ACTS:
        view = resolve(reverse(name, args=[1] * (1 + ACTS[name]))).func.view_class
        assert view.permission == ACCESS[name], name


# -- Two people at once --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("pause", {"from_on": ago(0), "reason": "choice"}),
        ("phase_change", {"to": "mobilisation|", "on": ago(0)}),
        ("outcome_record", {"kind": "cdi", "started_on": ago(0)}),
        ("leave", {"on": ago(0), "kind": "cdi", "agreed": "no"}),
        ("extend", {"until_on": ago(-600), "reason": "Un stage en vue"}),
        ("contact_record", {"kind": "call", "on": ago(0)}),
        ("details_correct", {"nickname": "Kiwi bis"}),
        ("strength_add", {"kind": "strength", "text": "Chante"}),
        ("barriers_set", {"mobilite": "much"}),
        ("situation_answer", {"employment": "nsp"}),
        ("support_add", {"kind": "ccas"}),
        ("note_write", {"text": "Vient le matin."}),
    ],
)
def test_the_second_person_is_told_what_changed_and_keeps_their_words(
    name, data, nadia, contracted, referent, inside
):
    page = nadia.opens(name, contracted)
    phases.extend(
        journey=contracted, by=referent, seen=None, until_on=ago(-500), reason="Formation"
    )

    response = nadia.does(name, contracted, seen=page.context["seen"], **data)

    text = response.content.decode()
    assert response.status_code == 409
    assert "Karim Exemple a prolongé le parcours" in text
    assert "Rien n’a été enregistré" in text
    typed = next(value for key, value in data.items() if key not in ("on", "from_on"))
    assert str(typed) in text

    again = nadia.does(name, contracted, seen=response.context["seen"], **data)
    assert again.status_code == 302


@pytest.mark.parametrize("seen", ["²", "9" * 5000, "-1", ""])
def test_a_version_made_up_is_that_of_another_page(nadia, contracted, inside, seen):
    response = nadia.does("note_write", contracted, seen=seen, text="Vient le matin.")

    assert response.status_code == 409


# -- Phases --------------------------------------------------------------------------------------


def test_the_phase_changes_with_its_day(nadia, contracted, inside):
    response = nadia.does("phase_change", contracted, to="mobilisation|", on=ago(1))

    last = contracted.phase_changes.last()
    assert response.status_code == 302
    assert (last.phase, last.on, last.by.first_name) == ("mobilisation", ago(1), "Nadia")


def test_a_programme_names_its_steps(nadia, contracted, caen, inside):
    caen.programme.phase_steps = {"mobilisation": ["Pré-mobilisation", "Mobilisation"]}
    caen.programme.save()

    nadia.does("phase_change", contracted, to="mobilisation|Pré-mobilisation", on=ago(1))
    response = nadia.does("phase_change", contracted, to="mobilisation|Mobilisation", on=ago(0))

    assert response.status_code == 302
    assert contracted.phase_changes.last().step == "Mobilisation"


@pytest.mark.parametrize(
    ("data", "field", "sentence"),
    [
        ({"to": "insertion|", "on": ago(30)}, "on", "Choisissez un jour à partir du"),
        ({"to": "mobilisation|", "on": ago(-2)}, "on", "Choisissez aujourd’hui ou un jour passé."),
        ({"to": "mobilisation|", "on": ago(90)}, "on", "Choisissez un jour à partir du"),
        ({"to": "mobilisation|", "on": "0202-11-02"}, "on", "Vérifiez l’année de cette date."),
        ({"to": "reperage|", "on": ago(0)}, "to", "Sélectionnez un choix valide"),
        ({"to": "", "on": ago(0)}, "to", "Ce champ est obligatoire."),
    ],
)
def test_a_phase_is_refused_with_a_sentence(data, field, sentence, nadia, contracted):
    assert sentence in errors(nadia.does("phase_change", contracted, **data))[field][0]


def test_going_back_asks_why(nadia, contracted, inside):
    nadia.does("phase_change", contracted, to="mobilisation|", on=ago(1))

    refused = nadia.does("phase_change", contracted, to="reperage|", on=ago(0))
    done = nadia.does("phase_change", contracted, to="reperage|", on=ago(0), reason="Le souhaite")

    assert "Dites pourquoi" in errors(refused)["reason"][0]
    assert done.status_code == 302


def test_insertion_waits_for_the_contract(nadia, kiwi):
    response = nadia.does("phase_change", kiwi, to="insertion|", on=ago(0))

    assert "signature du contrat" in errors(response)["to"][0]


# -- Pauses --------------------------------------------------------------------------------------


def test_a_pause_then_its_end(nadia, contracted, inside):
    nadia.does("pause", contracted, from_on=ago(5), reason="family", expected_return_on=ago(-5))
    nadia.does("resume", contracted, on=ago(1))

    pause = contracted.absences.get()
    assert (pause.kind, pause.from_on, pause.until_on) == ("pause", ago(5), ago(1))


@pytest.mark.parametrize(
    ("data", "field", "sentence"),
    [
        ({"from_on": ago(-2)}, "from_on", "Choisissez aujourd’hui ou un jour passé."),
        ({"from_on": ago(400)}, "from_on", "Choisissez un jour à partir du"),
        ({"from_on": ago(1), "reason": ""}, "reason", "Ce champ est obligatoire."),
        (
            {"from_on": ago(1), "expected_return_on": ago(2)},
            "expected_return_on",
            "Le retour vient après le départ.",
        ),
    ],
)
def test_a_pause_is_refused_with_a_sentence(data, field, sentence, nadia, contracted):
    response = nadia.does("pause", contracted, **{"reason": "choice"} | data)

    assert sentence in errors(response)[field][0]


def test_resuming_without_a_pause_says_so(nadia, contracted):
    response = nadia.does("resume", contracted, on=ago(0))

    assert errors(response)["__all__"] == ["Le parcours n’est ni en pause ni terminé."]


def test_a_pause_ends_after_it_began(nadia, contracted):
    nadia.does("pause", contracted, from_on=ago(2), reason="choice")

    assert (
        "Choisissez un jour à partir du"
        in errors(nadia.does("resume", contracted, on=ago(2)))["on"][0]
    )


def test_a_pause_of_today_is_resumed_from_tomorrow_or_undone(nadia, contracted):
    nadia.does("pause", contracted, from_on=ago(0), reason="choice")

    (said,) = errors(nadia.does("resume", contracted, on=ago(0)))["on"]

    assert said.startswith("Cela se note à partir du") and said.endswith("annulez-le.")


# -- Outcomes ------------------------------------------------------------------------------------


def test_an_outcome_with_its_proof_then_its_end(nadia, contracted, inside):
    nadia.does(
        "outcome_record",
        contracted,
        kind="cdi",
        host="Café des images",
        started_on=ago(3),
        weekly_hours=24,
        proof_kind="work_contract",
        proof_seen_on=ago(2),
    )
    outcome = contracted.outcomes.get()
    nadia.does("outcome_end", contracted, outcome.pk, on=ago(1))

    outcome.refresh_from_db()
    assert (outcome.host, outcome.weekly_hours, outcome.ended_on) == ("Café des images", 24, ago(1))
    assert (outcome.proof.kind, outcome.proof.seen_on) == ("work_contract", ago(2))
    assert not outcome.proof.file


def test_an_outcome_may_start_later(nadia, contracted, inside):
    nadia.does("outcome_record", contracted, kind="cdi", started_on=ago(-10))

    text = nadia.opens("journey", contracted).content.decode()
    assert "étape gagnée qui commence" in text


@pytest.mark.parametrize(
    ("data", "field", "sentence"),
    [
        ({"kind": "deces"}, "kind", "Sélectionnez un choix valide"),
        ({"started_on": ago(300)}, "started_on", "Choisissez un jour à partir du"),
        ({"weekly_hours": 99}, "weekly_hours", "Notez 60 au plus."),
        ({"proof_seen_on": ago(1)}, "proof_kind", "Choisissez de quel justificatif il s’agit."),
        (
            {"proof_kind": "other", "proof_seen_on": ago(-2)},
            "proof_seen_on",
            "Choisissez aujourd’hui ou un jour passé.",
        ),
        ({"host": "carte 4970 1012 3456 7893"}, "host", "Un numéro de carte bancaire"),
    ],
)
def test_an_outcome_is_refused_with_a_sentence(data, field, sentence, nadia, contracted):
    data = {"kind": "cdi", "started_on": ago(1)} | data

    assert sentence in errors(nadia.does("outcome_record", contracted, **data))[field][0]


def test_an_outcome_does_not_start_after_the_exit(nadia, contracted, coordinator, inside):
    spans.leave(journey=contracted, by=coordinator, seen=None, on=ago(5), kind="cdi")

    response = nadia.does("outcome_record", contracted, kind="cdi", started_on=ago(1))

    assert "notez-le dans un suivi" in errors(response)["started_on"][0]


def test_an_outcome_ends_once_and_after_its_start(nadia, contracted, coordinator, inside):
    outcome = spans.record_outcome(
        journey=contracted, by=coordinator, seen=None, kind="cdi", started_on=ago(3)
    )

    early = nadia.does("outcome_end", contracted, outcome.pk, on=ago(4))
    nadia.does("outcome_end", contracted, outcome.pk, on=ago(1))
    twice = nadia.does("outcome_end", contracted, outcome.pk, on=ago(0))

    assert "Choisissez un jour à partir du" in errors(early)["on"][0]
    assert errors(twice)["__all__"] == ["Cette étape a déjà sa fin."]


# -- Exit and return -----------------------------------------------------------------------------


def test_the_exit_says_what_will_happen_and_keeps_the_two_counts_apart(nadia, contracted):
    response = nadia.opens("leave", contracted)

    columns = response.context["page"].columns
    codes = {
        name: {radio.data["value"] for _class, radios in groups for radio in radios}
        for name, groups in columns.items()
    }
    assert "Ce qui va se passer" in response.content.decode()
    assert codes["official"] == {"cdi", "formation_qualifiante"}
    assert codes["own"] == {
        "service_civique",
        "benevolat",
        "engagement_citoyen",
        "projet_collectif",
    }
    assert not codes["official"] & codes["own"]
    assert {"deces", "sans_nouvelles", "siae"} <= codes["other"]


def test_an_exit_opens_follow_ups_and_a_return_closes_them(nadia, contracted, inside):
    nadia.does("leave", contracted, on=ago(5), kind="cdi", agreed="yes")
    assert contracted.follow_ups.filter(status="due").count() == 3

    nadia.does("come_back", contracted, on=ago(1))

    assert contracted.absences.get().until_on == ago(1)
    assert set(contracted.follow_ups.values_list("status", flat=True)) == {"cancelled"}


def test_a_fixed_term_says_its_length(nadia, contracted, inside):
    leaving = {"on": ago(1), "kind": "cdd_interim", "agreed": "no"}

    refused = nadia.does("leave", contracted, **leaving)
    nadia.does("leave", contracted, **leaving, weeks=26)

    assert errors(refused)["weeks"] == ["Notez la durée du contrat, en semaines."]
    assert contracted.absences.get().weeks == 26


def test_the_length_is_kept_for_a_fixed_term_only(nadia, contracted, inside):
    nadia.does("leave", contracted, on=ago(1), kind="cdi", agreed="no", weeks=26)

    assert contracted.absences.get().weeks is None


def test_an_open_pause_ends_with_the_exit(nadia, contracted, inside):
    nadia.does("pause", contracted, from_on=ago(9), reason="work")

    nadia.does("leave", contracted, on=ago(2), kind="cdi", agreed="no")

    assert list(contracted.absences.values_list("kind", "from_on", "until_on")) == [
        ("pause", ago(9), ago(2)),
        ("exit", ago(2), None),
    ]


@pytest.mark.parametrize(
    ("data", "field", "sentence"),
    [
        ({"on": ago(-2)}, "on", "Choisissez aujourd’hui ou un jour passé."),
        ({"on": ago(300)}, "on", "Choisissez un jour à partir du"),
        ({"kind": ""}, "kind", "Ce champ est obligatoire."),
        ({"kind": "licorne"}, "kind", "Sélectionnez un choix valide"),
        ({"agreed": ""}, "agreed", "Ce champ est obligatoire."),
        ({"proof_kind": "signed_page"}, "proof_kind", "Sélectionnez un choix valide"),
    ],
)
def test_an_exit_is_refused_with_a_sentence(data, field, sentence, nadia, contracted, inside):
    data = {"on": ago(1), "kind": "cdi", "agreed": "no"} | data

    assert sentence in errors(nadia.does("leave", contracted, **data))[field][0]
    assert not contracted.absences.exists()


def test_a_death_asks_nothing_of_anybody_afterwards(nadia, contracted, inside):
    nadia.does("leave", contracted, on=ago(1), kind="deces", agreed="yes")

    assert not contracted.follow_ups.exists()
    response = nadia.does("come_back", contracted, on=ago(0))
    assert errors(response)["__all__"] == ["Ce parcours s’est terminé par un décès."]


def test_nobody_returns_without_having_left(nadia, contracted):
    assert errors(nadia.does("come_back", contracted, on=ago(0)))["__all__"] == [
        "Le parcours n’est ni en pause ni terminé."
    ]


# -- More time -----------------------------------------------------------------------


def test_more_time_moves_the_limit_and_not_the_entry(nadia, contracted, inside):
    nadia.does("extend", contracted, until_on=ago(-500), reason="Formation jusqu’en mai")

    journey = Journey.objects.get(pk=contracted.pk)
    assert (journey.limit_on, journey.entry_on) == (ago(-500), contracted.entry_on)
    text = nadia.opens("journey", contracted).content.decode()
    assert "Limite prolongée" in text


def test_more_time_is_refused_with_a_sentence(nadia, contracted, kiwi):
    soon = nadia.does("extend", contracted, until_on=ago(-30), reason="x")
    mute = nadia.does("extend", contracted, until_on=ago(-500), reason="")
    without = nadia.does("extend", kiwi, until_on=ago(-500), reason="x")

    assert "après la limite actuelle" in errors(soon)["until_on"][0]
    assert errors(mute)["reason"] == ["Ce champ est obligatoire."]
    assert "sans contrat" in errors(without)["__all__"][0]


# -- Contacts and undo ---------------------------------------------------------------------------


def test_come_today_in_one_tap(nadia, contracted, inside):
    response = nadia.client.post(reverse("contact_today", args=[contracted.pk]), follow=True)

    assert contracted.contacts.filter(kind="visit", on=ago(0)).count() == 1
    assert "La venue d’aujourd’hui est notée." in told(response)
    assert Journey.objects.get(pk=contracted.pk).last_contact_on == ago(0)


def test_two_taps_make_one_visit(nadia, contracted, inside):
    for _ in range(2):
        response = nadia.client.post(reverse("contact_today", args=[contracted.pk]), follow=True)

    assert contracted.contacts.filter(kind="visit", on=ago(0)).count() == 1
    assert "Une venue est déjà notée ce jour-là." in told(response)


def test_with_htmx_the_card_the_menu_and_the_message_change_alone(nadia, contracted):
    response = nadia.client.post(
        reverse("contact_today", args=[contracted.pk]), headers={"HX-Request": "true"}
    )

    text = response.content.decode()
    assert response.status_code == 200
    assert "<html" not in text
    assert 'id="contacts"' in text and "deux venues" in text
    assert 'id="actes" hx-swap-oob="true"' in text
    assert "La venue d’aujourd’hui est notée." in text


def test_one_tap_is_a_post_behind_the_same_doors(nadia, contracted, fatou_in_marseille, manager):
    url = reverse("contact_today", args=[contracted.pk])

    assert nadia.client.get(url).status_code == 405
    foreign = reverse("contact_today", args=[fatou_in_marseille.pk])
    assert nadia.client.post(foreign).status_code == 404
    nadia.client.force_login(manager)
    assert nadia.client.post(url).status_code == 403


@pytest.mark.parametrize(
    ("on", "sentence"),
    [
        (ago(-2), "Un contact se note le jour même ou après."),
        (ago(200), "Ce jour vient avant la première rencontre."),
    ],
)
def test_a_contact_is_refused_with_a_sentence(on, sentence, nadia, contracted):
    response = nadia.does("contact_record", contracted, kind="visit", on=on)

    assert errors(response)["on"] == [sentence]


def test_two_visits_of_one_day_are_one(nadia, contracted):
    response = nadia.does("contact_record", contracted, kind="visit", on=ago(3))

    assert errors(response)["on"] == ["Une venue est déjà notée ce jour-là."]


def test_another_day_or_another_kind_has_its_page(nadia, contracted, inside):
    nadia.does("contact_record", contracted, kind="call", on=ago(3))

    assert contracted.contacts.filter(kind="call", on=ago(3)).exists()


@pytest.mark.parametrize(
    ("name", "data", "model"),
    [
        ("contact_record", {"kind": "call", "on": ago(0)}, Contact),
        ("pause", {"from_on": ago(0), "reason": "choice"}, Absence),
        ("outcome_record", {"kind": "cdi", "started_on": ago(0)}, Outcome),
        ("leave", {"on": ago(0), "kind": "cdi", "agreed": "yes"}, Absence),
    ],
)
def test_the_last_act_can_be_undone(name, data, model, nadia, contracted, inside):
    before = model.objects.count()
    response = nadia.does(name, contracted, **data)
    row = model.objects.latest("pk")
    undo_url = reverse("undo", args=[contracted.pk, model._meta.model_name, row.pk])
    assert undo_url in nadia.client.get(response.url).content.decode()

    undone = nadia.client.post(undo_url, follow=True)

    assert "C’est annulé." in told(undone)
    assert model.objects.count() == before
    assert not contracted.follow_ups.exists()


def test_undoing_an_exit_opens_the_pause_again(nadia, contracted, inside):
    nadia.does("pause", contracted, from_on=ago(9), reason="work")
    nadia.does("leave", contracted, on=ago(2), kind="cdi", agreed="no")
    left = contracted.absences.get(kind="exit")

    nadia.client.post(reverse("undo", args=[contracted.pk, "absence", left.pk]))

    pause = contracted.absences.get()
    assert (pause.kind, pause.until_on) == ("pause", None)


def test_a_pause_that_ended_by_itself_stays_ended(nadia, contracted, inside):
    nadia.does("pause", contracted, from_on=ago(9), reason="work")
    nadia.does("resume", contracted, on=ago(2))
    nadia.does("leave", contracted, on=ago(2), kind="cdi", agreed="no")
    left = contracted.absences.get(kind="exit")

    nadia.client.post(reverse("undo", args=[contracted.pk, "absence", left.pk]))

    assert contracted.absences.get().until_on == ago(2)


def test_what_was_followed_by_another_act_is_not_undone(nadia, contracted, inside):
    nadia.does("contact_record", contracted, kind="call", on=ago(0))
    call = contracted.contacts.get(kind="call")
    nadia.does("strength_add", contracted, kind="strength", text="Chante")

    response = nadia.client.post(
        reverse("undo", args=[contracted.pk, "contact", call.pk]), follow=True
    )

    assert "Il s’est passé autre chose depuis" in told(response)
    assert contracted.contacts.filter(pk=call.pk).exists()


def test_somebody_elses_act_is_not_undone(nadia, contracted, referent, signed_in, inside):
    join(contracted, referent)
    nadia.does("contact_record", contracted, kind="call", on=ago(0))
    call = contracted.contacts.get(kind="call")

    signed_in(referent).post(reverse("undo", args=[contracted.pk, "contact", call.pk]))

    assert contracted.contacts.filter(pk=call.pk).exists()


def test_an_act_is_undone_within_a_quarter_of_an_hour(nadia, contracted, time_machine, inside):
    nadia.does("contact_record", contracted, kind="call", on=ago(0))
    call = contracted.contacts.get(kind="call")
    entry = JournalEntry.objects.filter(act="contact_recorded").latest("pk")
    time_machine.move_to(entry.at + datetime.timedelta(minutes=16))

    response = nadia.client.post(
        reverse("undo", args=[contracted.pk, "contact", call.pk]), follow=True
    )

    assert "Un acte s’annule pendant un quart d’heure." in told(response)


def test_undo_is_a_post_on_three_kinds_of_rows_of_one_s_own_territory(
    nadia, contracted, fatou_in_marseille, inside
):
    def undo(journey, model, pk):
        return nadia.client.post(reverse("undo", args=[journey.pk, model, pk])).status_code

    with scope.everything("test"):
        theirs = fatou_in_marseille.contacts.get()
    mine = contracted.contacts.get()
    assert nadia.client.get(reverse("undo", args=[contracted.pk, "contact", 1])).status_code == 405
    assert undo(contracted, "journey", contracted.pk) == 404
    assert undo(contracted, "note", 1) == 404
    assert undo(fatou_in_marseille, "contact", theirs.pk) == 404
    assert undo(contracted, "contact", theirs.pk) == 404
    assert undo(contracted, "absence", mine.pk) == 404


# -- Details, papers -----------------------------------------------------------------------------


def test_the_nickname_and_the_contact_are_corrected(nadia, kiwi, inside):
    nadia.does("details_correct", kiwi, nickname="  Kiwi   bleu ", contact="le mardi au WIP")

    kiwi.participant.refresh_from_db()
    assert (kiwi.participant.nickname, kiwi.participant.contact) == ("Kiwi bleu", "le mardi au WIP")


def test_a_nickname_is_needed_and_holds_no_forbidden_number(nadia, kiwi):
    empty = nadia.does("details_correct", kiwi, nickname=" ")
    number = nadia.does("details_correct", kiwi, nickname="Kiwi", contact="255081416802538")

    assert errors(empty)["nickname"] == ["Ce champ est obligatoire."]
    assert "sécurité sociale" in errors(number)["contact"][0]


def test_a_paper_is_seen_and_given_back(nadia, contracted, coordinator, inside):
    nadia.does("document_add", contracted, kind="address", seen_on=ago(1), title="Facture")

    paper = Document.objects.get()
    assert (paper.kind, paper.seen_by, paper.seen_on) == ("address", coordinator, ago(1))
    assert not paper.file
    text = nadia.opens("journey_documents", contracted).content.decode()
    assert "Facture" in text and "vu par Nadia Exemple" in text


def test_a_paper_seen_tomorrow_is_refused(nadia, contracted):
    response = nadia.does("document_add", contracted, kind="address", seen_on=ago(-1))

    assert errors(response)["seen_on"] == ["Choisissez aujourd’hui ou un jour passé."]
