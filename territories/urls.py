from django.urls import include, path

urlpatterns = [
    path("programme/", include("territories.coordination.urls")),
    path("programme/", include("territories.coordination.network_urls")),
    path("", include("territories.accounts.urls")),
    path("", include("territories.members.urls")),
    path("programme/comptes/", include("territories.coordination.account_urls")),
]
