"""Addresses of the import, under ``/t/<slug>/``."""

from django.urls import URLPattern, path

from imports import actions, lists
from imports import pages as imports

tenant_patterns: list[URLPattern] = [
    path("settings/import/", imports.Import.as_view(), name="import"),
    path("settings/import/sample.xlsx", actions.ImportSample.as_view(), name="import-sample"),
    path("settings/import/all/", lists.ImportList.as_view(), name="imports"),
    path("settings/import/all/discard/", lists.DiscardMany.as_view(), name="import-discard-many"),
    path("settings/import/<uuid:pk>/", imports.ImportPage.as_view(), name="import-run"),
    path(
        "settings/import/<uuid:pk>/columns/",
        actions.ImportColumns.as_view(),
        name="import-columns",
    ),
    path(
        "settings/import/<uuid:pk>/start/",
        actions.ImportStart.as_view(),
        name="import-start",
    ),
    path(
        "settings/import/<uuid:pk>/cancel/",
        actions.ImportCancel.as_view(),
        name="import-cancel",
    ),
    path(
        "settings/import/<uuid:pk>/retry/",
        actions.ImportRetry.as_view(),
        name="import-retry",
    ),
    path(
        "settings/import/<uuid:pk>/discard/",
        actions.ImportDiscard.as_view(),
        name="import-discard",
    ),
    path(
        "settings/import/<uuid:pk>/errors.csv",
        actions.ImportErrors.as_view(),
        name="import-errors",
    ),
    path(
        "settings/import/files/<uuid:pk>/kind/",
        actions.ImportKind.as_view(),
        name="import-kind",
    ),
    path(
        "settings/import/files/<uuid:pk>/encoding/",
        actions.ImportEncoding.as_view(),
        name="import-encoding",
    ),
    path(
        "settings/import/files/<uuid:pk>/not-imported.csv",
        actions.ImportRejected.as_view(),
        name="import-rejected",
    ),
]
