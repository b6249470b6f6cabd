"""The manifests of content and its versions (AST-1)."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from activities.assets import api, confirming, forms, pages, selectors, services
from activities.assets.access import permit_asset, permit_edit
from activities.assets.filters import AssetFilter
from activities.assets.lifecycle import ASSET
from activities.assets.models import Asset, AssetVersion
from activities.assets.work import WORK
from advocacy.records.resource import Resource
from advocacy.web.status_styles import StatusStyle

ASSETS = Resource(
    name="assets",
    model=Asset,
    subject="asset",
    title=_("Content"),
    answer=ngettext_lazy("%(count)s piece of content", "%(count)s pieces of content", "n"),
    new_label=_("Begin a piece"),
    icon="file-text",
    nav_item="content",
    view="assets.view",
    edit="assets.edit",
    listed=selectors.listed_assets,
    table=pages.AssetTable,
    filters=AssetFilter,
    form=forms.AssetForm,
    about=lambda asset: asset.get_kind_display(),
    pages={
        "list": pages.AssetList,
        "detail": pages.AssetPage,
        "new": pages.WriteAsset,
        "edit": pages.WriteAsset,
        "ask": pages.Ask,
        "publish": pages.Publish,
        "confirm": pages.Confirm,
    },
    empty_text=_(
        "Quotes, case studies and videos stand here once they are published. A completed"
        " testimonial or case study opens its draft by itself."
    ),
    create=services.begin_asset,
    update=services.update_asset,
    permit_edit=permit_edit,
    lifecycle=ASSET,
    services={
        "ask": services.ask_advocate,
        "send": services.send_asset,
        "confirm": confirming.record_confirmation,
        "take_back": services.take_back_asset,
        "publish": services.publish_asset,
        "leave_gallery": services.leave_gallery,
        "join_gallery": services.join_gallery,
        "retire": services.retire_asset,
        "revive": services.revive_asset,
    },
    permit=permit_asset,
    verbs={
        "asset.begun": (_("began a piece of content"), "file-plus", "info"),
        "asset.changed": (_("changed what stands beside the text"), "pencil", "neutral"),
        "asset.answered": (_("answered the questions"), "message", "success"),
        "asset.file_added": (_("put a file in"), "paperclip", "info"),
        "asset.file_removed": (_("took a file away"), "trash", "neutral"),
        "asset.file_refused": (_("put a file in that was refused"), "shield-x", "warning"),
        "asset.standing_told": (_("said where the piece stands"), "mail", "info"),
        "asset.held": (_("left the library: a leave has ended"), "lock", "danger"),
        "asset.let_go": (_("is in the library again"), "lock-open", "success"),
    },
    styles={
        "review": StatusStyle("info", "user-question"),
        "approvals": StatusStyle("warning", "writing-sign"),
        "published": StatusStyle("success", "world"),
        "retired": StatusStyle("neutral", "archive"),
    },
    more_urls=[
        path("<uuid:pk>/tell-standing/", pages.TellStanding.as_view(), name="tell-standing"),
    ],
    bodies={"ask": api.AskForWordsBody},
    serializer=api.AssetSerializer,
    api=api.AssetApi,
    api_fields=api.AssetSerializer.Meta.fields,
    api_ordering=("-updated_at", "title"),
    work=WORK,
)

ASSET_VERSIONS = Resource(
    name="asset-versions",
    model=AssetVersion,
    subject="version",
    title=_("Versions"),
    answer=ngettext_lazy("%(count)s version", "%(count)s versions", "n"),
    new_label=_("Versions"),
    icon="versions",
    nav_item="content",
    view="assets.view",
    edit="assets.edit",
    listed=selectors.listed_versions,
    table=pages.VersionTable,
    form=forms.AssetForm,
    facts=pages.version_facts,
    about=lambda version: version.asset.get_kind_display(),
    search=("title",),
    pages={"list": pages.VersionList, "detail": pages.VersionPage},
    empty_text=_("Each time somebody changes a text, what stood there before is kept here."),
    serializer=api.AssetVersionSerializer,
    api_fields=api.AssetVersionSerializer.Meta.fields,
    api_filters=("asset", "by_advocate"),
    api_ordering=("-written_at", "number"),
    tab=False,
)
