"""Sign-in pages: allauth's views at French addresses; the names are allauth's."""

from allauth.account import views
from django.urls import path

urlpatterns = [
    path("connexion/", views.login, name="account_login"),
    path("deconnexion/", views.logout, name="account_logout"),
    path("connexion/inscription/", views.signup, name="account_signup"),
    path("compte/inactif/", views.account_inactive, name="account_inactive"),
    path("compte/mot-de-passe/", views.password_change, name="account_change_password"),
    path("mot-de-passe/", views.password_reset, name="account_reset_password"),
    path(
        "mot-de-passe/envoye/",
        views.password_reset_done,
        name="account_reset_password_done",
    ),
    path(
        "mot-de-passe/<uidb36>-<key>/",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "mot-de-passe/change/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("connexion/confirmer/", views.reauthenticate, name="account_reauthenticate"),
]
