"""Somebody who evaluates: figures at a glance, in a table, in a file; a name nowhere."""

import pytest
from django.utils import timezone

from evaluation.dashboards.counts import reporting_date
from tests.evaluation.crowd import journeys


@pytest.fixture
def a_crowd(transactional_db, caen, vallees, le_dome):
    on = reporting_date(timezone.localdate())
    journeys(caen, le_dome, 20, on=on, contracted=False)
    journeys(caen, le_dome, 40, on=on, resources="rsa")
    journeys(caen, le_dome, 25, on=on, exit_kind="cdi")
    journeys(vallees, le_dome, 18, on=on, exit_kind="benevolat")


def test_somebody_who_evaluates_reads_figures_and_no_name(person, evaluator, a_crowd):
    ines = person()

    ines.signs_in(evaluator)

    ines.reads("Tableau de bord")
    ines.reads("Six chiffres clés")
    for summary in ines.page.get_by_text("Lire ces chiffres en tableau").all():
        summary.click()
    ines.looks()
    ines.reads("Un effectif sous 11 est masqué")
    assert "Zébulon" not in ines.page.content()
    with ines.page.expect_download() as download:
        ines.page.get_by_role("link", name="Télécharger (CSV)").click()
    assert download.value.suggested_filename.startswith("comptes-territoires-partages-")
