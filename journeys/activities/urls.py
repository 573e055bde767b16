from django.urls import path

from journeys.activities import public
from journeys.activities.coordination import activities, agenda, enrolling, feeds, sessions

A = "coordination/activites/"
S = "coordination/seances/<int:pk>/"
E = "coordination/inscriptions/<int:pk>/"
C = "catalogue/<slug:programme_slug>/<slug:territory_slug>/"

urlpatterns = [
    # The calendar, and one's own
    path(A + "agenda/", agenda.agenda, name="agenda"),
    path(A + "mon-agenda/", feeds.calendar_feed, name="calendar_feed"),
    path(A + "mon-agenda/couper/", feeds.calendar_feed_revoke, name="calendar_feed_revoke"),
    path("agenda/<str:token>.ics", public.calendar, name="calendar"),
    # Activities
    path(A, activities.activities, name="activities"),
    path(A + "ajouter/", activities.ActivityAdd.as_view(), name="activity_add"),
    path(A + "<int:pk>/", activities.activity, name="activity"),
    path(A + "<int:pk>/modifier/", activities.ActivityEdit.as_view(), name="activity_edit"),
    path(A + "<int:pk>/catalogue/", activities.activity_publish, name="activity_publish"),
    path(A + "<int:pk>/arreter/", activities.ActivityClose.as_view(), name="activity_close"),
    path(A + "<int:pk>/reprendre/", activities.activity_reopen, name="activity_reopen"),
    path(A + "<int:pk>/seance/", sessions.SessionAdd.as_view(), name="session_add"),
    path(A + "<int:pk>/serie/", sessions.SeriesAdd.as_view(), name="series_add"),
    # Sessions, and who is in them
    path(S, sessions.session, name="session"),
    path(S + "modifier/", sessions.SessionEdit.as_view(), name="session_edit"),
    path(S + "annuler/", sessions.SessionCancel.as_view(), name="session_cancel"),
    path(S + "retablir/", sessions.session_restore, name="session_restore"),
    path(S + "equipe/", sessions.SessionStaffPage.as_view(), name="session_staff"),
    path(
        S + "equipe/<int:staff>/retirer/",
        sessions.session_staff_remove,
        name="session_staff_remove",
    ),
    path(S + "inscrire/", enrolling.enrol_person, name="enrol_person"),
    path(S + "inscrire/surnom/", enrolling.GuestPage.as_view(), name="enrol_guest"),
    path(E + "retirer/", enrolling.enrolment_withdraw, name="enrolment_withdraw"),
    path(E + "remettre/", enrolling.enrolment_restore, name="enrolment_restore"),
    path(
        "coordination/parcours/<int:pk>/inscrire/",
        enrolling.JourneyEnrolPage.as_view(),
        name="journey_enrol",
    ),
    # Anybody
    path(
        "catalogue/photos/<int:offered>/<slug:slug>/", public.activity_photo, name="activity_photo"
    ),
    path(C, public.catalogue, name="catalogue"),
    path(C + "<int:offered>/", public.catalogue_activity, name="catalogue_activity"),
]
