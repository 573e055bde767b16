from django.urls import path

from evaluation.dashboards import views

urlpatterns = [
    path("", views.evaluation, name="evaluation"),
    path("comptes.csv", views.evaluation_csv, name="evaluation_csv"),
]
