"""What a piece's own page shows of where it goes and what is made of it (DIST-1)."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from activities.assets.choices import AssetKind
from activities.assets.lifecycle import AssetState
from activities.assets.models import Asset
from activities.distribution.numbers import Distribution
from activities.distribution.selectors import placements_of, repurposings_of
from advocacy.tenant_settings.reading import current
from advocacy.web.urls import tenant_reverse


def plans_of(request: HttpRequest, asset: Asset, *, inside: bool, may: bool) -> dict[str, Any]:
    """For the template: plans for who sees the workshop, and the piece's public pages."""
    numbers, published = current(Distribution), asset.state == AssetState.PUBLISHED
    out = published and asset.held_since is None
    here = [asset.tenant.slug, asset.pk]
    found: dict[str, Any] = {
        "placements": [],
        "repurposings": [],
        "proof_url": reverse("proof", args=here) if published and numbers.proof_on else "",
        "gallery_url": reverse("gallery-piece", args=here)
        if out and asset.in_gallery and numbers.gallery_on
        else "",
    }
    if not inside:
        return found
    may = may and asset.state != AssetState.RETIRED
    found["placements"] = placements_of(asset)
    if may:
        url = tenant_reverse(request, "placements:new")
        found["place_url"] = f"{url}?asset={asset.pk}"
    if asset.kind == AssetKind.RECORDING:
        found["repurposings"] = repurposings_of(asset)
        if may:
            url = tenant_reverse(request, "repurposings:new")
            found["repurpose_url"] = f"{url}?asset={asset.pk}"
    return found
