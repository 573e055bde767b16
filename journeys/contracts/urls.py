from django.urls import path, re_path

from journeys.contracts import coordination, day, portal, public, sending, wordings

J = "coordination/parcours/<int:pk>/"

urlpatterns = [
    # The tab and its papers
    path(J + "contrat/", coordination.contract, name="contract"),
    path(J + "contrat/<int:number>/", coordination.contract_text, name="contract_text"),
    path(J + "contrat/<int:number>/pdf/", coordination.contract_pdf, name="contract_pdf"),
    path(J + "contrat/entree/", coordination.contract_entered, name="contract_entered"),
    # Contract day
    path(J + "contrat/preparer/", coordination.PreparePage.as_view(), name="contract_prepare"),
    path(J + "contrat/identite/", day.IdentityPage.as_view(), name="contract_identity"),
    path(J + "contrat/objectifs/", day.ObjectivesPage.as_view(), name="contract_objectives"),
    path(J + "contrat/temps/", day.TermsPage.as_view(), name="contract_terms"),
    path(J + "contrat/relire/", day.FreezePage.as_view(), name="contract_freeze"),
    path(J + "contrat/signer/", day.SignSelfPage.as_view(), name="contract_sign_self"),
    path(
        J + "contrat/signer/<slug:signer>/",
        day.SignHandPage.as_view(),
        name="contract_sign_hand",
    ),
    path(J + "contrat/lien/<slug:signer>/", sending.LinkPage.as_view(), name="contract_link"),
    path(J + "contrat/joindre/", sending.ReachedPage.as_view(), name="contract_reached"),
    path(J + "contrat/annuler/", coordination.CancelPage.as_view(), name="contract_cancel"),
    # Objectives after the signature
    path(J + "objectifs/ajouter/", coordination.ObjectiveAddPage.as_view(), name="objective_add"),
    path(
        J + "objectifs/<int:objective>/decision/",
        coordination.ObjectiveDecidePage.as_view(),
        name="objective_decide",
    ),
    path(
        J + "objectifs/<int:objective>/accord/", sending.objective_accept, name="objective_accept"
    ),
    path(J + "objectifs/<int:objective>/lien/", sending.objective_link, name="objective_link"),
    # The programme's own terms, by language
    path("programme/textes-du-contrat/", wordings.contract_wordings, name="contract_wordings"),
    # One's own phone
    path("s/<str:token>/", portal.door, name="sign_door"),
    path("s/<str:token>/lire/", portal.read, name="sign_read"),
    path("s/<str:token>/parler/", portal.talk, name="sign_talk"),
    path("s/<str:token>/accord/", portal.agree, name="sign_agree"),
    path("s/<str:token>/signer/", portal.send, name="sign_send"),
    path("s/<str:token>/code/", portal.code, name="sign_code"),
    path("s/<str:token>/refuser/", portal.refuse, name="sign_refuse"),
    path("s/<str:token>/pdf/", portal.document, name="sign_pdf"),
    path("s/<str:token>/autre-lien/", portal.again, name="sign_again"),
    # Anybody
    path("verifier/contrat/", public.verify_any, name="contract_verify_any"),
    re_path(
        r"^verifier/contrat/(?P<sha256>[0-9a-fA-F]{64})/$", public.verify, name="contract_verify"
    ),
]
