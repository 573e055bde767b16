"""What the world reads. Addresses written inside badges never change: no slash at their end."""

from django.urls import include, path

from badges.achievements import public as achievements
from badges.credentials import public as credentials
from badges.endorsements import public as endorsements
from badges.issuers import public as issuers
from badges.verification import public as verification
from badges.wallet_api import public as wallets

API = "ims/ob/v3p0/"

urlpatterns = [
    path("", include("badges.coordination.urls")),
    path(".well-known/jwks.json", issuers.jwks, name="jwks"),
    path("orgs/<slug:slug>/did.json", issuers.did, name="issuer_did"),
    path("orgs/<slug:slug>/status/<int:number>", issuers.status_list, name="status_list"),
    path("orgs/<slug:slug>", issuers.issuer, name="issuer_public"),
    path("coordination/badges/", include("badges.achievements.urls")),
    path("modeles", achievements.catalogue, name="achievements_public"),
    path("modeles/<uuid:uuid>", achievements.model, name="achievement_public"),
    path(
        "modeles/<uuid:uuid>/image.svg",
        achievements.image,
        {"kind": "svg"},
        name="achievement_svg",
    ),
    path(
        "modeles/<uuid:uuid>/image.png",
        achievements.image,
        {"kind": "png"},
        name="achievement_png",
    ),
    path("badges/<uuid:uuid>", credentials.badge, name="credential_public"),
    path("soutiens/<uuid:uuid>", endorsements.support, name="support_public"),
    path("soutenir/<str:token>/", endorsements.endorse, name="endorse"),
    path("soutenir/<str:token>/non/", endorsements.endorse_decline, name="endorse_decline"),
    path("soutenir/<str:token>/merci/", endorsements.endorse_given, name="endorse_given"),
    path(
        "soutenir/<str:token>/reprendre/",
        endorsements.endorse_take_back,
        name="endorse_take_back",
    ),
    path("partage/<str:token>", credentials.shared, name="share"),
    path("verifier/", verification.verifier, name="verifier"),
    path("partage/<str:token>/<uuid:uuid>.<str:kind>", credentials.shared_file, name="share_file"),
    path(".well-known/oauth-authorization-server", wallets.server, name="oauth_server"),
    path(API + "credentials", wallets.credentials, name="wallet_credentials"),
    path(API + "profile", wallets.profile, name="wallet_profile"),
    path(API + "discovery", wallets.discovery, name="wallet_discovery"),
    path(API + "oauth/token", wallets.token, name="oauth_token"),
    path(API + "oauth/revoke", wallets.revoke, name="oauth_revoke"),
    path(API + "oauth/register", wallets.register, name="oauth_register"),
]
