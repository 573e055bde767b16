from django.urls import path

from journeys.pathway import public
from journeys.pathway.coordination import contacts, news, papers, person, team
from journeys.pathway.coordination import path as acts

J = "coordination/parcours/<int:pk>/"
D = J + "pieces/<int:document>/"

urlpatterns = [
    # Pages of a file (its first page and its history compose chapters: journeys/coordination)
    path(J + "equipe/", team.team, name="journey_team"),
    path(J + "situation/", person.situation, name="journey_situation"),
    path(J + "pieces/", papers.documents, name="journey_documents"),
    # The path
    path(J + "phase/", acts.PhaseChangePage.as_view(), name="phase_change"),
    path(J + "pause/", acts.PausePage.as_view(), name="pause"),
    path(J + "reprise/", acts.ResumePage.as_view(), name="resume"),
    path(J + "etape/", acts.OutcomePage.as_view(), name="outcome_record"),
    path(J + "etape/<int:outcome>/fin/", acts.OutcomeEndPage.as_view(), name="outcome_end"),
    path(J + "sortie/", acts.ExitPage.as_view(), name="leave"),
    path(J + "retour/", acts.ReturnPage.as_view(), name="come_back"),
    path(J + "prolongation/", acts.ExtendPage.as_view(), name="extend"),
    path(J + "suivi/<int:follow_up>/", news.FollowUpPage.as_view(), name="follow_up_record"),
    path(
        J + "suivi/<int:follow_up>/injoignable/",
        news.FollowUpGiveUpPage.as_view(),
        name="follow_up_give_up",
    ),
    path("suivi/<str:token>/", public.follow_up_answer, name="follow_up_answer"),
    path(J + "annuler/<slug:model>/<int:row>/", acts.undo, name="undo"),
    # Contacts and details
    path(J + "contact/", contacts.ContactPage.as_view(), name="contact_record"),
    path(J + "contact/aujourdhui/", contacts.contact_today, name="contact_today"),
    path(J + "coordonnees/", contacts.DetailsPage.as_view(), name="details_correct"),
    # What the person tells
    path(J + "apports/", person.StrengthAddPage.as_view(), name="strength_add"),
    path(
        J + "apports/<int:strength>/retirer/",
        person.StrengthRemovePage.as_view(),
        name="strength_remove",
    ),
    path(J + "situation/vie/", person.BarriersPage.as_view(), name="barriers_set"),
    path(J + "situation/questions/", person.SituationPage.as_view(), name="situation_answer"),
    path(J + "situation/soutiens/", person.SupportAddPage.as_view(), name="support_add"),
    path(
        J + "situation/soutiens/<int:support>/fin/",
        person.SupportEndPage.as_view(),
        name="support_end",
    ),
    path(J + "situation/note/", person.NotePage.as_view(), name="note_write"),
    # Papers
    path(J + "pieces/ajouter/", papers.DocumentAddPage.as_view(), name="document_add"),
    path(J + "pieces/papier/", papers.PaperAddPage.as_view(), name="paper_add"),
    path(D + "fichier/", papers.FilePage.as_view(), name="document_replace"),
    path(D + "titre/", papers.TitlePage.as_view(), name="document_rename"),
    path(D + "retirer/", papers.RemovePage.as_view(), name="document_remove"),
    path(D + "remettre/", papers.restore, name="document_restore"),
    path(J + "sortie/<int:absence>/justificatif/", papers.ExitProof.as_view(), name="exit_prove"),
    path(
        J + "etape/<int:outcome>/justificatif/",
        papers.OutcomeProof.as_view(),
        name="outcome_prove",
    ),
    # The team
    path(J + "equipe/ajouter/", team.MemberAddPage.as_view(), name="member_add"),
    path(J + "equipe/<int:member>/fin/", team.MemberEndPage.as_view(), name="member_end"),
    path(J + "equipe/<int:member>/lecture/", team.MemberSharePage.as_view(), name="member_share"),
    path(
        J + "equipe/<int:member>/opposition/",
        team.MemberObjectPage.as_view(),
        name="member_object",
    ),
]
