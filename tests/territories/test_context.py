"""What public statistics say of a territory: typed, brought by a file, taken back."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from rtr import scope
from rtr.lib.tables import MOST_BYTES
from territories.accounts.enums import Role
from territories.models import Commune, ContextFigure, JournalEntry, Neighbourhood, Zoning
from tests.cast import member
from tests.figures import figure

HEAD = "territoire;indicateur;annee;valeur;source"
LINE = "Caen la Mer;chomage;2024;6,7;INSEE"


@pytest.fixture
def gaelle(signed_in, manager):
    return signed_in(manager)


@pytest.fixture
def read(gaelle, caen, vallees):
    """`read(content, "context")` sends a file, and gives what the page answers."""

    def send(content, kind="context"):
        data = content if isinstance(content, bytes) else content.encode()
        url = reverse(f"{kind}_import", args=[caen.programme.slug])
        return gaelle.post(url, {"file": SimpleUploadedFile("donnees.csv", data)})

    return send


@pytest.fixture
def bring(gaelle, read, caen):
    """`bring(content)` sends a file, and confirms what was read."""

    def send(content, kind="context"):
        page = read(content, kind)
        url = reverse(f"{kind}_import", args=[caen.programme.slug])
        return gaelle.post(url, {"lines": page.context["signed"]}, follow=True)

    return send


def figures():
    rows = ContextFigure.objects.order_by("territory__name", "indicator", "year")
    return [(str(r.territory), r.indicator, r.year, float(r.value), r.source) for r in rows]


def typed(client, territory, **values):
    asked = {"indicator": "chomage", "year": "2024", "value": "6,7", "source": "INSEE"}
    url = reverse("context_add", args=[territory.pk])
    return client.post(url, asked | values, follow=True)


# -- One by one ------------------------------------------------------------------------------------


def test_a_figure_is_typed_with_a_comma_and_read_with_its_unit(gaelle, caen):
    page = typed(gaelle, caen).content.decode()

    assert figures() == [("Caen la Mer", "chomage", 2024, 6.7, "INSEE")]
    assert "6,7\u00a0%" in page and "2024, INSEE" in page
    with scope.everything("test"):
        assert JournalEntry.objects.get(act="context_changed").territory == caen


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"value": "beaucoup"}, "Écrivez un nombre"),
        ({"value": "=1+1"}, "Écrivez un nombre"),
        ({"value": "120"}, "de 0 à 100"),
        ({"value": "-1"}, "de 0 à 100"),
        ({"value": "1" * 15, "indicator": "population"}, "Écrivez un nombre"),
        ({"value": "-5", "indicator": "population"}, "Un nombre positif"),
        ({"year": "1850"}, "Écrivez une année"),
        ({"year": "2099"}, "Écrivez une année"),
        ({"indicator": "bonheur"}, "Sélectionnez un choix valide"),
        ({"source": ""}, "obligatoire"),
        ({"source": "1 85 05 78 006 084 91"}, "sécurité sociale"),
    ],
)
def test_a_figure_that_cannot_be_is_refused(gaelle, caen, values, said):
    response = typed(gaelle, caen, **values)

    assert response.status_code == 422
    assert said in response.content.decode()
    assert figures() == []


def test_the_same_figure_is_not_added_twice(gaelle, caen):
    typed(gaelle, caen)

    response = typed(gaelle, caen, value="9")

    assert response.status_code == 422
    assert "a déjà une valeur" in response.content.decode()
    assert figures()[0][3] == 6.7


def undo(client, page):
    """Post to the way back that the message offers."""
    url = re.search(r'action="(/programme/territoires/contexte/annuler/[^"]+)"', page)[1]
    return client.post(url, follow=True)


def test_adding_changing_and_removing_are_taken_back(gaelle, caen):
    page = typed(gaelle, caen).content.decode()
    undo(gaelle, page)
    assert figures() == []

    typed(gaelle, caen)
    row = ContextFigure.objects.get()
    edit = reverse("context_edit", args=[caen.pk, row.pk])
    asked = {"indicator": "pauvrete", "year": "2023", "value": "15.5", "source": "Filosofi"}
    page = gaelle.post(edit, asked, follow=True).content.decode()
    assert figures() == [("Caen la Mer", "pauvrete", 2023, 15.5, "Filosofi")]
    undo(gaelle, page)
    assert figures() == [("Caen la Mer", "chomage", 2024, 6.7, "INSEE")]

    remove = reverse("context_remove", args=[caen.pk, ContextFigure.objects.get().pk])
    page = gaelle.post(remove, follow=True).content.decode()
    assert figures() == []
    undo(gaelle, page)
    assert figures() == [("Caen la Mer", "chomage", 2024, 6.7, "INSEE")]


def test_a_way_back_of_another_programme_leads_nowhere(
    gaelle, signed_in, caen, marseille, comptoir
):
    page = typed(gaelle, caen).content.decode()
    away = signed_in(member("Remi", Role.MANAGER, comptoir, marseille))

    assert undo(away, page).status_code == 404
    assert len(figures()) == 1


# -- By a file -------------------------------------------------------------------------------------


def test_a_file_is_read_shown_then_brought(read, bring, caen):
    content = f"{HEAD}\n{LINE}\nvallees;Taux de pauvreté;2021;8.5;Filosofi\n"

    page = read(content)

    assert figures() == []  # nothing before it is confirmed
    assert dict(page.context["news"]) == {"new": 2}
    bring(content)
    assert figures() == [
        ("Caen la Mer", "chomage", 2024, 6.7, "INSEE"),
        ("Vallées de l’Orne et de l’Odon", "pauvrete", 2021, 8.5, "Filosofi"),
    ]


def test_the_same_file_twice_changes_nothing(bring, read):
    bring(f"{HEAD}\n{LINE}\n")
    before = ContextFigure.objects.values().get()

    assert dict(read(f"{HEAD}\n{LINE}\n").context["news"]) == {"same": 1}
    page = bring(f"{HEAD}\n{LINE}\n")

    assert ContextFigure.objects.values().get() == before
    assert "rien n’a changé" in page.content.decode()


@pytest.mark.parametrize(
    "content",
    [
        f"\ufeff{HEAD}\r\n{LINE}\r\n",
        HEAD.replace(";", ",") + '\nCaen la Mer,chomage,2024,"6,7",INSEE\n',
        HEAD.replace(";", "\t") + "\n" + LINE.replace(";", "\t") + "\n",
        "Source;Valeur;Année;Indicateur;Territoire\nINSEE;6.7;2024;chomage;caen\n",
        f"{HEAD}\n\n;;;;\n{LINE}",
        f'{HEAD}\n"Caen la Mer";"chomage";"2024";"6,7";"INSEE"\n',
    ],
)
def test_the_ways_a_table_is_written_are_all_read(bring, content):
    bring(content)

    assert figures() == [("Caen la Mer", "chomage", 2024, 6.7, "INSEE")]


# What is wrong, the line said, and a word of what to do.
HOSTILE = [
    (b"", 0, "vide"),
    (f"{HEAD}\n", 0, "ligne des colonnes"),
    (f"{HEAD}\n{LINE}\n".encode("utf-16"), 1, "CSV UTF-8"),
    (b"PK\x03\x04\x14\x00\x06\x00", 1, "CSV UTF-8"),
    (f"{HEAD}\nÎle;chomage;2024;6;INSEE\n".encode("latin-1"), 2, "UTF-8"),
    (f"{HEAD}\n{LINE}\nCaen\0;chomage;2023;6;INSEE\n", 3, "nul"),
    ("territoire;indicateur;annee;valeur\n", 1, "source"),
    (f"{HEAD};mot_de_passe\n{LINE};x\n", 1, "Colonne inconnue"),
    (f"{HEAD};source\n{LINE};x\n", 1, "deux fois"),
    (f"{HEAD}\nCaen la Mer;chomage;2024;6,7\n", 2, "4 cases au lieu de 5"),
    (f"{HEAD}\n{LINE};;;\n", 2, "8 cases"),
    (f'{HEAD}\n{LINE}\nCaen;"chomage;2024;6;INSEE\n', 3, "guillemets"),
    (f"{HEAD}\n=cmd|' /C calc'!A0;chomage;2024;6;INSEE\n", 2, "formule"),
    (f"{HEAD}\nCaen la Mer;chomage;2024;6;@SUM(1)\n", 2, "formule"),
    (f"{HEAD}\nCaen la Mer;chomage;2024;6; =1+1\n", 2, "formule"),
    (f"{HEAD}\nCaen la Mer;chomage;2024;6;＝1+1\n", 2, "formule"),
    (f"{HEAD}\nCaen la Mer;chomage;2024;=1+1;INSEE\n", 2, "formule"),
    (f"{HEAD}\nMarseille;chomage;2024;6;INSEE\n", 2, "Territoire inconnu"),
    (f"{HEAD}\nAix-Marseille;chomage;2024;6;INSEE\n", 2, "Territoire inconnu"),
    (f"{HEAD}\nCaen la Mer;bonheur;2024;6;INSEE\n", 2, "Indicateur inconnu"),
    (f"{HEAD}\nCaen la Mer;chomage;24;6;INSEE\n", 2, "année"),
    (f"{HEAD}\nCaen la Mer;chomage;2024;six;INSEE\n", 2, "nombre"),
    (f"{HEAD}\nCaen la Mer;chomage;2024;600;INSEE\n", 2, "0 à 100"),
    (f"{HEAD}\nCaen la Mer;population;2024;{'9' * 40};INSEE\n", 2, "nombre"),
    (f"{HEAD}\nCaen la Mer;population;2024;NaN;INSEE\n", 2, "nombre"),
    (f"{HEAD}\nCaen la Mer;population;2024;1e9;INSEE\n", 2, "nombre"),
    (f"{HEAD}\nCaen la Mer;chomage;2024;6;\n", 2, "source manque"),
    (f"{HEAD}\nCaen la Mer;chomage;2024;6;1 85 05 78 006 084 91\n", 2, "sécurité sociale"),
    (f"{HEAD}\nCaen la Mer;chomage;2024;6;{'x' * 200}\n", 2, "160 caractères"),
    (f"{HEAD}\n{LINE}\n{LINE}\n", 3, "déjà à la ligne 2"),
    (f"{HEAD}\nCaen la Mer;chomage;2024;6;{'x' * 400}\n", 2, "300 caractères"),
    (f"{HEAD}\n{LINE}\nCaen;chomage;2024;6;{'x' * 200_000}\n", 3, "trop longue"),
    (f"{HEAD}\n" + f"{LINE}\n" * 6000, 5002, "5 000 lignes"),
    (b"x" * (MOST_BYTES + 1), 0, "2 Mo"),
    (b"\xff" * 5000, 1, "UTF-8"),
    (b"\n" * 5000, 1, "colonne"),
]


@pytest.mark.parametrize(("content", "line", "said"), HOSTILE)
def test_a_hostile_file_is_refused_whole_with_its_line(read, content, line, said):
    response = read(content)

    page = response.content.decode()
    assert response.status_code == 422
    assert said in page
    if line:
        assert f"Ligne {line}" in page
    assert figures() == []
    with scope.everything("test"):
        assert not JournalEntry.objects.filter(act="context_changed").exists()


def test_how_many_hostile_files_were_tried():
    figure("fichiers hostiles, contexte", len(HOSTILE), "0 importé")


def test_one_wrong_line_keeps_all_the_others_out(read):
    lines = "\n".join(f"Caen la Mer;chomage;{year};6;INSEE" for year in range(2000, 2020))

    page = read(f"{HEAD}\n{lines}\nCaen la Mer;chomage;2020;six;INSEE\n").content.decode()

    assert "Ligne 22" in page
    assert figures() == []


@pytest.mark.parametrize("signed", ["", "un mot", "WzEsIFtdXQ:1:x"])
def test_lines_that_the_page_did_not_sign_are_not_brought(gaelle, caen, signed):
    url = reverse("context_import", args=[caen.programme.slug])

    response = gaelle.post(url, {"lines": signed})

    assert response.status_code == 422
    assert figures() == []


def test_lines_read_for_one_programme_are_not_brought_into_another(
    read, signed_in, caen, marseille, comptoir
):
    signed = read(f"{HEAD}\n{LINE}\n").context["signed"]
    away = signed_in(member("Remi", Role.MANAGER, comptoir, marseille))

    here = away.post(reverse("context_import", args=[caen.programme.slug]), {"lines": signed})
    there = away.post(reverse("context_import", args=[marseille.programme.slug]), {"lines": signed})

    assert (here.status_code, there.status_code) == (404, 422)
    assert figures() == []


# -- Communes, quarters, lists ---------------------------------------------------------------------

QUARTERS = "territoire;commune;quartier;zonage;depuis;jusqu_au"


def test_communes_quarters_and_lists_come_by_a_file(bring, read):
    content = (
        f"{QUARTERS}\ncaen;Caen;Chemin Vert;2015;2015-01-01;01/01/2024\n"
        "caen;Caen;Chemin Vert;2024;2024-01-01;\nvallees;Maltot;;;;\n"
    )

    page = read(content, "quarters")

    assert not Commune.objects.exists()  # tried, then taken back
    assert dict(page.context["news"]) == {"new": 3}
    bring(content, "quarters")
    assert {str(each) for each in Commune.objects.all()} == {"Caen", "Maltot"}
    assert Neighbourhood.objects.get().zonings.count() == 2
    assert dict(read(content, "quarters").context["news"]) == {"same": 3}


HOSTILE_QUARTERS = [
    ("caen;;;;;", 2, "commune manque"),
    ("caen;Caen;Chemin Vert;2024;;", 2, "premier jour"),
    ("caen;Caen;;2024;2024-01-01;", 2, "avec son quartier"),
    ("caen;Caen;Chemin Vert;1996;1996-01-01;", 2, "Zonage inconnu"),
    ("caen;Caen;Chemin Vert;2024;hier;", 2, "2024-01-31"),
    ("caen;Caen;Chemin Vert;2024;2024-01-01;2023-01-01", 2, "après son début"),
    ("caen;Caen;;;;2024-01-01", 2, "premier jour"),
    ("caen;=Caen;;;;", 2, "formule"),
    (
        "caen;Caen;Chemin Vert;2015;2015-01-01;\ncaen;Caen;Chemin Vert;2024;2024-01-01;",
        3,
        "Ce quartier a déjà un zonage à ces dates.",
    ),
    (f"caen;Caen;{'x' * 121};;;", 2, "120 lettres"),
]


@pytest.mark.parametrize(("lines", "line", "said"), HOSTILE_QUARTERS)
def test_a_faulty_file_of_quarters_brings_nothing(read, lines, line, said):
    response = read(f"{QUARTERS}\n{lines}\n", "quarters")

    page = response.content.decode()
    assert response.status_code == 422
    assert said in page and f"Ligne {line}" in page
    assert not Commune.objects.exists() and not Zoning.objects.exists()


def test_how_many_hostile_files_of_quarters_were_tried():
    figure("fichiers hostiles, quartiers", len(HOSTILE_QUARTERS), "0 importé")
