"""Addresses of the activities app that no manifest makes: behind a personal link."""

from django.urls import path

from activities.feedback import portal as feedback
from activities.slot_checks import portal as slot_checks

link_patterns = [
    path("happened/", slot_checks.HappenedPage.as_view(), name="happened"),
    path("feedback/", feedback.FeedbackPage.as_view(), name="feedback"),
]
