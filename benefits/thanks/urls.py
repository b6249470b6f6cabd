"""Addresses of the thanks desk, under ``/t/<slug>/thanks/``."""

from django.urls import path

from benefits.thanks import letters, lists, pages

app_name = "thanks"

urlpatterns = [
    path("", pages.Desk.as_view(), name="desk"),
    path("all/", lists.ThankYouList.as_view(), name="list"),
    path("all/thanked/", lists.ThankedMany.as_view(), name="thanked-many"),
    path("all/hand-over/", lists.HandOverMany.as_view(), name="hand-over-many"),
    path("tell/<uuid:pk>/", pages.Tell.as_view(), name="tell"),
    path("<uuid:pk>/", letters.Letter.as_view(), name="detail"),
    path("<uuid:pk>/preview/", letters.Preview.as_view(), name="preview"),
    path("<uuid:pk>/prepare/", letters.Prepare.as_view(), name="prepare"),
    path("<uuid:pk>/sign/", letters.Sign.as_view(), name="sign"),
    path("<uuid:pk>/thanked/", letters.Thanked.as_view(), name="thanked"),
    path("<uuid:pk>/take/", letters.Take.as_view(), name="take"),
]
