"""The public pages: gallery, piece, feeds, proof (DIST-1.c, DIST-1.d). Nobody is signed in here.

A copy is never shown without asking whether it still is so (``no-cache`` with an ETag of the
content): what left because its leave ended is gone with the next look.
"""

import uuid
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from csp.decorators import csp_replace
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import conditional_page
from django.views.generic import View

from activities.asset_files.presentation import player_of
from activities.assets.models import Asset
from activities.assets.selectors import with_beside
from activities.distribution.numbers import Distribution
from activities.gallery.feeds import Channel, json_feed, rss_feed
from activities.gallery.pieces import narrowed, public_piece, public_pieces
from activities.gallery.proof import proof_of
from advocacy.files.selectors import ready_file
from advocacy.files.serving import serve
from advocacy.languages import spoken
from advocacy.rest.limits import take
from advocacy.tenancy.keys import signature
from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import tenant_scope
from advocacy.tenancy.throttling import machine
from advocacy.tenant_settings.reading import current

PER_PAGE = 20
#: To be shown in a frame on any site: the gallery alone, everything else stays as it is.
FRAMED: list[Any] = [xframe_options_exempt, csp_replace({"frame-ancestors": ["*"]})]


class PublicPage(View):
    """A page of a tenant's for everybody. Whether there is no such tenant or it shows nothing looks
    the same: 404.
    """

    tenant: Tenant
    numbers: Distribution

    @method_decorator(conditional_page)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        allowance = take(signature("advocacy.gallery", machine(request)))
        if allowance is not None and allowance.exceeded:
            refused = HttpResponse(
                _("Too many requests. Try again in a minute."),
                status=429,
                content_type="text/plain; charset=utf-8",
            )
            refused["Retry-After"] = str(allowance.reset)
            return refused
        tenant = Tenant.objects.filter(slug=kwargs.pop("slug")).first()
        if tenant is None:
            raise Http404
        language = spoken(translation.get_language_from_request(request))
        with (
            tenant_scope(tenant, read_only=True),
            translation.override(language),
            timezone.override(tenant.zone),
        ):
            self.tenant, self.numbers = tenant, current(Distribution)
            if not self.is_open():
                raise Http404
            response = super().dispatch(request, *args, **kwargs)
        patch_cache_control(response, no_cache=True)
        patch_vary_headers(response, ["Accept-Language"])
        return response

    def is_open(self) -> bool:
        """Whether the tenant shows it."""
        return self.numbers.gallery_on

    @property
    def channel(self) -> Channel:
        """What the gallery is called, and what it says below that."""
        title = self.numbers.gallery_title or _("What customers of %(company)s say") % {
            "company": self.tenant.name
        }
        chosen = {name: value for name, value in self.chosen.items() if value}
        query = f"?{urlencode(chosen)}" if chosen else ""
        return Channel(self.tenant, title, self.numbers.gallery_intro, query)

    @property
    def chosen(self) -> Mapping[str, str]:
        """What the address narrows to."""
        asked = self.request.GET
        return {name: asked.get(name, "")[:200] for name in ("industry", "product")}

    def page(self, template: str, **context: Any) -> HttpResponse:
        """A page of it."""
        channel = self.channel
        context |= {"brand": self.tenant.name, "slug": self.tenant.slug, "channel": channel}
        return render(self.request, f"gallery/{template}.html", context)


@method_decorator(FRAMED, name="dispatch")
class Gallery(PublicPage):
    """Published pieces whose leave holds, by industry and product."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The newest first."""
        pieces, chosen = public_pieces(), self.chosen
        shown = Paginator(narrowed(pieces, **chosen), PER_PAGE).get_page(request.GET.get("page"))
        products = sorted({name for piece in pieces for name in piece.products})
        industries = sorted({piece.industry for piece in pieces if piece.industry})
        return self.page(
            "gallery",
            pieces=shown,
            filters=[
                (_("Industry"), self._choices("industry", industries)),
                (_("Product"), self._choices("product", products)),
            ],
            older=self._query(page=shown.next_page_number()) if shown.has_next() else "",
            newer=self._query(page=shown.previous_page_number()) if shown.has_previous() else "",
            narrowed=any(chosen.values()),
        )

    def _choices(self, name: str, values: list[str]) -> list[tuple[str, str, bool]]:
        """Label, address and whether it is chosen; nothing where there is nothing to choose."""
        if not values:
            return []
        now = self.chosen[name]
        return [
            (value or _("All"), self._query(**{name: value}), value == now)
            for value in ("", *values)
        ]

    def _query(self, **changes: Any) -> str:
        values = {name: value for name, value in {**self.chosen, **changes}.items() if value}
        return f"?{urlencode(values)}" if values else self.request.path


@method_decorator(FRAMED, name="dispatch")
class GalleryPiece(PublicPage):
    """One piece of it."""

    def get(self, request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
        """Its words; 404 from the moment its leave ends."""
        piece = public_piece(pk)
        if piece is None:
            raise Http404
        file = ready_file(piece.pk, piece.asset.file_sha256)
        url = reverse("gallery-file", args=[self.tenant.slug, piece.pk])
        player = player_of(file, url, piece.title)
        return self.page("piece", piece=piece, proven=self.numbers.proof_on, player=player)


class GalleryFile(PublicPage):
    """The video, recording or picture that a piece of it is."""

    def get(self, request: HttpRequest, pk: uuid.UUID) -> HttpResponseBase:
        """Shown or played; 404 from the moment its leave ends."""
        piece = public_piece(pk)
        file = ready_file(piece.pk, piece.asset.file_sha256) if piece is not None else None
        if piece is None or file is None:
            raise Http404
        return serve(request, file, name=piece.title, is_public=True)


class _Feed(PublicPage):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        # Read by scripts of any site; there is nothing in it that not everybody may see.
        response["Access-Control-Allow-Origin"] = "*"
        return response


class JsonFeed(_Feed):
    """JSON Feed 1.1."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The newest first."""
        pieces = narrowed(public_pieces(), **self.chosen)
        return JsonResponse(
            json_feed(self.channel, pieces),
            content_type="application/feed+json; charset=utf-8",
            json_dumps_params={"ensure_ascii": False},
        )


class RssFeed(_Feed):
    """RSS 2.0."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The newest first."""
        pieces = narrowed(public_pieces(), **self.chosen)
        return HttpResponse(
            rss_feed(self.channel, pieces), content_type="application/rss+xml; charset=utf-8"
        )


class ProofPage(PublicPage):
    """What can be proven of a piece that was published. In no frame: it speaks for itself."""

    def is_open(self) -> bool:
        return self.numbers.proof_on

    def get(self, request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
        """Valid, changed, expired or withdrawn."""
        rows = with_beside(Asset.objects.filter(pk=pk)).prefetch_related("advocate__consents")
        asset = rows.first()
        proof = proof_of(asset) if asset is not None else None
        if proof is None:
            raise Http404
        return self.page("proof", proof=proof)
