from django.urls import path

from journeys.messages import coordination, public

urlpatterns = [
    # One message, and what is decided of it
    path("coordination/messages/<int:pk>/", coordination.message, name="message"),
    path(
        "coordination/messages/<int:pk>/decider/",
        coordination.message_decide,
        name="message_decide",
    ),
    path(
        "coordination/messages/reponses/<int:pk>/lue/",
        coordination.answer_read,
        name="answer_read",
    ),
    # The words of each kind, by programme
    path("programme/messages/", coordination.message_templates, name="message_templates"),
    path(
        "programme/messages/<str:cause>/<str:language>/",
        coordination.message_template,
        name="message_template",
    ),
    path(
        "programme/messages/<str:cause>/<str:language>/retablir/",
        coordination.message_template_reset,
        name="message_template_reset",
    ),
    # Providers tell what became of messages, and what was answered
    path("messages/recus/", public.messages_told, name="messages_told"),
    path("messages/recus/<slug:slug>/<str:token>/", public.provider_told, name="provider_told"),
]
