"""What a prospect reads behind a share's link: the piece as it is published (AST-2.b)."""

from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from activities.asset_files.presentation import player_of
from activities.assets.models import Asset
from activities.assets.naming import title_of
from activities.assets.selectors import in_library, with_beside
from activities.assets.words import parts_of
from advocacy.files.selectors import ready_file
from advocacy.files.serving import serve
from advocacy.messaging.link_pages import LinkPage
from advocacy.messaging.links import LinkGone
from advocacy.messaging.models import PersonalLink
from requests.models import Share
from requests.shares.opening import count_open
from requests.shares.services import PURPOSE


class PieceGone(LinkGone):
    """The link is good, but nothing may be shown behind it any more."""

    def __init__(self) -> None:
        super().__init__("revoked")
        self.message = _("This is no longer available.")


# Nothing is protected by it: whoever has the link may say that it was opened, and no cookie is set.
@method_decorator(csrf_exempt, name="dispatch")
class SharePage(LinkPage):
    """The piece, as long as the library holds it."""

    purposes = (PURPOSE,)
    gone_template = "requests/shares/gone.html"

    share: Share
    asset: Asset

    def find(self, link: PersonalLink) -> tuple[str, ZoneInfo | None]:
        share = Share.objects.filter(pk=link.subject_id, state="active")
        self.share = share.select_related("opportunity", "asset").first()  # type: ignore[assignment]
        if self.share is None:
            raise PieceGone
        # Asked anew each time: what left the library is gone from here in the same moment.
        rows = with_beside(Asset.objects.filter(in_library()))
        asset = rows.filter(pk=self.share.asset_id).first()
        if asset is None:
            raise PieceGone
        self.asset = asset
        return asset.language, None

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The words as they were approved. Looking counts nothing."""
        return self.show_page(
            "requests/shares/public.html",
            asset=self.asset,
            title=title_of(self.asset),
            parts=parts_of(self.asset),
            player=player_of(
                ready_file(self.asset.pk, self.asset.file_sha256),
                f"{request.path}file/",
                title_of(self.asset),
            ),
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page was in front of somebody."""
        count_open(request, self.share, self.tenant)
        return HttpResponse(status=204)


class SharedFile(SharePage):
    """The file that the piece is."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]
        """Shown or played, as long as the page is."""
        file = ready_file(self.asset.pk, self.asset.file_sha256)
        if file is None:
            raise Http404
        return serve(request, file, name=title_of(self.asset), is_public=True)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Nothing is told of a file."""
        return HttpResponseNotAllowed(["GET"])
