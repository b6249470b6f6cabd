"""Files of a piece on the personal link of its advocate: recorded or chosen, replaced until they
confirm (AST-1.c, ID-3). And what the link of an approval shows of them.
"""

from typing import Any

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
    JsonResponse,
)
from django.http.response import HttpResponseBase

from activities.asset_approvals.lifecycle import StepState
from activities.asset_approvals.pages import file_of
from activities.asset_approvals.portal import AssetApprovalLinkPage
from activities.asset_files import services
from activities.asset_files.presentation import player_of, shown_files, upload_of
from activities.asset_files.selectors import advocates_file
from activities.assets import confirming
from activities.assets.links import OwnPiece
from activities.assets.models import Asset
from advocacy.files import uploads
from advocacy.files.choices import FileState
from advocacy.files.models import StoredFile
from advocacy.files.selectors import ready_file
from advocacy.files.serving import serve
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError


def files_part(asset: Asset, path: str) -> dict[str, Any]:
    """What the advocate's page at ``path`` shows of the files."""

    def address(file: StoredFile) -> str:
        return f"{path}files/{file.pk}/"

    may = asset.state in confirming.WRITABLE
    piece = ready_file(asset.pk, asset.file_sha256)
    return {
        "player": player_of(piece, address(piece) if piece else ""),
        "files": shown_files(asset, address, own=True, may=may),
        "upload": upload_of(asset, f"{path}files/", capture=True) if may else None,
    }


class AssetFilesLink(OwnPiece):
    """What the pages of files behind the link share."""

    @property
    def actor(self) -> Actor:
        """The advocate whose link it is."""
        return Actor.advocate(self.asset.advocate_id)  # type: ignore[attr-defined]

    @property
    def page(self) -> str:
        """The address of the page of the piece."""
        return f"/p/{self.kwargs['secret']}/asset/"

    def file(self, pk: Any) -> StoredFile:
        """One they see; 404 for every other."""
        found = advocates_file(self.asset, pk)
        if found is None:
            raise Http404
        return found

    def refused(self, error: DomainError) -> HttpResponse:
        """The sentence, and the way back."""
        return self.show_page(
            "activities/portal/file_refused.html",
            status=error.status,
            problem=error.message,
            page=self.page,
        )


class LinkAddFile(AssetFilesLink):
    """Announce a file, or bring a small one."""

    def begin(self, name: str, size: int, announced: str) -> StoredFile:
        """Announce it."""
        return services.begin_asset_file(
            actor=self.actor, asset=self.asset, name=name, size=size, announced=announced
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The answer to a script is JSON, to a form the page."""
        try:
            if uploads.is_announcement(request):
                file = uploads.announced(request, self.begin)
                url = f"{self.page}files/{file.pk}/upload/"
                return JsonResponse({"upload": url, **uploads.standing_of(file)}, status=201)
            uploads.brought(request, self.begin)
        except DomainError as error:
            if uploads.is_announcement(request):
                return uploads.refused(error)
            return self.refused(error)
        return HttpResponseRedirect(f"{self.page}#files")


class LinkFile(AssetFilesLink):
    """The bytes."""

    def get(self, request: HttpRequest, pk: Any, **kwargs: Any) -> HttpResponseBase:
        """Shown or played; ``?download`` to be taken along."""
        file = self.file(pk)
        if file.state != FileState.READY:
            raise Http404
        return serve(request, file, as_download="download" in request.GET)


class LinkUpload(AssetFilesLink):
    """How far it is, and its next part."""

    def get(self, request: HttpRequest, pk: Any, **kwargs: Any) -> HttpResponse:
        """How many bytes are here, and what became of it."""
        return JsonResponse(uploads.standing_of(self.file(pk)))

    def post(self, request: HttpRequest, pk: Any, **kwargs: Any) -> HttpResponse:
        """Take a part."""
        file = self.file(pk)
        try:
            services.permit_part(self.actor, file)
        except DomainError as error:
            return uploads.refused(error)
        return uploads.part_of(request, file)


class LinkRemoveFile(AssetFilesLink):
    """Take one of theirs away."""

    def post(self, request: HttpRequest, pk: Any, **kwargs: Any) -> HttpResponse:
        """Back to the page."""
        try:
            services.remove_asset_file(actor=self.actor, file=self.file(pk))
        except DomainError as error:
            return self.refused(error)
        return HttpResponseRedirect(f"{self.page}#files")


class ApprovalFile(AssetApprovalLinkPage):
    """The file that somebody is asked about, behind the link of their approval; as it was when they
    were asked, and only as long as that is what the piece is.
    """

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]
        """Shown or played."""
        file = file_of(self.row)
        if file is None or self.row.state in (StepState.PLANNED, StepState.DROPPED):
            raise Http404
        return serve(request, file)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Nothing is decided here."""
        return HttpResponseNotAllowed(["GET"])
