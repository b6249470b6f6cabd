"""Whether a published text is what was approved: its words now against the fingerprint in the
sealed log (AST-1.b, AUD-2), and whether what it rests on still holds (ADV-4).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from activities.assets.leave import missing_of, uses_of
from activities.assets.lifecycle import AssetState
from activities.assets.models import Asset, AssetVersion
from activities.assets.naming import is_named, title_of
from activities.assets.words import digest_of
from advocacy.events.models import Event
from advocacy.events.verification import holds
from advocates.models import Consent
from advocates.people.choices import ConsentUse
from advocates.people.leave import Leave, leave_of


class Standing(models.TextChoices):
    """What is to be said of a piece that was published."""

    VALID = "valid", _("Valid")
    CHANGED = "changed", _("Changed")
    EXPIRED = "expired", _("Expired")
    WITHDRAWN = "withdrawn", _("Withdrawn")


@dataclass(frozen=True, slots=True)
class Proof:
    """What the page says. ``title`` and ``who`` are there only while the text is valid; ``who``
    where the words name somebody and a leave covers it. ``until`` None: no end was agreed.
    ``place`` is that of the approval in the log, None until it is sealed.
    """

    standing: Standing
    kind: str
    number: int
    digest: str
    confirmed_at: datetime | None
    approved_at: datetime | None
    published_at: datetime
    place: int | None
    title: str = ""
    who: str = ""
    until: date | None = None


def proof_of(asset: Asset) -> Proof | None:
    """What can be said of it; None for one that never was published."""
    published = _last(asset, "asset.published")
    if published is None:
        return None
    number = int(published.payload.get("number", 0))
    approved, confirmed = (_last(asset, f"asset.{v}", number) for v in ("approved", "confirmed"))
    leave = leave_of(asset.advocate)
    standing = _standing(asset, leave, published, approved)
    valid = standing == Standing.VALID
    return Proof(
        standing=standing,
        kind=str(asset.get_kind_display()),
        number=number,
        digest=str(published.payload.get("digest", "")),
        confirmed_at=confirmed.at if confirmed else None,
        approved_at=approved.at if approved else None,
        published_at=published.at,
        place=approved.seal.get().seq if approved and approved.seal.exists() else None,  # type: ignore[attr-defined]
        title=title_of(asset) if valid else "",
        who=asset.attribution if valid and is_named(asset) and uses_of(asset) else "",
        until=_until(asset, leave) if valid else None,
    )


def faults() -> Iterator[str]:
    """For ``verify_events``: every approved or published text that is not what the log says was
    approved, in the piece itself or in the version that is kept of it.
    """
    known: dict[tuple[object, int], str] = {}
    approvals = Event.objects.filter(verb="asset.approved").order_by("at", "pk")
    for subject, payload in approvals.values_list("subject_id", "payload"):
        known[subject, int(payload.get("number", 0))] = str(payload.get("digest", ""))
    states = [AssetState.APPROVED, AssetState.PUBLISHED]
    for asset in Asset.objects.filter(state__in=states).order_by("pk").iterator(chunk_size=500):
        number = asset.approved_number or 0
        where = f"piece of content {asset.pk}, version {number}"
        expected = known.get((asset.pk, number))
        if expected is None:
            yield f"{where}: the log knows no approval of it"
        elif digest_of(asset) != expected:
            yield f"{where}: its text is not the one that was approved"
        version = AssetVersion.objects.filter(asset=asset, number=number).first()
        if version is None:
            yield f"{where}: the version that was approved is gone"
        elif expected is not None and expected not in (digest_of(version), ""):
            yield f"{where}: the text kept of it is not the one that was approved"


def _standing(asset: Asset, leave: Leave, published: Event, approved: Event | None) -> Standing:
    if asset.state == AssetState.RETIRED:
        return Standing.WITHDRAWN
    origin = asset.origin
    if origin is not None and (
        origin.state != AssetState.PUBLISHED or origin.held_since is not None
    ):
        return Standing.WITHDRAWN
    if missing_of(asset):
        ended = [use for use in uses_of(asset) if not leave.given(use)] or [ConsentUse.EMPLOYER]
        expired = all(_expired(leave, use) for use in ended)
        return Standing.EXPIRED if expired else Standing.WITHDRAWN
    if asset.state != AssetState.PUBLISHED or approved is None:
        return Standing.CHANGED
    digests = {digest_of(asset), *(event.payload.get("digest") for event in (published, approved))}
    as_published = asset.published_number == published.payload.get("number")
    untouched = holds(published) is not False and holds(approved) is not False
    return Standing.VALID if len(digests) == 1 and as_published and untouched else Standing.CHANGED


def _rows(leave: Leave, use: ConsentUse) -> list[Consent]:
    return [row for row in leave.consents if row.use == use]


def _expired(leave: Leave, use: ConsentUse) -> bool:
    """Whether the last word was a day that has passed, and no taking back."""
    rows = sorted(_rows(leave, use), key=lambda row: (row.given_on, str(row.pk)))
    return bool(rows) and rows[-1].withdrawn_on is None and rows[-1].expires_on is not None


def _until(asset: Asset, leave: Leave) -> date | None:
    """The first day after which a leave it rests on holds no longer."""
    ends = []
    for use in uses_of(asset):
        days = [row.expires_on for row in _rows(leave, use) if leave.holds(row)]
        if days and None not in days:
            ends.append(max(day for day in days if day is not None))
    return min(ends, default=None)


def _last(asset: Asset, verb: str, number: int | None = None) -> Event | None:
    rows = Event.objects.filter(
        subjects__subject_id=asset.pk, verb=verb, subject_id=asset.pk
    ).order_by("-at", "-pk")
    if number is None:
        return rows.first()
    return next((row for row in rows if row.payload.get("number") == number), None)
