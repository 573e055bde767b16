from django.urls import path

from journeys.participants import coordination, prescribers, public

TO = "orienter/<slug:programme_slug>/<slug:territory_slug>/"

urlpatterns = [
    # The team's pages
    path("coordination/orientations/", coordination.referrals, name="referrals"),
    path("coordination/orientations/nouvelle/", coordination.referral_add, name="referral_add"),
    path("coordination/presences/", coordination.outreach, name="outreach"),
    path("coordination/presences/nouvelle/", coordination.outreach_add, name="outreach_add"),
    path(
        "coordination/presences/<int:pk>/annuler/",
        coordination.outreach_undo,
        name="outreach_undo",
    ),
    # Whoever sends us somebody: without an account, then with one
    path("orienter/", public.refer, name="refer"),
    path(TO, public.refer_to, name="refer_to"),
    path(TO + "recue/", public.refer_sent, name="refer_sent"),
    path("orientations/", prescribers.my_referrals, name="my_referrals"),
    path("orientations/nouvelle/", prescribers.my_referral_send, name="my_referral_send"),
]
