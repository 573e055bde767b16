from django.urls import path

from journeys.messages import public

urlpatterns = [
    # Providers tell what became of messages, and what was answered
    path("messages/recus/", public.messages_told, name="messages_told"),
    path("messages/recus/<slug:slug>/<str:token>/", public.provider_told, name="provider_told"),
]
