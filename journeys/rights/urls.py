from django.urls import path

from journeys.rights.coordination import AnswerPage

urlpatterns = [
    path("parcours/<int:pk>/demandes/<int:asked>/", AnswerPage.as_view(), name="request_answer"),
]
