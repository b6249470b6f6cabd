"""Addresses of the activities app, under ``/t/<slug>/activities/``."""

from django.urls import path

from activities.activities import pages as views

app_name = "activities"

urlpatterns = [
    path("", views.ActivityList.as_view(), name="list"),
    path("log/", views.LogActivity.as_view(), name="log"),
    path("<uuid:pk>/", views.ActivityDetail.as_view(), name="detail"),
    path("<uuid:pk>/accept/", views.Accept.as_view(), name="accept"),
    path("<uuid:pk>/schedule/", views.Schedule.as_view(), name="schedule"),
    path("<uuid:pk>/complete/", views.Complete.as_view(), name="complete"),
    path("<uuid:pk>/no-show/", views.NoShow.as_view(), name="no-show"),
    path("<uuid:pk>/decline/", views.Decline.as_view(), name="decline"),
    path("<uuid:pk>/cancel/", views.Cancel.as_view(), name="cancel"),
    path("<uuid:pk>/void/", views.Void.as_view(), name="void"),
]
