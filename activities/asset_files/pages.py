"""Files of a piece in the browser of a colleague: put in, played or taken along, taken away."""

from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.asset_files import services
from activities.asset_files.presentation import player_of, shown_files, upload_of
from activities.asset_files.selectors import seen_file
from activities.assets.access import permit_edit
from activities.assets.models import Asset
from activities.assets.selectors import listed_assets
from advocacy.files import uploads
from advocacy.files.choices import FileState
from advocacy.files.models import StoredFile
from advocacy.files.selectors import ready_file
from advocacy.files.serving import serve
from advocacy.tenancy.errors import DomainError
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import ActionView, MemberView


def files_card(request: Any, asset: Asset, *, inside: bool, may: bool) -> dict[str, Any]:
    """What the page of a piece shows of its files: the piece itself to who sees the piece, all of
    them in the workshop, and the way to put one in to who may.
    """

    def address(file: StoredFile) -> str:
        return str(tenant_reverse(request, "asset-file", file.pk))

    piece = ready_file(asset.pk, asset.file_sha256)
    add = tenant_reverse(request, "asset-files", asset.pk)
    return {
        "player": player_of(piece, address(piece) if piece else ""),
        "files": shown_files(asset, address, may=may) if inside else [],
        "upload": upload_of(asset, add) if inside and may else None,
    }


class FilePage(MemberView):
    """The page of one file that the member sees; 404 for every other."""

    abstract: ClassVar[bool] = True
    permission: ClassVar[str] = "assets.view"
    nav_item: ClassVar[str] = "content"

    @cached_property
    def file(self) -> StoredFile:
        """The file in the address."""
        found = seen_file(self.membership, self.kwargs["pk"])
        if found is None:
            raise Http404
        return found


class FileContent(FilePage):
    """The bytes."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """Shown or played; ``?download`` to be taken along."""
        if self.file.state != FileState.READY:
            raise Http404
        return serve(request, self.file, as_download="download" in request.GET)


class FileUpload(FilePage):
    """How far it is, and its next part."""

    permission: ClassVar[str] = "assets.edit"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """How many bytes are here, and what became of it."""
        return JsonResponse(uploads.standing_of(self.file))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Take a part."""
        file = self.file
        try:
            services.permit_part(self.actor, file)
        except DomainError as error:
            return uploads.refused(error)
        return uploads.part_of(request, file)


class AddFile(ActionView):
    """Announce a file, or bring a small one."""

    permission: ClassVar[str] = "assets.edit"
    nav_item: ClassVar[str] = "content"
    success_message = gettext_lazy("It is here, and is being checked.")

    @cached_property
    def asset(self) -> Asset:
        """The piece in the address."""
        found = listed_assets(self.membership).filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404
        return found

    def begin(self, name: str, size: int, announced: str) -> StoredFile:
        """Announce it."""
        return services.begin_asset_file(
            actor=self.actor, asset=self.asset, name=name, size=size, announced=announced
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The answer to a script is JSON, to a form the page."""
        asset = self.asset
        if not uploads.is_announcement(request):
            return super().post(request, *args, **kwargs)
        try:
            permit_edit(self.actor, asset)
            file = uploads.announced(request, self.begin)
        except DomainError as error:
            return uploads.refused(error)
        url = f"{tenant_reverse(request, 'asset-file', file.pk)}upload/"
        return JsonResponse({"upload": url, **uploads.standing_of(file)}, status=201)

    def perform(self) -> StoredFile:
        return uploads.brought(self.request, self.begin)

    def get_success_url(self, result: Any) -> str:
        return tenant_reverse(self.request, "assets:detail", self.asset.pk)


class RemoveFile(ActionView):
    """Take one away."""

    permission: ClassVar[str] = "assets.edit"
    nav_item: ClassVar[str] = "content"
    success_message = gettext_lazy("Removed, with everything in it.")

    def perform(self) -> StoredFile:
        found = seen_file(self.membership, self.kwargs["pk"])
        if found is None:
            raise Http404(_("There is no such file."))
        services.remove_asset_file(actor=self.actor, file=found)
        return found

    def get_success_url(self, result: StoredFile) -> str:
        return tenant_reverse(self.request, "assets:detail", result.subject_id)
