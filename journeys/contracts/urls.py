from django.urls import path, re_path

from journeys.contracts import coordination, day, public

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
    path(J + "contrat/annuler/", coordination.CancelPage.as_view(), name="contract_cancel"),
    # Objectives after the signature
    path(J + "objectifs/ajouter/", coordination.ObjectiveAddPage.as_view(), name="objective_add"),
    path(
        J + "objectifs/<int:objective>/decision/",
        coordination.ObjectiveDecidePage.as_view(),
        name="objective_decide",
    ),
    # Anybody
    path("verifier/contrat/", public.verify_any, name="contract_verify_any"),
    re_path(
        r"^verifier/contrat/(?P<sha256>[0-9a-fA-F]{64})/$", public.verify, name="contract_verify"
    ),
]
