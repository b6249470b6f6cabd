"""Addresses of the activities app that no manifest makes: of staff, and behind a personal link."""

from django.urls import path

from activities.asset_approvals import portal as asset_approvals
from activities.assets import portal as assets
from activities.evidence.pages import EvidencePage
from activities.feedback import portal as feedback
from activities.slot_checks import portal as slot_checks

tenant_patterns = [path("evidence/", EvidencePage.as_view(), name="evidence")]

link_patterns = [
    path("asset/", assets.AssetLinkPage.as_view(), name="asset"),
    path(
        "asset-approval/",
        asset_approvals.AssetApprovalLinkPage.as_view(),
        name="asset-approval",
    ),
    path("happened/", slot_checks.HappenedPage.as_view(), name="happened"),
    path("feedback/", feedback.FeedbackPage.as_view(), name="feedback"),
]
