"""« Nos badges » of a house; issuers and keys of a manager."""

import datetime
import json

import pytest
from django.urls import reverse
from django.utils import timezone

from badges.coordination.figures import figures_of
from badges.credentials.actions import award, award_many
from badges.endorsements import actions
from badges.endorsements.models import Endorsement
from badges.issuers.models import Issuer
from rtr.due import run_due
from territories.accounts.mails import AccountMail
from territories.models import ConsortiumMember
from tests.badges.factories import a_version, an_issuer, recipients, signed

pytestmark = pytest.mark.django_db
HOUSE = "/coordination/nos-badges/"
ISSUERS = "/programme/emetteurs/"


@pytest.fixture
def consortium(caen, le_dome, le_wip):
    """Both houses are part of it."""
    since = timezone.localdate() - datetime.timedelta(days=30)
    for body in (le_dome, le_wip):
        ConsortiumMember.objects.create(
            programme=caen.programme, organisation=body, role="partner", from_on=since
        )


def words(response) -> str:
    return response.content.decode()


# -- Nos badges ------------------------------------------------------------------------------------


def test_a_house_sees_what_it_issues_and_who_supports_it(
    signed_in, badge, version, in_caen, referent, consortium
):
    row, _token = actions.invite(subject=version, territory=in_caen, by=referent)
    actions.give(endorsement=row, comment="Un badge qui parle.", name="Léa Martin")

    page = words(signed_in(referent).get(HOUSE))

    assert "Découper au laser" in page and "Un badge qui parle." in page
    assert "Identité non vérifiée" in page and "Je connais cette personne" in page


def test_small_numbers_are_told_to_those_who_could_count_only(
    signed_in, caen, in_caen, version, issuer, coordinator, referent
):
    award_many(recipients=recipients(caen, 3), version=version, issuer=issuer, by=coordinator)

    assert "délivrés : moins de 11" in words(signed_in(referent).get(HOUSE))
    assert "délivrés : 3" in words(signed_in(coordinator).get(HOUSE))
    figures = words(signed_in(referent).get(HOUSE + "chiffres/"))
    assert "moins de 11" in figures and "est arrondi" in figures
    assert "est arrondi" not in words(signed_in(coordinator).get(HOUSE + "chiffres/"))


def test_no_subtraction_brings_a_number_back(caen, in_caen, version, issuer, le_dome, referent):
    award_many(recipients=recipients(caen, 23), version=version, issuer=issuer, by=None)
    other = a_version(caen, le_dome, code="autre")
    award_many(recipients=recipients(caen, 4), version=other, issuer=issuer, by=None)

    found = figures_of(le_dome, referent)

    assert found.total == "environ 30"
    assert {line.said for line in found.badges} == {"environ 20", "moins de 11"}


def test_another_house_is_not_ones_own(signed_in, referent, le_wip):
    assert signed_in(referent).get(HOUSE + f"?structure={le_wip.slug}").status_code == 404


def test_asking_by_mail_or_by_a_printed_link(
    signed_in, version, issuer, in_caen, referent, consortium
):
    client = signed_in(referent)
    path = reverse("support_ask_model", args=[version.pk])
    sent = client.post(path, {"email": "lea@ailleurs.example", "name": "Léa"})
    assert sent.status_code == 302
    assert AccountMail.objects.get().to == "lea@ailleurs.example"

    shown = client.post(reverse("support_ask_house", args=[issuer.pk]), {"email": ""})
    assert shown.status_code == 200
    assert "/soutenir/" in words(shown) and "<svg" in words(shown)
    assert AccountMail.objects.count() == 1


def test_a_house_answers_what_it_is_asked(
    signed_in, badge, in_caen, referent, activity_referent, le_wip
):
    an_issuer(le_wip)
    row, _token = actions.invite(
        subject=badge, territory=in_caen, by=referent, organisation=le_wip, is_agreed=True
    )
    client = signed_in(activity_referent)
    assert "Découper au laser" in words(client.get(HOUSE))

    answer = reverse("support_answer", args=[row.pk])
    assert "Signé par Le WIP, avec sa clé." in words(client.get(answer))
    client.post(answer, {"comment": "Nous confirmons."})

    row.refresh_from_db()
    assert (row.state, row.identity, row.endorser.organisation) == ("given", "member", le_wip)
    assert json.loads(signed(badge).document)["endorsement"][0]["id"] == row.url


def test_another_house_does_not_answer_for_it(
    signed_in, badge, in_caen, referent, activity_referent, comptoir
):
    row, _token = actions.invite(
        subject=badge, territory=in_caen, by=referent, organisation=comptoir, is_agreed=True
    )
    path = reverse("support_answer", args=[row.pk])
    assert signed_in(activity_referent).post(path, {"comment": "Oui."}).status_code == 404
    row.refresh_from_db()
    assert row.state == "invited"


def test_supporting_unasked_then_taking_it_back(
    signed_in, version, in_caen, activity_referent, le_wip
):
    an_issuer(le_wip)
    client = signed_in(activity_referent)
    done = client.post(
        reverse("support_offer"), {"subject": f"m{version.pk}", "comment": "Utile ici."}
    )
    assert done.status_code == 302
    row = Endorsement.objects.given().get()
    assert client.post(reverse("support_withdraw", args=[row.pk])).status_code in (302, 403)


def test_a_colleague_says_they_know_who_supports(signed_in, version, in_caen, referent):
    row, _token = actions.invite(subject=version, territory=in_caen, by=referent)
    actions.give(endorsement=row, comment="Utile.", name="Léa")

    signed_in(referent).post(reverse("support_know", args=[row.pk]))

    row.refresh_from_db()
    assert (row.identity, row.vouched_by) == ("member", referent)


def test_an_animator_closes_no_link(signed_in, version, in_caen, animator, referent):
    row, _token = actions.invite(subject=version, territory=in_caen, by=referent)
    assert signed_in(animator).post(reverse("support_cancel", args=[row.pk])).status_code == 403
    assert Endorsement.objects.filter(pk=row.pk).exists()


def test_requests_are_shown_to_who_may_answer_them(signed_in, issuer, animator, referent):
    link = reverse("recognitions")
    assert link in words(signed_in(referent).get(HOUSE))
    assert link not in words(signed_in(animator).get(HOUSE))


def test_the_page_asks_as_much_for_many_as_for_few(
    signed_in, caen, in_caen, version, issuer, le_dome, referent, django_assert_max_num_queries
):
    for number in range(8):
        one = a_version(caen, le_dome, code=f"b{number}")
        row, _token = actions.invite(subject=one, territory=in_caen, by=referent)
        actions.give(endorsement=row, comment=f"Utile {number}.", name="Léa")
    client = signed_in(referent)
    client.get(HOUSE)
    with django_assert_max_num_queries(25):
        client.get(HOUSE)


# -- Issuers and keys ------------------------------------------------------------------------------


def test_a_manager_opens_the_right_of_a_body(signed_in, manager, le_wip, consortium):
    client = signed_in(manager)
    assert "Le WIP" in words(client.get(ISSUERS))
    client.post(reverse("badge_issuer_open", args=[le_wip.pk]))

    opened = Issuer.objects.get(organisation=le_wip)
    assert opened.keys.active().count() == 2


def test_nobody_else_does(signed_in, coordinator, le_wip, consortium):
    path = reverse("badge_issuer_open", args=[le_wip.pk])
    assert signed_in(coordinator).post(path).status_code == 403
    assert not Issuer.objects.filter(organisation=le_wip).exists()


def test_a_body_of_another_programme_is_not_theirs(signed_in, manager, comptoir, marseille):
    issuer = an_issuer(comptoir)
    assert signed_in(manager).get(reverse("badge_issuer", args=[issuer.pk])).status_code == 404
    assert (
        signed_in(manager).post(reverse("badge_keys_replace", args=[issuer.pk])).status_code == 404
    )


def test_a_neutral_name_is_opened_and_chosen(signed_in, manager, caen, issuer):
    client = signed_in(manager)
    client.post(
        reverse("badge_network_open"),
        {"programme": caen.programme_id, "name": "Réseau des ateliers ouverts"},
    )
    network = Issuer.objects.get(kind="network")
    for name in (f"Réseau {caen.programme.name}", "Réseau insertion professionnelle"):
        said = {"programme": caen.programme_id, "name": name}
        assert client.post(reverse("badge_network_open"), said).status_code == 422
    longest = {"programme": caen.programme_id, "name": "r" * 160}
    assert client.post(reverse("badge_network_open"), longest).status_code == 302
    client.post(reverse("badge_issuer_neutral", args=[issuer.pk]), {"neutral": network.pk})

    issuer.refresh_from_db()
    assert issuer.neutral == network


def test_a_right_is_suspended_and_given_again(signed_in, manager, issuer, version, holder):
    client = signed_in(manager)
    path = reverse("badge_issuer_state", args=[issuer.pk])
    client.post(path, {"state": "suspended"})
    issuer.refresh_from_db()
    assert issuer.state == "suspended"
    client.post(path, {"state": "active"})
    issuer.refresh_from_db()
    assert award(recipient=holder, version=version, issuer=issuer, by=manager)


@pytest.mark.parametrize("on", ["0001-01-01", "2999-12-31"])
def test_a_body_left_on_a_day_it_could(signed_in, manager, issuer, on):
    path = reverse("badge_issuer_state", args=[issuer.pk])
    answer = signed_in(manager).post(path, {"state": "left", "left_on": on})

    issuer.refresh_from_db()
    assert answer.status_code == 422 and "Choisissez un jour, du" in answer.content.decode()
    assert issuer.state == "active"


def test_keys_are_replaced_and_the_old_ones_stay_listed(signed_in, manager, issuer):
    before = set(issuer.keys.active().values_list("kid", flat=True))
    signed_in(manager).post(
        reverse("badge_keys_replace", args=[issuer.pk]), {"reason": "Chaque année"}
    )

    assert before.isdisjoint(issuer.keys.active().values_list("kid", flat=True))
    assert issuer.keys.filter(state="retired").count() == 2


@pytest.fixture
def struck(signed_in, manager, badge, issuer):
    """How a compromised key of a badge is struck."""
    key = badge.ed_key
    path = reverse("badge_key_struck", args=[issuer.pk, key.pk])

    def strike(**said):
        said = {"reason": "Un ordinateur volé", "is_sure": "on", "then": "reissue"} | said
        return signed_in(manager).post(path, said), key, path

    return strike


def test_a_compromised_key_lists_its_badges_and_mends_them_in_one_act(
    signed_in, manager, issuer, badge, struck
):
    answer, key, path = struck(is_sure="")
    assert answer.status_code == 422
    asked = words(signed_in(manager).get(path))
    assert "Découper au laser" in asked and str(badge.recipient.uuid) not in asked

    answer, key, path = struck()
    assert answer.status_code == 302
    going = words(signed_in(manager).get(answer["Location"]))
    assert "0 badges sur 1" in going
    run_due("badges.credential")
    done = words(signed_in(manager).get(answer["Location"]))
    assert "C’est fini" in done and "hx-trigger" not in done
    key.refresh_from_db()
    badge.refresh_from_db()
    assert key.state == "compromised" and badge.ed_key != key and badge.edition == 2
    assert signed_in(manager).get(path).status_code == 404  # struck once


def test_its_badges_may_be_revoked_instead(badge, struck):
    struck(then="revoke")
    badge.refresh_from_db()
    assert (badge.state, badge.revoked_reason) == ("revoked", "key")


def test_no_page_shows_a_private_key(signed_in, manager, issuer):
    client = signed_in(manager)
    page = words(client.get(reverse("badge_issuer", args=[issuer.pk])))
    for key in issuer.keys.all():
        assert key.private_sealed not in page
        assert key.private_sealed not in words(
            client.get(reverse("badge_key", args=[issuer.pk, key.pk]))
        )
