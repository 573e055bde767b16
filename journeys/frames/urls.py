from django.urls import path

from journeys.frames import public
from journeys.frames.coordination import briefings, file, immersions, team, trainings, tutors

J = "coordination/parcours/<int:pk>/"
IN = J + "immersions/<int:immersion>/"
A = J + "afest/<int:afest>/"

urlpatterns = [
    path("coordination/activites/immersions/", team.frames_team, name="frames_team"),
    path(J + "cadres/", file.frames, name="frames"),
    # Immersions (PMSMP)
    path(J + "immersions/prevoir/", immersions.PreparePage.as_view(), name="immersion_prepare"),
    path(IN, immersions.immersion, name="immersion"),
    path(IN + "corriger/", immersions.ChangePage.as_view(), name="immersion_change"),
    path(IN + "convention/", immersions.immersion_pdf, name="immersion_pdf"),
    path(IN + "signer/", immersions.SignPage.as_view(), name="immersion_sign"),
    path(IN + "terminer/", immersions.EndPage.as_view(), name="immersion_end"),
    path(IN + "annuler/", immersions.CancelPage.as_view(), name="immersion_cancel"),
    path(IN + "renouveler/", immersions.RenewPage.as_view(), name="immersion_renew"),
    path(IN + "bilan/", immersions.AssessPage.as_view(), name="immersion_assess"),
    path(IN + "tuteur/", tutors.AskTutorPage.as_view(), name="tutor_ask"),
    path(IN + "tuteur/retirer/", tutors.tutor_take_back, name="tutor_take_back"),
    # AFEST
    path(J + "afest/commencer/", trainings.AfestBeginPage.as_view(), name="afest_begin"),
    path(A, trainings.afest, name="afest"),
    path(A + "completer/", trainings.AfestChangePage.as_view(), name="afest_change"),
    path(A + "sequence/", trainings.SequencePage.as_view(), name="afest_sequence"),
    path(
        A + "sequences/<int:sequence>/reflexive/",
        trainings.ReflectPage.as_view(),
        name="afest_reflect",
    ),
    path(A + "evaluer/", trainings.AfestAssessPage.as_view(), name="afest_assess"),
    path(A + "clore/", trainings.AfestClosePage.as_view(), name="afest_close"),
    # Volunteering, safety
    path(J + "benevolat/noter/", trainings.VolunteeringPage.as_view(), name="volunteering_add"),
    path(
        J + "benevolat/<int:volunteering>/fin/",
        trainings.VolunteeringEndPage.as_view(),
        name="volunteering_end",
    ),
    path(J + "consignes/noter/", briefings.BriefingPage.as_view(), name="briefing_add"),
    path(
        "coordination/seances/<int:session>/consignes/",
        briefings.session_briefing,
        name="session_briefing",
    ),
    # A tutor, without an account
    path("t/<str:token>/", public.tutor, name="tutor"),
]
