from django.urls import path

from journeys.participants import coordination

urlpatterns = [
    path("orientations/", coordination.referrals, name="referrals"),
    path("orientations/nouvelle/", coordination.referral_add, name="referral_add"),
    path("presences/", coordination.outreach, name="outreach"),
    path("presences/nouvelle/", coordination.outreach_add, name="outreach_add"),
    path("presences/<int:pk>/annuler/", coordination.outreach_undo, name="outreach_undo"),
]
