"""Sign-in pages and one's own account: allauth's views at French addresses, under its names."""

from allauth.account import views
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path, re_path

from territories.accounts import views as own

urlpatterns = [
    # Signing in
    path("connexion/", views.login, name="account_login"),
    path("connexion/code/", views.request_login_code, name="account_request_login_code"),
    path("connexion/code/recu/", views.confirm_login_code, name="account_confirm_login_code"),
    path("connexion/cle/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("connexion/second/", mfa.authenticate, name="mfa_authenticate"),
    path("connexion/inscription/", views.signup, name="account_signup"),
    path("deconnexion/", views.logout, name="account_logout"),
    path("compte/inactif/", views.account_inactive, name="account_inactive"),
    path("mot-de-passe/", views.password_reset, name="account_reset_password"),
    path(
        "mot-de-passe/envoye/",
        views.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(  # the key holds a dash too: the account is what comes before the first one
        r"^mot-de-passe/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "mot-de-passe/change/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    # « C'est bien vous ? »
    path("connexion/confirmer/", views.reauthenticate, name="account_reauthenticate"),
    path(
        "connexion/confirmer/code/",
        views.request_reauthentication_code,
        name="account_request_reauthentication_code",
    ),
    path(
        "connexion/confirmer/code/recu/",
        views.confirm_reauthentication_code,
        name="account_confirm_reauthentication_code",
    ),
    path("connexion/confirmer/second/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path(
        "connexion/confirmer/cle/",
        webauthn.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    # My account
    path("compte/", own.my_account, name="my_account"),
    path("compte/nom/", own.my_name, name="my_name"),
    path("compte/courriel/", views.email, name="account_email"),
    path("compte/courriel/<key>/", views.confirm_email, name="account_confirm_email"),
    path("compte/mot-de-passe/", views.password_change, name="account_change_password"),
    path("compte/mot-de-passe/choisir/", views.password_set, name="account_set_password"),
    path("compte/connexions/", own.my_sessions, name="my_sessions"),
    path("compte/connexions/<int:pk>/fermer/", own.my_session_end, name="my_session_end"),
    # My second factor
    path("compte/securite/", own.Security.as_view(), name="mfa_index"),
    path("compte/securite/application/", totp.activate_totp, name="mfa_activate_totp"),
    path("compte/securite/application/retirer/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("compte/securite/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "compte/securite/codes/nouveaux/",
        codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "compte/securite/codes/codes-de-secours.txt",
        own.DownloadCodes.as_view(),
        name="mfa_download_recovery_codes",
    ),
    path("compte/securite/cles/", own.keys, name="mfa_list_webauthn"),
    path("compte/securite/cles/ajouter/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("compte/securite/cles/<int:pk>/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path(
        "compte/securite/cles/<int:pk>/retirer/",
        webauthn.remove_webauthn,
        name="mfa_remove_webauthn",
    ),
]
