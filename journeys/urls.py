from django.urls import include, path

urlpatterns = [
    path("coordination/", include("journeys.coordination.urls")),
    path("", include("journeys.participants.urls")),
    path("", include("journeys.pathway.urls")),
    path("coordination/", include("journeys.documents.urls")),
    path("", include("journeys.contracts.urls")),
    path("", include("journeys.portal.urls")),
    path("", include("journeys.duplicates.urls")),
    path("", include("journeys.transfers.urls")),
    path("", include("journeys.messages.urls")),
    path("", include("journeys.activities.urls")),
    path("", include("journeys.frames.urls")),
    path("", include("journeys.registers.urls")),
    path("", include("journeys.collective.urls")),
    path("", include("journeys.experiences.urls")),
    path("", include("journeys.recognition.urls")),
    path("", include("journeys.appointments.urls")),
    path("", include("journeys.aids.urls")),
    path("", include("journeys.suggestions.urls")),
    path("coordination/", include("journeys.rights.urls")),
]
