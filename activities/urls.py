"""Addresses of the activities app that no manifest makes: of staff, public, and behind links."""

from django.urls import path

from activities.asset_approvals import portal as asset_approvals
from activities.asset_files import pages as file_pages
from activities.asset_files import portal as asset_files
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
    path("g/<slug:slug>/<uuid:pk>/file/", gallery.GalleryFile.as_view(), name="gallery-file"),
    path("g/<slug:slug>/<uuid:pk>/proof/", gallery.ProofPage.as_view(), name="proof"),
]

tenant_patterns = [
    path("evidence/", EvidencePage.as_view(), name="evidence"),
    path("assets/<uuid:pk>/files/", file_pages.AddFile.as_view(), name="asset-files"),
    path("files/<uuid:pk>/", file_pages.FileContent.as_view(), name="asset-file"),
    path("files/<uuid:pk>/upload/", file_pages.FileUpload.as_view(), name="asset-file-upload"),
    path("files/<uuid:pk>/remove/", file_pages.RemoveFile.as_view(), name="asset-file-remove"),
]

link_patterns = [
    path("asset/", assets.AssetLinkPage.as_view(), name="asset"),
    path("asset/files/", asset_files.LinkAddFile.as_view(), name="link-files"),
    path("asset/files/<uuid:pk>/", asset_files.LinkFile.as_view(), name="link-file"),
    path(
        "asset/files/<uuid:pk>/upload/", asset_files.LinkUpload.as_view(), name="link-file-upload"
    ),
    path(
        "asset/files/<uuid:pk>/remove/",
        asset_files.LinkRemoveFile.as_view(),
        name="link-file-remove",
    ),
    path(
        "asset-approval/file/",
        asset_files.ApprovalFile.as_view(),
        name="link-approval-file",
    ),
    path(
        "asset-approval/",
        asset_approvals.AssetApprovalLinkPage.as_view(),
        name="asset-approval",
    ),
    path("happened/", slot_checks.HappenedPage.as_view(), name="happened"),
    path("feedback/", feedback.FeedbackPage.as_view(), name="feedback"),
]
