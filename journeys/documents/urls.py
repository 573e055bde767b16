from django.urls import path

from journeys.documents import coordination

urlpatterns = [
    path("pieces/<int:pk>/", coordination.document, name="document"),
]
