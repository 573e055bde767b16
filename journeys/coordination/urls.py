from django.urls import path

from journeys.coordination import arrivals

urlpatterns = [
    # Somebody arrives
    path("accueillir/", arrivals.welcome, name="welcome"),
    path("participants/<int:pk>/carte/", arrivals.card, name="card"),
    path("participants/<int:pk>/accueil/annuler/", arrivals.welcome_undo, name="welcome_undo"),
    path("participants/<int:pk>/rappel/", arrivals.call_back, name="call_back"),
    path("participants/<int:pk>/rappel/annuler/", arrivals.call_back_undo, name="call_back_undo"),
    path("orientations/<int:pk>/reponse/", arrivals.referral_answer, name="referral_answer"),
]
