from django.urls import path

from journeys.recognition.coordination import journeys, requests, sessions, supporting

J = "coordination/parcours/<int:pk>/badges/"
S = "coordination/seances/<int:pk>/"
R = "coordination/badges/demandes/"

urlpatterns = [
    # Of somebody's file
    path(J, journeys.badges, name="journey_badges"),
    path(J + "proposer/", journeys.ProposePage.as_view(), name="badge_propose"),
    path(J + "<int:badge>/soutien/", supporting.SupportPage.as_view(), name="badge_support"),
    path(
        "coordination/badges/delivres/<int:pk>/annuler/",
        journeys.RevokePage.as_view(),
        name="badge_revoke",
    ),
    # To answer
    path(R, requests.requests, name="recognitions"),
    path(R + "<int:pk>/", requests.RequestPage.as_view(), name="recognition"),
    path(R + "<int:pk>/completer/", requests.MorePage.as_view(), name="recognition_more"),
    path(
        R + "<int:pk>/pas-cette-fois/", requests.DeclinePage.as_view(), name="recognition_decline"
    ),
    # At a session
    path(S + "badge/", sessions.GivePage.as_view(), name="session_give"),
    path(S + "badge/<int:award>/", sessions.award, name="session_award"),
    path(S + "badge/code/", sessions.ScanPage.as_view(), name="session_scan"),
]
