"""Addresses of the thanks desk, under ``/t/<slug>/thanks/``."""

from django.urls import path

from benefits.thanks import pages as views

app_name = "thanks"

urlpatterns = [
    path("", views.Desk.as_view(), name="desk"),
    path("tell/<uuid:pk>/", views.Tell.as_view(), name="tell"),
    path("<uuid:pk>/", views.Letter.as_view(), name="detail"),
    path("<uuid:pk>/preview/", views.Preview.as_view(), name="preview"),
    path("<uuid:pk>/thanked/", views.Thanked.as_view(), name="thanked"),
    path("<uuid:pk>/take/", views.Take.as_view(), name="take"),
]
