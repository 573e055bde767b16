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
]
