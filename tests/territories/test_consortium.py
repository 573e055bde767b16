"""Structures corrected, closed, put back; their part in the consortium."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from rtr import scope
from territories.accounts.enums import Role
from territories.models import JournalEntry, Organisation
from tests.cast import member
from tests.journeys.factories import JourneyFactory, ago
from tests.territories.network import body, text, undo_url

# -- Correcting, closing ---------------------------------------------------------------------------


def posted(organisation, **changes) -> dict:
    names = "name short_name kind what_it_brings address postcode city email site".split()
    held = {name: getattr(organisation, name) for name in names}
    return held | {"siret": organisation.siret or "", "phone": ""} | changes


def test_a_correction_is_told_and_put_back(network, signed_in, manager, le_wip):
    client = signed_in(manager)

    done = client.post(
        reverse("organisation_edit", args=[le_wip.pk]), posted(le_wip, city="Caen"), follow=True
    )

    le_wip.refresh_from_db()
    assert le_wip.city == "Caen"
    assert JournalEntry.objects.latest("pk").fields == ["city"]
    client.post(undo_url(done))
    le_wip.refresh_from_db()
    assert le_wip.city == ""


def test_what_somebody_changed_since_is_not_put_back(network, signed_in, manager, le_wip):
    client = signed_in(manager)
    done = client.post(
        reverse("organisation_edit", args=[le_wip.pk]), posted(le_wip, city="Caen"), follow=True
    )
    Organisation.objects.filter(pk=le_wip.pk).update(city="Ifs")

    page = client.post(undo_url(done), follow=True)

    le_wip.refresh_from_db()
    assert le_wip.city == "Ifs"
    assert "Quelqu’un a changé cela depuis" in text(page)


def test_an_undo_is_for_who_did_it_and_for_a_quarter_of_an_hour(
    network, signed_in, manager, le_wip, client, time_machine
):
    url = reverse("organisation_edit", args=[le_wip.pk])
    done = signed_in(manager).post(url, posted(le_wip, city="Caen"), follow=True)
    time_machine.move_to(timezone.now() + datetime.timedelta(minutes=16))

    page = client.post(undo_url(done), follow=True)

    le_wip.refresh_from_db()
    assert le_wip.city == "Caen"
    assert "trop tard" in text(page)


def test_editing_one_that_is_shared_says_so(network, signed_in, manager, le_wip, marseille):
    le_wip.noted_in.add(marseille.programme)

    page = text(signed_in(manager).get(reverse("organisation_edit", args=[le_wip.pk])))

    assert "Un autre programme la connaît aussi" in page
    assert marseille.programme.name not in page


def test_a_manager_elsewhere_who_only_reads_here_changes_nothing(
    network, signed_in, le_wip, marseille, comptoir, caen
):
    user = member("Paul", Role.MANAGER, comptoir, marseille)
    also = user.memberships.create(programme=network, organisation=le_wip, role=Role.ANIMATOR)
    also.territories.set([caen])
    client = signed_in(user)

    assert client.get(reverse("organisation", args=[le_wip.pk])).status_code == 200
    for name in ("organisation_edit", "organisation_close", "organisation_remove"):
        assert client.get(reverse(name, args=[le_wip.pk])).status_code == 403
    member_row = le_wip.consortia.get()
    assert client.get(reverse("consortium_end", args=[member_row.pk])).status_code == 403


def test_closing_ends_its_role_and_is_put_back_whole(network, signed_in, manager, le_wip):
    client, url = signed_in(manager), reverse("organisation_close", args=[le_wip.pk])

    done = client.post(url, {"on": ago(2), "because": "stopped"}, follow=True)

    le_wip.refresh_from_db()
    assert (le_wip.closed_on, le_wip.consortia.get().until_on) == (ago(2), ago(2))
    assert "Fermée depuis le" in text(done)
    client.post(undo_url(done))
    le_wip.refresh_from_db()
    assert (le_wip.closed_on, le_wip.consortia.get().until_on) == (None, None)


@pytest.mark.parametrize(("days", "said"), [(-1, "jour passé"), (200, "après le début")])
def test_a_closing_day_makes_sense(days, said, network, signed_in, manager, le_wip):
    url = reverse("organisation_close", args=[le_wip.pk])

    page = signed_in(manager).post(url, {"on": ago(days), "because": "stopped"})

    le_wip.refresh_from_db()
    assert page.status_code == 422 and said in text(page)
    assert le_wip.closed_on is None


def test_one_that_served_is_not_removed_even_where_one_does_not_see_it(
    network, signed_in, manager, caen, marseille
):
    used = body("A servi", network)
    with scope.over([marseille.pk]):
        JourneyFactory(territory=marseille, participant__organisation=used)
    unused = body("N’a pas servi", network)
    client = signed_in(manager)

    refused = client.post(reverse("organisation_remove", args=[used.pk]))
    client.post(reverse("organisation_remove", args=[unused.pk]))

    assert refused.status_code == 422 and "fermez-la plutôt" in text(refused)
    assert Organisation.objects.filter(pk=used.pk).exists()
    assert not Organisation.objects.filter(pk=unused.pk).exists()


# -- Its part in the consortium --------------------------------------------------------------------


def test_a_body_joins_the_consortium(network, signed_in, manager):
    agency = Organisation.objects.get(name="Agence du Port")

    done = signed_in(manager).post(
        reverse("consortium_add", args=[agency.pk]),
        {"role": "supporter", "part": "Prête ses salles.", "on": ago(1)},
        follow=True,
    )

    row = agency.consortia.get()
    assert (row.role, row.from_on, row.programme) == ("supporter", ago(1), network)
    assert JournalEntry.objects.latest("pk").act == "consortium_changed"
    signed_in(manager).post(undo_url(done))
    assert not agency.consortia.exists()


def test_two_roles_at_once_are_refused_in_words(network, signed_in, manager, le_wip):
    page = signed_in(manager).post(
        reverse("consortium_add", args=[le_wip.pk]), {"role": "supporter", "on": ago(1)}
    )

    assert page.status_code == 422
    assert "Cette structure a déjà un rôle à ces dates." in text(page)


def test_another_role_ends_the_first_and_both_are_kept(network, signed_in, manager, le_wip):
    row, client = le_wip.consortia.get(), signed_in(manager)
    url = reverse("consortium_change", args=[row.pk])

    done = client.post(
        url, {"role": "coordinator", "part": "Coordonne.", "on": ago(4)}, follow=True
    )

    held = list(le_wip.consortia.order_by("from_on").values_list("role", "from_on", "until_on"))
    assert held == [("signatory", ago(100), ago(4)), ("coordinator", ago(4), None)]
    client.post(undo_url(done))
    assert le_wip.consortia.get().until_on is None


def test_the_same_role_has_its_words_corrected(network, signed_in, manager, le_wip):
    row = le_wip.consortia.get()

    signed_in(manager).post(
        reverse("consortium_change", args=[row.pk]),
        {"role": "signatory", "part": "Accueille.", "on": ago(1)},
    )

    row.refresh_from_db()
    assert (row.part, row.until_on, le_wip.consortia.count()) == ("Accueille.", None, 1)


def test_a_role_ends_after_it_began(network, signed_in, manager, le_wip):
    row, client = le_wip.consortia.get(), signed_in(manager)
    url = reverse("consortium_end", args=[row.pk])

    early = client.post(url, {"on": ago(100)})
    client.post(url, {"on": ago(2)})

    row.refresh_from_db()
    assert early.status_code == 422 and "après le début" in text(early)
    assert row.until_on == ago(2)
    assert client.get(url).status_code == 404  # what is ended is not ended again


def test_a_closed_body_does_not_join(network, signed_in, manager):
    closed = body("Fermée", network, closed_on=ago(3))

    page = signed_in(manager).post(
        reverse("consortium_add", args=[closed.pk]), {"role": "supporter", "on": ago(1)}
    )

    assert page.status_code == 422 and "rouvrez-la" in text(page)
