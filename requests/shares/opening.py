"""Counting who opens what was shared: people, once a day, and nobody's machine (AST-2.b, OPP-1.c).

A page that is fetched counts nothing, since mail scanners and previews fetch as people do. The page
says by itself, once it was really in front of somebody, that it was seen (``static/js/share.js``).
"""

import re

from django.db.models import F
from django.db.models.functions import Coalesce
from django.http import HttpRequest

from advocacy import clock
from advocacy.events.services import record
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.keys import signature
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.throttling import machine
from requests.models import Opportunity, Share, ShareOpen, Touchpoint

ACTOR = Actor.system("shares")
_SALT = "requests.share-open"
#: More people than this open nothing on one day; somebody plays with the counter.
MOST_A_DAY = 200
_BOTS = re.compile(
    r"bot\b|bot/|crawl|spider|slurp|preview|prefetch|scan|monitor|headless|facebookexternalhit"
    r"|whatsapp|telegram|skype|curl|wget|python|java/|go-http|okhttp|libwww|httpclient|axios"
    r"|node-fetch|phantom|lighthouse|safelinks|barracuda|proofpoint|mimecast",
    re.IGNORECASE,
)


def is_person(request: HttpRequest) -> bool:
    """Whether a request looks like somebody reading: no bot by its own name, nothing fetched
    ahead, and no colleague who is signed in here, whoever of them shared it.
    """
    agent = request.headers.get("User-Agent", "")
    ahead = " ".join(
        request.headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Moz", "X-Purpose")
    )
    if not agent or _BOTS.search(agent) or "pre" in ahead.lower():
        return False
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return True
    return not Membership.objects.filter(user_id=user.pk).exists()


def person_of(request: HttpRequest, share: Share, day: object) -> str:
    """Who it is on one day, for one share; without the server's key it is the same as nobody."""
    seen = f"{share.pk}|{day}|{machine(request)}|{request.headers.get('User-Agent', '')}"
    return signature(_SALT, seen)[:32]


def _touched(share: Share) -> bool:
    """Whether this piece touched the deal before, by whichever link."""
    points = Touchpoint.objects.filter(opportunity=share.opportunity, share__asset=share.asset_id)  # type: ignore[misc]
    return points.exists()


def count_open(request: HttpRequest, share: Share, tenant: Tenant) -> bool:
    """Count an open of somebody who is no machine and no colleague."""
    if not is_person(request):
        return False
    return note_open(share, tenant, person_of(request, share, clock.today(tenant.zone)))


def note_open(share: Share, tenant: Tenant, person: str) -> bool:
    """Somebody opened it; whether it counts: not twice a person and day. The first open of a share
    is told, and the first of its piece touches the deal.
    """
    day, now = clock.today(tenant.zone), clock.now()
    opened = ShareOpen.objects.filter(share=share)
    if opened.filter(day=day).count() >= MOST_A_DAY:
        return False
    row, is_new = opened.get_or_create(share=share, day=day, person=person, defaults={"at": now})
    if not is_new:
        return False
    # Two links of one piece, opened at once, touch the deal once: whoever comes second waits here.
    deal = Opportunity.objects.select_for_update(no_key=True).get(pk=share.opportunity_id)
    Share.objects.filter(pk=share.pk).update(
        opens=F("opens") + 1,
        first_opened_at=Coalesce("first_opened_at", now),
        last_opened_at=now,
    )
    if not opened.exclude(pk=row.pk).exists():
        record("share.opened", share, actor=ACTOR, about=share.about)
    if not _touched(share):
        kind = Touchpoint.Kind.SHARE
        Touchpoint.objects.create(opportunity=deal, share=share, kind=kind, at=now)
        payload = {"share": str(share.pk)}
        record("opportunity.touched", deal, actor=ACTOR, payload=payload)
    return True
