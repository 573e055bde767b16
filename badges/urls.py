"""What the world reads. Addresses written inside badges never change: no slash at their end."""

from django.urls import path

from badges.achievements import public as achievements
from badges.credentials import public as credentials
from badges.issuers import public as issuers

urlpatterns = [
    path(".well-known/jwks.json", issuers.jwks, name="jwks"),
    path("orgs/<slug:slug>/did.json", issuers.did, name="issuer_did"),
    path("orgs/<slug:slug>/status/<int:number>", issuers.status_list, name="status_list"),
    path("orgs/<slug:slug>", issuers.issuer, name="issuer_public"),
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
    path("partage/<str:token>", credentials.shared, name="share"),
    path("partage/<str:token>/<uuid:uuid>.<str:kind>", credentials.shared_file, name="share_file"),
]
