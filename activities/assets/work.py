"""What of content waits on its owner's Today (AST-1)."""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from django.db.models import DateTimeField, ExpressionWrapper, F, Q, QuerySet, Value
from django.utils.translation import gettext as _

from activities.assets.lifecycle import AssetState
from activities.assets.models import Asset
from activities.assets.numbers import ContentNumbers
from activities.assets.standing import unpublished
from advocacy.tenancy.models import Membership
from advocacy.tenancy.roles import Role
from advocacy.tenant_settings.reading import current
from advocacy.web.formatting import day
from advocacy.web.queue import QueueRow, Work, key_of
from advocacy.web.urls import tenant_reverse


def waiting(membership: Membership) -> QuerySet[Asset]:
    """Pieces with which a member goes on; an admin has those of who left."""
    if not membership.can("assets.edit"):
        return Asset.objects.none()
    whose = Q(owner=membership)
    if membership.role == Role.ADMIN:
        whose |= Q(owner=None) | Q(owner__is_active=False)
    rows = Asset.objects.filter(whose, due_at__isnull=False)
    return rows.annotate(due=F("due_at"))


def rows(membership: Membership, pks: Collection[UUID]) -> list[QueueRow]:
    """What is to be done next, and why now."""
    found = []
    for asset in waiting(membership).filter(pk__in=pks).select_related("advocate__account"):
        title, label, tone = next_step(asset)
        url = tenant_reverse(membership.tenant, "assets:detail", asset.pk)
        found.append(
            QueueRow(
                id=key_of("asset", asset.pk),
                kind="assets",
                icon="file-text",
                tone=tone,
                title=title,
                why=" · ".join(
                    part
                    for part in (
                        asset.title,
                        f"{asset.advocate.name}, {asset.advocate.account.name}",
                        asset.reason if asset.state == AssetState.DRAFT else "",
                    )
                    if part
                ),
                url=url,
                due=asset.due,  # type: ignore[attr-defined]
                action=(label, url, "panel"),
                panel=True,
            )
        )
    return found


def next_step(asset: Asset) -> tuple[str, str, str]:
    """What its owner does next: title, the button's words, tone."""
    words = {"kind": str(asset.get_kind_display()).lower()}
    if asset.state == AssetState.PUBLISHED:
        return _("Leave has ended: a %(kind)s left the library") % words, _("Look at it"), "danger"
    if asset.state == AssetState.APPROVED:
        return _("Publish the %(kind)s: everybody said yes") % words, _("Publish"), "success"
    if asset.reason:
        return _("Change the %(kind)s: it was sent back") % words, _("Change it"), "warning"
    said = any(asset.answers) or asset.remark or asset.collected_at is not None
    if said or asset.seen_number == asset.number:
        return _("The advocate wrote: go on with the %(kind)s") % words, _("Read it"), "info"
    return _("Begin the %(kind)s") % words, _("Begin"), "info"


def waiting_to_be_out(membership: Membership) -> QuerySet[Asset]:
    """What was collected long ago and is not published: its owner's, and of nobody's who works here
    marketing's and the admin's (AST-3.a).
    """
    if not membership.can("assets.edit"):
        return Asset.objects.none()
    whose = Q(owner=membership)
    if membership.role in (Role.ADMIN, Role.MARKETING):
        whose |= Q(owner=None) | Q(owner__is_active=False)
    days = current(ContentNumbers).unpublished_days
    due = ExpressionWrapper(
        F("collected_at") + Value(timedelta(days=days)), output_field=DateTimeField()
    )
    return Asset.objects.filter(whose, unpublished()).annotate(due=due)


def rows_to_be_out(membership: Membership, pks: Collection[UUID]) -> list[QueueRow]:
    """Since when, and the message that is drafted."""
    found = []
    assets = waiting_to_be_out(membership).filter(pk__in=pks)
    for asset in assets.select_related("advocate__account"):
        url = tenant_reverse(membership.tenant, "assets:tell-standing", asset.pk)
        words = {"kind": str(asset.get_kind_display()).lower()}
        since = {"day": day(asset.collected_at) if asset.collected_at else ""}
        found.append(
            QueueRow(
                id=key_of("unpublished", asset.pk),
                kind="assets",
                icon="clock-exclamation",
                tone="warning",
                title=_("Not published yet: the %(kind)s was collected long ago") % words,
                why=" · ".join(
                    [
                        asset.title,
                        f"{asset.advocate.name}, {asset.advocate.account.name}",
                        _("collected on %(day)s") % since,
                    ]
                ),
                url=tenant_reverse(membership.tenant, "assets:detail", asset.pk),
                due=asset.due,  # type: ignore[attr-defined]
                action=(_("Say where it stands"), url, "panel"),
                panel=True,
            )
        )
    return found


WORK = (
    Work("asset", "assets", waiting, rows),
    Work("unpublished", "assets", waiting_to_be_out, rows_to_be_out),
)
