from django.urls import path

from journeys.experiences import coordination as pages

J = "coordination/parcours/<int:pk>/"
E = J + "experiences/<int:experience>/"
R = J + "recits/<int:reflection>/"

urlpatterns = [
    path(J + "experiences/", pages.experiences, name="journey_experiences"),
    path(J + "experiences/ajouter/", pages.ElsewhereAddPage.as_view(), name="experience_add"),
    path(E + "corriger/", pages.ElsewhereChangePage.as_view(), name="experience_change"),
    path(E + "ecrire/", pages.PenPage.as_view(), name="reflection_write"),
    path(R + "en-parler/", pages.DiscussPage.as_view(), name="reflection_discuss"),
    path(R + "voix/", pages.voice, name="reflection_voice"),
    path(R + "photo/", pages.photo, name="reflection_photo"),
]
