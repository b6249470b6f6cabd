"""What pages of deals and requests show of evidence (EVD-1.c, REQ-4.b)."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest

from activities.evidence.presentation import freshness_of, shown
from activities.evidence.selectors import LONGEST
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.models import Membership
from advocacy.web.urls import tenant_reverse
from requests.access import permit_request
from requests.evidence.fitting import (
    Fit,
    Need,
    best_answers,
    best_assets,
    need_of_deal,
    need_of_request,
)
from requests.models import Opportunity, Request
from requests.requests.lifecycle import REQUEST

_RESULTS = 2


def answers_for_request(
    request: HttpRequest, member: Membership, row: Request
) -> list[dict[str, Any]]:
    """The same beside a request that is still to be filled, for who may say that it is."""
    move = REQUEST["answered_by_content"]
    if row.state not in move.source or not member.can(move.may):
        return []
    try:
        permit_request(Actor.member(member), row, move.name)
    except DomainError:
        return []
    return lines_of(request, best_assets(member, need_of_request(row)))


def evidence_for_deal(
    request: HttpRequest, member: Membership, deal: Opportunity
) -> dict[str, Any]:
    """The best pieces and results for a deal, and where more of it is found."""
    need = need_of_deal(member, deal)
    hits = best_answers(member, need)
    results = [hit for hit in hits if hit.outcome is not None][:_RESULTS]
    return {
        "evidence": lines_of(request, best_assets(member, need, hits=hits)),
        "results": [shown(request, member, hit) for hit in results],
        "evidence_url": _search_url(request, need),
    }


def _search_url(request: HttpRequest, need: Need) -> str:
    page = tenant_reverse(request, "evidence")
    return f"{page}?{urlencode({'q': need.words[:LONGEST]})}" if need.words else page


def lines_of(request: HttpRequest, fits: list[Fit]) -> list[dict[str, Any]]:
    """Pieces with their pages, as ``requests/evidence/answers.html`` draws them."""
    return [
        {
            "fit": fit,
            "url": tenant_reverse(request, "assets:detail", fit.asset.pk),
            "freshness": freshness_of(fit.hit) if fit.hit else "",
        }
        for fit in fits
    ]
