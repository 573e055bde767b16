from django.urls import path

from journeys.coordination import (
    arrivals,
    assigning,
    export,
    journey,
    messages,
    participants,
    today,
)

urlpatterns = [
    # The day's work
    path("", today.today, name="today"),
    path("aujourdhui/<slug:slug>/", today.today_group, name="today_group"),
    # Everyone
    path("participants/", participants.participants, name="participants"),
    path("participants/liste.csv", export.participants_csv, name="participants_csv"),
    path("participants/affecter/", assigning.assign_referent, name="assign_referent"),
    # Somebody's file: the pages that compose chapters
    path("parcours/<int:pk>/", journey.essential, name="journey"),
    path("parcours/<int:pk>/histoire/", journey.history, name="journey_history"),
    # What was sent, and what came back
    path("messages/", messages.messages, name="messages"),
    path("messages/a-voir/", messages.messages_inbox, name="messages_inbox"),
    # Somebody arrives
    path("accueillir/", arrivals.welcome, name="welcome"),
    path("participants/<int:pk>/carte/", arrivals.card, name="card"),
    path("participants/<int:pk>/accueil/annuler/", arrivals.welcome_undo, name="welcome_undo"),
    path("participants/<int:pk>/rappel/", arrivals.call_back, name="call_back"),
    path("participants/<int:pk>/rappel/annuler/", arrivals.call_back_undo, name="call_back_undo"),
    path("orientations/<int:pk>/reponse/", arrivals.referral_answer, name="referral_answer"),
]
