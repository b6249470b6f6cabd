"""Addresses of the activities app that no manifest makes: of staff, public, and behind links."""

from django.urls import path

from activities.asset_approvals import portal as asset_approvals
from activities.assets import portal as assets
from activities.evidence.pages import EvidencePage
from activities.feedback import portal as feedback
from activities.gallery import pages as gallery
from activities.slot_checks import portal as slot_checks

#: For everybody, without signing in (DIST-1.c).
public_patterns = [
    path("g/<slug:slug>/", gallery.Gallery.as_view(), name="gallery"),
    path("g/<slug:slug>/feed.json", gallery.JsonFeed.as_view(), name="gallery-json"),
    path("g/<slug:slug>/feed.rss", gallery.RssFeed.as_view(), name="gallery-rss"),
    path("g/<slug:slug>/<uuid:pk>/", gallery.GalleryPiece.as_view(), name="gallery-piece"),
    path("g/<slug:slug>/<uuid:pk>/proof/", gallery.ProofPage.as_view(), name="proof"),
]

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
