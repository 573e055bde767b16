"""Under /programme/comptes/."""

from django.urls import path

from territories.coordination import accounts as views

urlpatterns = [
    path("", views.accounts, name="accounts"),
    path("inviter/", views.Invite.as_view(), name="invite"),
    path("<int:pk>/", views.account, name="account"),
    path("<int:pk>/role/", views.RoleAdd.as_view(), name="role_add"),
    path("<int:pk>/depart/", views.Close.as_view(), name="account_close"),
    path("<int:pk>/seconde-preuve/", views.SecondFactorReset.as_view(), name="second_factor_reset"),
    path("roles/<int:pk>/prolonger/", views.RoleExtend.as_view(), name="role_extend"),
    path("roles/<int:pk>/retirer/", views.RoleEnd.as_view(), name="role_end"),
    path("invitations/<int:pk>/renvoyer/", views.invitation_resend, name="invitation_resend"),
    path(
        "invitations/<int:pk>/annuler/",
        views.InvitationCancel.as_view(),
        name="invitation_cancel",
    ),
]
