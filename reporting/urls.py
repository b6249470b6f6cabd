"""Addresses of the reporting room, under ``/t/<slug>/``."""

from django.urls import path

from reporting import views

urlpatterns = [path("", views.Today.as_view(), name="today")]
