from django.urls import path

from journeys.aids import coordination as team
from journeys.aids import export

FILE = "coordination/parcours/<int:pk>/aides/"
ONE = f"{FILE}<int:aid>/"

urlpatterns = [
    path("coordination/aides/", team.aids, name="aids"),
    path("coordination/aides/liste.csv", export.aids_csv, name="aids_csv"),
    path(FILE, team.journey_aids, name="journey_aids"),
    path(f"{FILE}demander/", team.RequestPage.as_view(), name="aid_request"),
    path(f"{ONE}envoyer/", team.SendPage.as_view(), name="aid_send"),
    path(f"{ONE}repondre/", team.DecidePage.as_view(), name="aid_decide"),
    path(f"{ONE}remise/", team.aid_give, name="aid_give"),
    path(f"{ONE}annuler/", team.aid_cancel, name="aid_cancel"),
    path(f"{ONE}defaire/", team.aid_undo, name="aid_undo"),
]
