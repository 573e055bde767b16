from django.urls import path

from journeys.duplicates import coordination

J = "coordination/parcours/<int:pk>/"
D = "coordination/doublons/"

urlpatterns = [
    path(D, coordination.duplicates, name="duplicates"),
    path(J + "reunir/", coordination.MergePage.as_view(), name="merge"),
    path(J + "relier/", coordination.LinkPage.as_view(), name="person_link"),
    path(J + "autre-personne/", coordination.kept_apart, name="kept_apart"),
    path(D + "reunions/<int:pk>/defaire/", coordination.merge_undo, name="merge_undo"),
    path(
        D + "autres-personnes/<int:pk>/annuler/",
        coordination.kept_apart_undo,
        name="kept_apart_undo",
    ),
]
