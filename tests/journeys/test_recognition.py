"""From what was lived to a badge: asked, proposed, answered (rules 5, 17 and 18)."""

import uuid

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from badges.issuers.actions import open_issuer, open_network, speak_through
from badges.models import Credential
from journeys.models import Contract, Holder, Objective, OutboundMessage, Recognition
from journeys.pathway.actions.lifecycle import purge_participant
from journeys.portal.actions.entering import account_of as entered
from journeys.recognition.actions.answering import accept, ask_more, decline
from journeys.recognition.actions.asking import complete, wish, withdraw
from journeys.recognition.actions.taking_back import take_back
from rtr import scope
from territories.journal.models import JournalEntry
from tests.badges.factories import signed
from tests.journeys.experiences import account_of, told
from tests.journeys.factories import JourneyFactory, join
from tests.journeys.recognition import a_badge, asked, given, lived, proposed


@pytest.fixture
def in_caen(caen):
    with scope.over([caen.pk]):
        yield caen


def of(territory, organisation, **fields):
    return JourneyFactory(territory=territory, participant__organisation=organisation, **fields)


@pytest.fixture
def journey(in_caen, le_dome):
    journey = of(in_caen, le_dome, contracted=True)
    account_of(journey)
    return journey


@pytest.fixture
def badge(in_caen, le_dome):
    return a_badge(in_caen, le_dome)


def answer(of, by, **said):
    return accept(recognition=of, by=by, seen=None, **said)


# -- Reasons (rule 18) -----------------------------------------------------------------------------


def test_a_badge_asked_for_what_was_told_is_given(journey, badge, le_dome, referent):
    experience = lived(journey, le_dome)
    row = asked(journey, badge, reflection=told(experience))
    answer(row, referent)
    row.refresh_from_db()
    assert (row.state, row.reviewer, row.experience) == ("accepted", referent, experience)
    held = Credential.objects.get(recipient__holder__participant=journey.participant)
    assert row.credential == held
    assert held.issuer.organisation == le_dome
    assert signed(held).is_signed


def test_without_a_reflection_a_reason_is_to_be_written(journey, badge, le_dome, referent):
    row = asked(journey, badge, experience=lived(journey, le_dome))
    with pytest.raises(ValidationError, match="Dites pourquoi"):
        answer(row, referent)
    assert not Credential.objects.exists()
    answer(row, referent, reason="A tenu la caisse deux soirs.")
    assert Credential.objects.count() == 1


def test_a_reflection_kept_for_oneself_cannot_be_the_one_that_is_shown(journey, badge, le_dome):
    own = told(lived(journey, le_dome), reader="me")
    with pytest.raises(ValidationError, match="qui lit"):
        asked(journey, badge, reflection=own)


def test_free_words_ask_for_a_badge_that_the_reviewer_chooses(journey, badge, referent):
    row = asked(journey, asked_for="Réparer un vélo")
    assert str(row) == "Réparer un vélo"
    with pytest.raises(ValidationError, match="Choisissez le badge"):
        answer(row, referent, reason="A réparé trois vélos.")
    given = answer(row, referent, achievement=badge, reason="A réparé trois vélos.")
    assert given.credential.version.achievement == badge


def test_a_request_names_something(journey):
    with pytest.raises(ValidationError, match="Choisissez un badge"):
        asked(journey)


# -- Sent twice, asked twice -----------------------------------------------------------------------


def test_sent_twice_it_is_the_same_request(journey, badge):
    word = uuid.uuid4()
    assert asked(journey, badge, client_uuid=word) == asked(journey, badge, client_uuid=word)


def test_asked_twice_it_waits_for_one_answer(journey, badge):
    asked(journey, badge)
    with pytest.raises(ValidationError, match="déjà demandé"):
        asked(journey, badge)


def test_a_badge_one_holds_is_not_given_again(journey, badge, referent):
    given(journey, referent, badge)
    with pytest.raises(ValidationError, match="a déjà ce badge"):
        answer(asked(journey, badge), referent, reason="Encore.")


def test_two_reviewers_one_answer(journey, badge, referent, coordinator):
    row = asked(journey, badge)
    answer(row, referent, reason="Vu à l’atelier.")
    with pytest.raises(ValidationError, match="a déjà sa réponse : délivré"):
        decline(recognition=row, by=coordinator, seen=None, answer="Pas encore.")


# -- More, declined, withdrawn ---------------------------------------------------------------------


def test_more_is_asked_for_told_then_given(journey, badge, referent):
    row = asked(journey, badge)
    ask_more(recognition=row, by=referent, seen=None, answer="Racontez la finition.")
    row.refresh_from_db()
    assert (row.state, row.answer) == ("more", "Racontez la finition.")
    complete(recognition=row, by=journey.participant.user, words="J’ai poncé les bords.")
    row.refresh_from_db()
    assert (row.state, row.words) == ("asked", "J’ai poncé les bords.")
    assert answer(row, referent, reason="Vu.").state == "accepted"


def test_what_was_not_asked_for_is_not_completed(journey, badge):
    row = asked(journey, badge)
    with pytest.raises(ValidationError, match="rien à ajouter"):
        complete(recognition=row, by=journey.participant.user, words="…")


@pytest.mark.parametrize("act", [ask_more, decline])
def test_a_reviewer_says_why(journey, badge, referent, act):
    with pytest.raises(ValidationError, match="Dites pourquoi"):
        act(recognition=asked(journey, badge), by=referent, seen=None, answer=" ")


def test_declined_it_may_be_asked_again(journey, badge, referent):
    row = asked(journey, badge)
    decline(recognition=row, by=referent, seen=None, answer="Revenez après la finition.")
    row.refresh_from_db()
    assert row.get_state_display() == "Pas cette fois"
    assert not Credential.objects.exists()
    assert asked(journey, badge).state == "asked"


def test_the_person_takes_their_request_back(journey, badge, referent):
    row = asked(journey, badge)
    for _twice in range(2):
        withdraw(recognition=row, by=journey.participant.user)
    row.refresh_from_db()
    assert row.state == "withdrawn"
    with pytest.raises(ValidationError, match="a déjà sa réponse"):
        answer(row, referent, reason="Vu.")


# -- « Je voudrais un badge » ----------------------------------------------------------------------


def test_a_wish_is_a_request(journey, le_dome):
    reflection = told(lived(journey, le_dome))
    person = journey.participant.user
    wish(reflection=reflection, by=person, wished=True)
    wish(reflection=reflection, by=person, wished=True)
    row = Recognition.objects.get()
    assert (row.asked_for, row.reflection, row.state) == ("Repair café", reflection, "asked")
    assert row.organisation == le_dome
    wish(reflection=reflection, by=person, wished=False)
    row.refresh_from_db()
    assert row.state == "withdrawn"


def test_an_answer_ends_the_wish(journey, le_dome, referent):
    reflection = told(lived(journey, le_dome))
    wish(reflection=reflection, by=journey.participant.user, wished=True)
    row = Recognition.objects.get()
    decline(recognition=row, by=referent, seen=None, answer="Aucun badge ne le dit encore.")
    reflection.refresh_from_db()
    assert reflection.badge_asked_on is None


# -- Proposed --------------------------------------------------------------------------------------


def test_who_proposes_for_another_body_does_not_answer(journey, badge, activity_referent, referent):
    join(journey, activity_referent, "activity_referent")
    row = proposed(journey, activity_referent, badge, reason="A tenu l’atelier.")
    assert row.is_proposed
    with pytest.raises(ValidationError, match="une autre personne répond"):
        answer(row, activity_referent)
    assert answer(row, referent).state == "accepted"


def test_who_proposes_for_their_own_body_may_give_it(journey, badge, referent):
    assert answer(proposed(journey, referent, badge, reason="Vu."), referent).state == "accepted"


# -- In whose name ---------------------------------------------------------------------------------


def test_a_body_that_may_not_issue_is_told(in_caen, journey, le_wip, referent):
    badge = a_badge(in_caen, le_wip)
    badge.organisation.issuer.state = "suspended"
    badge.organisation.issuer.save()
    with pytest.raises(ValidationError, match="Le WIP ne délivre pas encore de badges"):
        answer(asked(journey, badge), referent, reason="Vu.")


def test_a_badge_of_the_network_is_given_by_who_saw_it(journey, badge, le_wip, referent):
    open_issuer(organisation=le_wip, by=None)
    seen_there = lived(journey, le_wip)
    row = answer(asked(journey, badge, experience=seen_there), referent, reason="Vu.")
    assert row.credential.organisation.slug == "le-dome"
    badge.is_shared = True
    badge.save()
    take_back(credential=row.credential, journey=journey, by=referent, seen=None, reason="mistake")
    row = answer(asked(journey, badge, experience=seen_there), referent, reason="Vu.")
    assert row.credential.organisation == le_wip


def test_a_body_whose_name_says_too_much_speaks_through_the_network(
    in_caen, journey, badge, le_dome, referent
):
    network = open_network(programme=in_caen.programme, name="Réseau des ateliers", by=None)
    speak_through(issuer=le_dome.issuer, neutral=network, by=None)
    credential = given(journey, referent, badge)
    assert credential.issuer == network
    assert credential.organisation == le_dome
    assert "Dôme" not in credential.document


# -- Objectives (rule 5) ---------------------------------------------------------------------------


@pytest.fixture
def aim(journey, badge):
    contract = Contract.objects.get(journey=journey)
    return Objective.objects.create(
        territory=journey.territory,
        journey=journey,
        contract=contract,
        wording="Utiliser la découpe laser",
        achievement=badge,
    )


def test_a_badge_reaches_the_objective_that_aims_at_it(journey, badge, aim, referent):
    given(journey, referent, badge)
    aim.refresh_from_db()
    assert aim.reached_on == timezone.localdate()
    assert aim.decision_reason == "Badge « Découper au laser »"
    assert Recognition.objects.get().objective == aim


def test_taken_back_the_objective_goes_on(journey, badge, aim, referent):
    credential = given(journey, referent, badge)
    take_back(credential=credential, journey=journey, by=referent, seen=None, reason="mistake")
    aim.refresh_from_db()
    credential.refresh_from_db()
    assert aim.reached_on is None
    assert credential.is_revoked
    with pytest.raises(ValidationError, match="déjà annulé"):
        take_back(credential=credential, journey=journey, by=referent, seen=None, reason="mistake")


def test_each_act_is_a_line_of_the_file_at_its_version(journey, badge, referent):
    """Who acts from an older page is told what changed; a departure noted before is not undone."""
    credential = given(journey, referent, badge)
    take_back(credential=credential, journey=journey, by=referent, seen=None, reason="mistake")
    journey.refresh_from_db()
    lines = JournalEntry.objects.about(journey.participant_id).filter(version__isnull=False)
    told = list(lines.order_by("version").values_list("version", "act"))
    asked_at = journey.version - 2
    assert told[-3:] == [
        (asked_at, "badge_asked"),
        (asked_at + 1, "badge_awarded"),
        (asked_at + 2, "badge_revoked"),
    ]


def test_an_objective_put_aside_stays_so(journey, badge, aim, referent):
    Objective.objects.update(set_aside_on=timezone.localdate(), decision_reason="Autre envie.")
    given(journey, referent, badge)
    aim.refresh_from_db()
    assert aim.reached_on is None


# -- Who is told -----------------------------------------------------------------------------------


def test_the_person_is_told_that_there_is_something_new_and_no_more(journey, badge, referent):
    journey.participant.phone = "+33612345678"
    journey.participant.save()
    given(journey, referent, badge)
    body = OutboundMessage.objects.get(cause="news.told").body
    assert body.startswith("Bonjour, vous avez quelque chose de nouveau : http")
    assert "badge" not in body.lower()


def test_two_news_of_one_day_are_one_message(journey, badge, referent):
    journey.participant.phone = "+33612345678"
    journey.participant.save()
    decline(recognition=asked(journey, badge), by=referent, seen=None, answer="Plus tard.")
    given(journey, referent, badge)
    assert OutboundMessage.objects.filter(cause="news.told").count() == 1


# -- Who knows -------------------------------------------------------------------------------------


def test_requests_are_known_to_the_team_to_the_body_and_to_the_steward(
    in_caen, journey, badge, referent, activity_referent, coordinator, animator
):
    row = asked(journey, badge)
    assert row.organisation.slug == "le-dome"

    def known(user):
        return Recognition.objects.visible_to(user).filter(pk=row.pk).exists()

    assert known(referent)  # of Le Dôme
    assert known(coordinator)
    assert known(journey.participant.user)
    assert not known(activity_referent)  # of another body, out of the team
    assert not known(animator)
    join(journey, activity_referent, "activity_referent")
    assert known(activity_referent)


def test_an_objection_closes_requests_too(journey, badge, referent):
    row = asked(journey, badge)
    join(journey, referent, suspended_on=timezone.localdate())
    assert row not in Recognition.objects.visible_to(referent)
    assert row not in Recognition.objects.answered_by(referent)


# -- Whose badges ----------------------------------------------------------------------------------


def test_an_account_made_later_reads_what_was_given_before(in_caen, badge, le_dome, referent):
    journey = of(in_caen, le_dome)
    row = proposed(journey, referent, badge, reason="Vu.")
    credential = answer(row, referent).credential
    user = entered(journey.participant)
    assert credential in Credential.objects.visible_to(user)


def test_forgotten_with_the_person(in_caen, badge, le_dome, referent):
    journey = of(in_caen, le_dome)
    answer(asked(journey, badge, words="Mes mots"), referent, reason="Vu.")
    purge_participant(participant=journey.participant)
    assert not Credential.objects.exists()
    assert not Holder.objects.exists()
    assert not Recognition.objects.exists()
