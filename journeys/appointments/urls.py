from django.urls import path

from journeys.appointments import coordination as team

FILE = "coordination/parcours/<int:pk>/rendez-vous/"
ONE = f"{FILE}<int:appointment>/"

urlpatterns = [
    path("coordination/rendez-vous/", team.my_appointments, name="my_appointments"),
    path(FILE, team.journey_appointments, name="journey_appointments"),
    path(f"{FILE}proposer/", team.ProposePage.as_view(), name="appointment_propose"),
    path(f"{ONE}deplacer/", team.MovePage.as_view(), name="appointment_move"),
    path(f"{ONE}annuler/", team.CancelPage.as_view(), name="appointment_cancel"),
    path(f"{ONE}accepter/", team.appointment_accept, name="appointment_accept"),
    path(f"{ONE}venu/", team.appointment_came, name="appointment_came"),
    path(f"{ONE}pas-pu/", team.appointment_missed, name="appointment_missed"),
    path(f"{ONE}encore/", team.appointment_again, name="appointment_again"),
    path(f"{ONE}defaire/", team.appointment_undo, name="appointment_undo"),
]
