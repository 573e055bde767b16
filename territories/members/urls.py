from django.urls import path

from territories.members import public

urlpatterns = [path("invitation/<str:token>/", public.invitation, name="invitation")]
