from django.urls import path

from journeys.suggestions import coordination

J = "coordination/parcours/<int:pk>/idees/"

urlpatterns = [
    path(J, coordination.ideas, name="ideas"),
    path(J + "ecarter/", coordination.refuse, name="idea_refuse"),
    path(J + "remettre/", coordination.restore, name="idea_restore"),
    path(J + "inscrire/", coordination.join, name="idea_join"),
]
