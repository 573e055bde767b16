from django.urls import path

from journeys.transfers import coordination

T = "coordination/transferts/"

urlpatterns = [
    path(T, coordination.transfers, name="transfers"),
    path(T + "<int:pk>/", coordination.transfer_answer, name="transfer_answer"),
    path(T + "<int:pk>/retirer/", coordination.transfer_withdraw, name="transfer_withdraw"),
    path(
        "coordination/parcours/<int:pk>/transferer/",
        coordination.ProposePage.as_view(),
        name="transfer_propose",
    ),
    path("coordination/chercher-ailleurs/", coordination.elsewhere, name="search_elsewhere"),
]
