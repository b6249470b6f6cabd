"""Addresses of the reporting app, under ``/t/<slug>/``."""

from django.urls import path

from reporting.views import queue, today

urlpatterns = [
    path("", today.Today.as_view(), name="today"),
    path("today/put-off/", queue.PutOff.as_view(), name="today-snooze"),
    path("today/wake/", queue.Wake.as_view(), name="today-wake"),
    path("today/hand-over/", queue.HandOver.as_view(), name="today-hand-over"),
]
