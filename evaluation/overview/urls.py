from django.urls import path

from evaluation.overview import views

urlpatterns = [path("", views.programme, name="programme")]
