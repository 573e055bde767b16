"""Pages of houses and of managers."""

from django.urls import path

from badges.coordination import houses, issuers, supports

urlpatterns = [
    path("coordination/nos-badges/", houses.our_badges, name="our_badges"),
    path("coordination/nos-badges/chiffres/", houses.our_badges_figures, name="our_badges_figures"),
    path(
        "coordination/nos-badges/demander/modele/<int:pk>/",
        supports.AskForModel.as_view(),
        name="support_ask_model",
    ),
    path(
        "coordination/nos-badges/demander/structure/<int:pk>/",
        supports.AskForHouse.as_view(),
        name="support_ask_house",
    ),
    path("coordination/nos-badges/soutenir/", supports.Offer.as_view(), name="support_offer"),
    path("coordination/soutiens/<int:pk>/", supports.Answer.as_view(), name="support_answer"),
    path("coordination/soutiens/<int:pk>/non/", supports.SayNo.as_view(), name="support_say_no"),
    path("coordination/soutiens/<int:pk>/connu/", supports.Know.as_view(), name="support_know"),
    path(
        "coordination/soutiens/<int:pk>/fermer/", supports.Cancel.as_view(), name="support_cancel"
    ),
    path(
        "coordination/soutiens/<int:pk>/retirer/",
        supports.Withdraw.as_view(),
        name="support_withdraw",
    ),
    path("programme/emetteurs/", issuers.badge_issuers, name="badge_issuers"),
    path(
        "programme/emetteurs/structure/<int:pk>/ouvrir/",
        issuers.Open.as_view(),
        name="badge_issuer_open",
    ),
    path("programme/emetteurs/reseau/", issuers.OpenNetwork.as_view(), name="badge_network_open"),
    path("programme/emetteurs/<int:pk>/", issuers.badge_issuer, name="badge_issuer"),
    path(
        "programme/emetteurs/<int:pk>/droit/",
        issuers.ChangeState.as_view(),
        name="badge_issuer_state",
    ),
    path(
        "programme/emetteurs/<int:pk>/nom/",
        issuers.ChooseNeutral.as_view(),
        name="badge_issuer_neutral",
    ),
    path(
        "programme/emetteurs/<int:pk>/cles/", issuers.Replace.as_view(), name="badge_keys_replace"
    ),
    path("programme/emetteurs/<int:pk>/cles/<int:row>/", issuers.badge_key, name="badge_key"),
    path(
        "programme/emetteurs/<int:pk>/cles/<int:row>/compromise/",
        issuers.Strike.as_view(),
        name="badge_key_struck",
    ),
]
