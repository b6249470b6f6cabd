"""Files of content over REST, under the scope of the pieces they belong to (AST-1.c)."""

from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from activities.asset_files import services
from activities.asset_files.choices import SUBJECT
from activities.asset_files.selectors import listed_files
from activities.assets.models import Asset
from activities.assets.naming import title_of
from activities.assets.selectors import listed_assets, sees_workshop
from advocacy.files.choices import FileState
from advocacy.files.models import StoredFile
from advocacy.files.services import discard_file
from advocacy.files.serving import serve
from advocacy.files.uploads import OFFSET, read_part
from advocacy.rest.plain import PlainView
from advocacy.rest.problems import problem_response
from advocacy.rest.serializers import Body, RowSerializer
from advocacy.tenancy.errors import DomainError


class AssetFileSerializer(RowSerializer):
    """A file of a piece. ``received`` bytes of ``size`` are here; ``sha256`` and ``type`` are there
    once it is ``ready``, and are of what is kept.
    """

    asset = serializers.UUIDField(source="subject_id", read_only=True)

    class Meta:
        model = StoredFile
        fields = (
            *("id", "asset", "use", "name", "type", "size", "received", "sha256", "state"),
            *("reason", "by_advocate", "added_by", "is_kept", "created_at", "ready_at"),
        )
        read_only_fields = fields

    def to_representation(self, instance: StoredFile) -> dict[str, Any]:
        """Without the typed name and whose it is for who may not open advocates: it may tell."""
        shown: dict[str, Any] = super().to_representation(instance)
        if not sees_workshop(self.context["view"].membership):
            shown |= {"name": "", "added_by": None, "by_advocate": False}
        return shown


class AssetFilesSerializer(serializers.Serializer):
    """The files of one piece, the oldest first."""

    files = AssetFileSerializer(many=True)


class BeginFileBody(Body):
    """What is about to be sent: ``size`` in bytes."""

    name = serializers.CharField(max_length=500)
    size = serializers.IntegerField(min_value=1, max_value=10**15)
    type = serializers.CharField(max_length=100, required=False, default="", allow_blank=True)


class _FileViews(PlainView):
    """What answers with files."""

    def shown(self, file: StoredFile) -> dict[str, Any]:
        """One, as the token's owner sees it."""
        return dict(AssetFileSerializer(file, context={"view": self}).data)


class AssetFilesView(_FileViews):
    """The files of a piece, and the beginning of another."""

    resource = "assets"
    operations = "asset_files"
    permissions: ClassVar[dict[str, str]] = {"files": "assets.view", "begin": "assets.edit"}

    def asset(self, pk: UUID) -> Asset:
        """The piece in the address."""
        found = listed_assets(self.membership).filter(pk=pk).first()
        if found is None:
            raise Http404
        return found

    @extend_schema(operation_id="assets_files_list", responses=AssetFilesSerializer)
    def files(self, request: Request, pk: UUID) -> Response:
        """Every file that the token's owner sees."""
        asset = self.asset(pk)
        files = listed_files(self.membership).filter(subject_type=SUBJECT, subject_id=asset.pk)
        rows = files.order_by("created_at", "pk")
        return Response(AssetFilesSerializer({"files": rows}, context={"view": self}).data)

    @extend_schema(
        operation_id="assets_files_create",
        request=BeginFileBody,
        responses={201: AssetFileSerializer},
    )
    def begin(self, request: Request, pk: UUID) -> Response:
        """Announce a file; its bytes are put to its ``content/`` in parts."""
        asset, said = self.asset(pk), self.read(BeginFileBody)
        file = services.begin_asset_file(
            actor=self.actor,
            asset=asset,
            name=said["name"],
            size=said["size"],
            announced=said["type"],
        )
        return Response(self.shown(file), status=201)


class FileView(_FileViews):
    """One file."""

    resource = "assets"
    operations = "files"
    permissions: ClassVar[dict[str, str]] = {
        "retrieve": "assets.view",
        "content": "assets.view",
        "put_part": "assets.edit",
        "remove": "assets.edit",
    }

    def file(self, pk: UUID) -> StoredFile:
        """The file in the address."""
        found = listed_files(self.membership).filter(pk=pk).first()
        if found is None:
            raise Http404
        return found

    def asset_of(self, file: StoredFile) -> Asset:
        """The piece it belongs to."""
        return listed_assets(self.membership).get(pk=file.subject_id)

    @extend_schema(operation_id="files_retrieve", responses=AssetFileSerializer)
    def retrieve(self, request: Request, pk: UUID) -> Response:
        """How far it is: go on with a part at ``received``."""
        return Response(self.shown(self.file(pk)))

    @extend_schema(
        operation_id="files_content",
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
        parameters=[
            OpenApiParameter("Range", str, OpenApiParameter.HEADER, description="One range.")
        ],
    )
    def content(self, request: Request, pk: UUID) -> HttpResponseBase:
        """The bytes, or a range of them; 404 until it is ``ready``."""
        file = self.file(pk)
        if file.state != FileState.READY:
            raise Http404
        name = "" if sees_workshop(self.membership) else title_of(self.asset_of(file))
        return serve(request._request, file, as_download=True, name=name)

    @extend_schema(
        operation_id="files_put_part",
        description="Take a part: the body is its bytes, up to 4 MiB, and 1 MiB at least unless it"
        " is the last. 409 `wrong_offset` where another byte is next.",
        request={"application/octet-stream": OpenApiTypes.BINARY},
        responses=AssetFileSerializer,
        parameters=[
            OpenApiParameter(
                OFFSET,
                int,
                OpenApiParameter.HEADER,
                required=True,
                description="Where in the file the part begins.",
            )
        ],
    )
    def put_part(self, request: Request, pk: UUID) -> Response:
        """Keep it."""
        file = self.file(pk)
        offset, data = read_part(request._request)
        try:
            file = services.add_asset_part(actor=self.actor, file=file, offset=offset, data=data)
        except DomainError as error:
            if error.code == "file_type":
                return _thrown_away(error, file)
            raise
        return Response(self.shown(file))

    @extend_schema(operation_id="files_remove", request=None, responses={204: None})
    def remove(self, request: Request, pk: UUID) -> Response:
        """Take it away with its bytes."""
        self.read(None)
        services.remove_asset_file(actor=self.actor, file=self.file(pk))
        return Response(status=204)


def _thrown_away(error: DomainError, file: StoredFile) -> Any:
    """The refusal of what is nothing that is taken; it is not announced any more either."""
    discard_file(file)
    response = problem_response(
        error.status,
        error.message,
        code=error.code,
        errors={name: [text] for name, text in error.fields.items()},
    )
    response.commit_on_error = True  # type: ignore[attr-defined]
    return response


def urlpatterns() -> list[URLPattern]:
    """The addresses: below a piece's own, and of one file."""
    of_piece = AssetFilesView.as_view({"get": "files", "post": "begin"})
    return [
        path("assets/<uuid:pk>/files/", of_piece, name="assets-files"),
        path("files/<uuid:pk>/", FileView.as_view({"get": "retrieve"}), name="files-detail"),
        path(
            "files/<uuid:pk>/content/",
            FileView.as_view({"get": "content", "put": "put_part"}),
            name="files-content",
        ),
        path("files/<uuid:pk>/remove/", FileView.as_view({"post": "remove"}), name="files-remove"),
    ]
