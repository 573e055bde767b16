from django.urls import path

from journeys.portal import appointments, contract, coordination, papers, portal, public

urlpatterns = [
    path("portail/", portal.home, name="portal"),
    path("portail/parcours/", portal.path, name="portal_path"),
    path("portail/contrat/", contract.read, name="portal_contract"),
    path("portail/contrat/pdf/", contract.document, name="portal_contract_pdf"),
    path("portail/contrat/signer/", contract.send, name="portal_sign_send"),
    path("portail/contrat/code/", contract.code, name="portal_sign_code"),
    path("portail/contrat/refuser/", contract.refuse, name="portal_sign_refuse"),
    path("portail/objectifs/proposer/", contract.propose, name="portal_objective_propose"),
    path("portail/objectifs/<int:objective>/", contract.agree, name="portal_objective_agree"),
    path("portail/equipe/", portal.team, name="portal_team"),
    path("portail/equipe/<int:member>/", portal.object_page, name="portal_object"),
    path("portail/droits/", portal.rights, name="portal_rights"),
    path("portail/papiers/", papers.papers, name="portal_papers"),
    path("portail/papiers/ajouter/", papers.paper_add, name="portal_paper_add"),
    path("portail/papiers/<int:pk>/", papers.paper, name="portal_paper"),
    path("portail/papiers/<int:pk>/retirer/", papers.paper_remove, name="portal_paper_remove"),
    path("portail/rendez-vous/", appointments.appointments, name="portal_appointments"),
    path(
        "portail/rendez-vous/demander/",
        appointments.appointment_ask,
        name="portal_appointment_ask",
    ),
    path(
        "portail/rendez-vous/<int:pk>/oui/",
        appointments.appointment_yes,
        name="portal_appointment_yes",
    ),
    path(
        "portail/rendez-vous/<int:pk>/non/",
        appointments.appointment_no,
        name="portal_appointment_no",
    ),
    path(
        "portail/rendez-vous/<int:pk>/changer/",
        appointments.appointment_move,
        name="portal_appointment_move",
    ),
    path(
        "portail/rendez-vous/<int:pk>/annuler/",
        appointments.appointment_cancel,
        name="portal_appointment_cancel",
    ),
    path(
        "portail/rendez-vous/<int:pk>/defaire/",
        appointments.appointment_undo,
        name="portal_appointment_undo",
    ),
    path("portail/rappel/", portal.call_me, name="portal_call_me"),
    path("portail/rappel/choisir/", portal.call_me_when, name="portal_call_me_when"),
    path("portail/rappel/annuler/", portal.call_me_not, name="portal_call_me_not"),
    path("portail/quitter/", portal.leave, name="portal_leave"),
    path("portail/entrer/", public.enter_help, name="portal_enter_help"),
    path("portail/entrer/<str:token>/", public.enter, name="portal_enter"),
    path("coordination/parcours/<int:pk>/lien/", coordination.link_give, name="portal_link_give"),
]
