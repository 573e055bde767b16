"""Contract day: ten minutes, a step a page, nothing lost, nothing signed for another (rule 4)."""

import datetime

import pytest
import time_machine
from dateutil.relativedelta import relativedelta
from django.urls import reverse
from django.utils import timezone

from badges.achievements.models import Achievement
from journeys.contracts.actions import preparing
from journeys.contracts.models import Contract, Objective, Signature, SignedText
from journeys.contracts.writing import ENGAGEMENT, fingerprint
from journeys.models import Participant
from rtr import scope
from tests.journeys.contracts import fill, photo, sign
from tests.journeys.factories import ago, join

IDENTITY = {"first_name": "Camille", "last_name": "Martin", "birth_date": "1995-05-17"}
AIMS = {"wording_1": "Utiliser la découpe laser", "achievement_1": ""}


@pytest.fixture(autouse=True)
def inside(caen, vallees):
    with scope.over([caen.pk, vallees.pk]):
        yield


@pytest.fixture
def laser(caen, le_dome):
    return Achievement.objects.create(
        programme=caen.programme,
        organisation=le_dome,
        code="decoupe-laser",
        name="Découper au laser",
        description="Sait conduire une découpe.",
        criteria="A fait une pièce.",
        field="Fablab et numérique",
        status="published",
    )


class Day:
    """Somebody walking through the pages of one contract."""

    def __init__(self, client, journey, by):
        self.client, self.journey, self.by = client, journey, by

    def url(self, name, *args):
        return reverse(name, args=[self.journey.pk, *args])

    def get(self, name, *args):
        return self.client.get(self.url(name, *args))

    def post(self, name, *args, **typed):
        self.journey.refresh_from_db()
        typed = {"seen": self.journey.version} | typed
        return self.client.post(self.url(name, *args), typed, follow=True)

    @property
    def contract(self) -> Contract:
        return self.journey.contracts.order_by("-number").first()

    def fill(self):
        """Everything that the text wants, without its pages."""
        fill(self.journey, self.by)

    def freeze(self):
        preparing.freeze(contract=self.contract, by=self.by, seen=None)

    def sign(self):
        sign(self.contract, self.by)


@pytest.fixture
def day(signed_in, coordinator, kiwi):
    return Day(signed_in(coordinator), kiwi, coordinator)


def plain(page) -> str:
    return " ".join(page.content.decode().replace("\u00a0", " ").split())


def test_a_contract_from_the_first_page_to_the_entry(day):
    end = timezone.localdate() + relativedelta(months=12)
    day.post("contract_prepare")
    day.post("contract_identity", **IDENTITY)
    day.post("contract_objectives", **AIMS)
    day.post("contract_terms", weekly_hours=12, planned_end_on=end, language="fr")
    read = day.get("contract_freeze").context["read"]
    frozen = day.post("contract_freeze", read=read)
    day.post("contract_sign_hand", "participant", photo=photo(), witnessed="on")
    entered = day.post("contract_sign_self", agreed="on")

    assert "Il reste à signer" in plain(frozen)
    assert "Kiwi entre dans le programme" in plain(entered)
    day.journey.refresh_from_db()
    today = timezone.localdate()
    assert day.journey.entry_on == today
    assert day.journey.limit_on == today + relativedelta(months=15)
    assert day.contract.signed_on == today
    assert SignedText.objects.get().signed_on == today
    assert Objective.objects.agreed().get().agreed_on == today


def test_before_the_contract_no_identity_can_be_written(day):
    page = day.post("contract_identity", **IDENTITY)

    assert "Aucun contrat n’est en préparation" in plain(page)
    assert Participant.objects.get().first_name == ""


def test_what_is_written_stays_when_the_day_is_interrupted(day):
    day.post("contract_prepare")
    day.post("contract_identity", first_name="Camille", last_name="", birth_date="")

    resumed = day.get("contract_identity")
    listed = plain(day.get("contract"))

    assert resumed.context["form"]["first_name"].value() == "Camille"
    assert "Notez le nom" in listed and "Notez le prénom" not in listed


def test_what_is_missing_is_said_with_the_way_to_it(day):
    day.post("contract_prepare")

    page = day.get("contract_freeze").content.decode()

    for name in ("contract_identity", "contract_objectives", "contract_terms"):
        assert f'href="{day.url(name)}"' in page
    assert "Figer ce texte" not in page


def test_an_incomplete_draft_is_not_frozen(day):
    day.post("contract_prepare")

    page = day.post("contract_freeze", read="")

    assert page.status_code == 422
    assert not day.contract.is_frozen


def test_somebody_under_age_is_refused_with_the_day_of_their_birthday(day):
    day.post("contract_prepare")
    born_on = timezone.localdate() - relativedelta(years=17)

    page = day.post("contract_identity", **IDENTITY | {"birth_date": born_on})

    assert page.status_code == 422
    assert "à partir de 18 ans" in plain(page)
    assert Participant.objects.get().first_name == ""


def test_somebody_of_age_today_may_sign(day):
    day.post("contract_prepare")
    born_on = timezone.localdate() - relativedelta(years=18)

    day.post("contract_identity", **IDENTITY | {"birth_date": born_on})

    assert day.contract.birth_date == born_on


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("birth_date", "1066-10-14"),
        ("birth_date", "31/02/1990"),
        ("phone", "12"),
        ("guardian", "1 85 05 78 006 084 91"),
    ],
)
def test_a_strange_identity_is_refused_and_stays_on_the_page(day, field, value):
    day.post("contract_prepare")

    page = day.post("contract_identity", **IDENTITY | {field: value})

    assert page.status_code == 422
    assert page.context["form"].errors.keys() == {field}
    assert value in page.content.decode()
    assert "Camille" in page.content.decode()


def test_the_end_stays_within_the_programme(day):
    day.post("contract_prepare")
    too_late = timezone.localdate() + relativedelta(months=16)

    page = day.post("contract_terms", weekly_hours=12, planned_end_on=too_late, language="fr")

    assert page.status_code == 422
    assert "au plus tard le" in plain(page)


def test_objectives_are_one_to_three_each_with_a_badge_or_none(day, laser):
    day.post("contract_prepare")
    typed = {"wording_1": "Découper", "achievement_1": laser.pk, "wording_2": "Oser appeler"}

    day.post("contract_objectives", **typed)

    rows = day.contract.objectives.values_list("rank", "wording", "achievement__code")
    assert list(rows) == [(1, "Découper", "decoupe-laser"), (2, "Oser appeler", None)]
    assert "wording_4" not in day.get("contract_objectives").context["form"].fields


def test_a_badge_without_words_is_not_an_objective(day, laser):
    day.post("contract_prepare")

    page = day.post("contract_objectives", wording_1="", achievement_1=laser.pk)

    assert page.status_code == 422
    assert "avec les mots de la personne" in plain(page)


def test_a_badge_of_another_programme_is_refused(day, marseille, comptoir):
    foreign = Achievement.objects.create(
        programme=marseille.programme,
        organisation=comptoir,
        code="voile",
        name="Barrer",
        description="…",
        criteria="…",
        field="Sport",
    )
    day.post("contract_prepare")

    page = day.post("contract_objectives", wording_1="Barrer", achievement_1=foreign.pk)

    assert page.status_code == 422
    assert not Objective.objects.exists()


def test_the_text_says_once_that_it_does_not_replace_the_other_contract(day, caen):
    day.fill()
    terms = [
        "",
        "Vos droits.\nCe contrat ne remplace pas votre contrat d'engagement.\nSuite.",
        f"{ENGAGEMENT}\n\n{ENGAGEMENT}",
    ]
    for contract_text in terms:
        type(caen.programme).objects.update(contract_text=contract_text)

        page = day.get("contract_freeze").content.decode()

        assert page.count(ENGAGEMENT) == 1


def test_the_frozen_text_holds_all_that_was_agreed_and_its_fingerprint(day, laser):
    day.fill()
    day.post("contract_objectives", wording_1="Découper", achievement_1=laser.pk)

    day.freeze()

    contract = day.contract
    for said in (
        "Camille Martin",
        "17 mai 1995",
        "12 heures",
        "1. Découper (badge visé : Découper au laser)",
        day.journey.participant.code,
        "Langue : français",
    ):
        assert said in contract.text
    assert contract.sha256 == fingerprint(contract.text)
    assert SignedText.objects.get().sha256 == contract.sha256


def test_a_text_that_changed_during_the_reading_is_read_again(day, caen):
    day.fill()
    read = day.get("contract_freeze").context["read"]
    type(caen.programme).objects.update(contract_text="D’autres mots.")

    page = day.post("contract_freeze", read=read)

    assert page.status_code == 422
    assert "relisez-le ensemble" in plain(page)
    assert not day.contract.is_frozen


def test_a_frozen_text_is_written_no_more(day):
    day.fill()
    day.freeze()

    page = day.post("contract_identity", **IDENTITY | {"first_name": "Alix"})

    assert "Le texte est figé" in plain(page)
    assert Participant.objects.get().first_name == "Camille"


def test_the_second_of_two_colleagues_is_told_what_changed(day):
    day.fill()
    seen = day.journey.version
    day.post("contract_terms", weekly_hours=6, planned_end_on=ago(-100), language="fr")

    page = day.client.post(
        day.url("contract_terms"),
        {"seen": seen, "weekly_hours": 20, "planned_end_on": ago(-90), "language": "fr"},
    )

    assert page.status_code == 409
    assert "a changé pendant que vous écriviez" in plain(page)
    assert page.context["form"]["weekly_hours"].value() == "20"
    assert day.contract.weekly_hours == 6


def test_signing_wants_an_explicit_yes(day):
    day.fill()
    day.freeze()

    page = day.post("contract_sign_self")

    assert page.status_code == 422
    assert "Je signe pour moi, Nadia Exemple" in plain(page)
    assert not Signature.objects.exists()


def test_a_signed_page_is_wanted_for_a_signature_by_hand(day):
    day.fill()
    day.freeze()

    page = day.post("contract_sign_hand", "participant", witnessed="on")

    assert page.status_code == 422
    assert not Signature.objects.exists()


def test_a_guardian_signs_too_before_the_entry(day):
    day.fill()
    day.post("contract_identity", **IDENTITY | {"guardian": "Mme Tutelle"})
    day.freeze()
    day.sign()
    before = day.contract.signed_on

    page = day.post("contract_sign_hand", "guardian", photo=photo(), witnessed="on")

    assert before is None
    assert day.contract.signed_on == timezone.localdate()
    assert "entre dans le programme" in plain(page)
    assert "Mme Tutelle, qui signe aussi" in day.contract.text


def test_without_a_guardian_there_is_no_page_for_one(day):
    day.fill()
    day.freeze()

    assert day.get("contract_sign_hand", "guardian").status_code == 404
    assert day.get("contract_sign_hand", "coordinator").status_code == 404


def test_a_cancelled_contract_makes_room_for_another(day):
    day.fill()
    day.freeze()
    asked = plain(day.get("contract_cancel"))

    day.post("contract_cancel")
    day.post("contract_prepare")

    assert "ne pourra plus être signée" in asked
    assert [(c.number, bool(c.cancelled_on)) for c in day.journey.contracts.order_by("number")] == [
        (1, True),
        (2, False),
    ]


def test_an_amendment_is_a_new_version_and_the_entry_stays(day, coordinator):
    day.fill()
    day.freeze()
    day.sign()
    with time_machine.travel(timezone.now() + datetime.timedelta(days=30)):
        day.client.force_login(coordinator)
        day.post("contract_prepare")
        carried = day.get("contract_terms").context["form"]["weekly_hours"].value()
        end = timezone.localdate() + relativedelta(months=10)
        day.post("contract_terms", weekly_hours=20, planned_end_on=end, language="fr")
        day.freeze()
        day.post("contract_sign_hand", "participant", photo=photo(), witnessed="on")
        page = day.post("contract_sign_self", agreed="on")

    day.journey.refresh_from_db()
    first, second = day.journey.contracts.order_by("number")
    assert carried == 12
    assert day.journey.entry_on == first.signed_on < second.signed_on
    assert "Utiliser la découpe laser" in second.text
    assert "Version 2, qui remplace la version précédente." in second.text
    assert "entre dans le programme" not in plain(page)


def test_an_objective_added_later_is_a_dated_agreement_of_both(day):
    day.fill()
    day.freeze()
    day.sign()

    refused = day.post("objective_add", wording="Animer un atelier", how="together")
    said = {"how": "together", "present": "Kiwi, Nadia"}
    day.post("objective_add", wording="Animer un atelier", **said)

    assert refused.status_code == 422
    added = Objective.objects.get(contract__isnull=True)
    today = timezone.localdate()
    assert (added.rank, added.agreed_on) == (2, today)
    assert (added.team_agreed_on, added.person_agreed_on) == (today, today)
    assert (added.person_agreed_how, added.present) == ("together", "Kiwi, Nadia")
    assert day.journey.contracts.count() == 1


def test_an_objective_is_decided_with_a_reason(day):
    day.fill()
    day.freeze()
    day.sign()
    objective = Objective.objects.get()

    refused = day.post("objective_decide", objective.pk, decision="reached", reason="")
    day.post("objective_decide", objective.pk, decision="reached", reason="A découpé une pièce")
    again = day.post("objective_decide", objective.pk, decision="set_aside", reason="Trop tard")

    assert (refused.status_code, again.status_code) == (422, 422)
    objective.refresh_from_db()
    assert (objective.status, objective.decision_reason) == ("reached", "A découpé une pièce")


def test_a_referent_of_the_team_reads_the_contract_a_colleague_does_not(
    day, signed_in, referent, activity_referent
):
    day.fill()
    join(day.journey, activity_referent, "activity_referent")

    assert signed_in(referent).get(day.url("contract")).status_code == 404
    assert signed_in(activity_referent).get(day.url("contract")).status_code == 403
    join(day.journey, referent)
    assert signed_in(referent).get(day.url("contract")).status_code == 200


def test_the_tab_costs_the_same_whatever_the_number_of_versions(day, django_assert_max_num_queries):
    day.fill()
    for _time in range(3):
        day.post("contract_cancel")
        day.post("contract_prepare")

    with django_assert_max_num_queries(15):
        day.get("contract")
