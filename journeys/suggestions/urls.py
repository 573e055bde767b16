from django.urls import path

from journeys.suggestions import coordination

J = "coordination/parcours/<int:pk>/idees/"

urlpatterns = [
    path(J, coordination.ideas, name="ideas"),
    path(f"{J}<int:activity>/ecarter/", coordination.refuse, name="idea_refuse"),
    path(f"{J}<int:activity>/remettre/", coordination.restore, name="idea_restore"),
    path(f"{J}seance/<int:session>/", coordination.join, name="idea_join"),
]
