"""Every address of the platform. What each needs is declared in rtr/access.py."""

from django.urls import include, path

from rtr.home import health, views

urlpatterns = [
    path("", views.home, name="home"),
    path("territoire/", views.switch_place, name="switch_place"),
    path("sante/vif", health.alive, name="alive"),
    path("sante/pret", health.ready, name="ready"),
    path("", include("badges.urls")),
    path("", include("territories.urls")),
    path("", include("journeys.urls")),
    path("evaluation/", include("evaluation.urls")),
    path("programme/", include("evaluation.overview.urls")),
]

handler500 = views.server_error
