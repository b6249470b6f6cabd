"""Sharing a piece with a deal, and taking that back (AST-2.b, AST-2.c)."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from activities.assets.models import Asset
from activities.assets.selectors import in_library
from advocacy import clock
from advocacy.events.services import record
from advocacy.messaging.holding import undoable
from advocacy.messaging.links import create_link, revoke_links, secret_of
from advocacy.records import writes
from advocacy.records.undoing import made
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.delegation import answers_for
from advocacy.tenancy.errors import DomainError, NotAllowed
from advocacy.tenant_settings.reading import current
from requests.access import is_program
from requests.models import Opportunity, Share
from requests.shares.lifecycle import SHARE, ShareState
from requests.shares.models import Way
from requests.shares.numbers import Sharing

#: What links of shares are for.
PURPOSE = "share"


def url_of(share: Share) -> str:
    """The public address of a share; nothing for one without a link.

    Raises ``UnreadableLink`` when the key that made it is not in the settings any more.
    """
    if share.link is None:
        return ""
    return f"{settings.PUBLIC_URL.rstrip('/')}/s/{secret_of(share.link)}/"


def permit_share(actor: Actor, share: Share, name: str) -> None:
    """Raise ``NotAllowed`` unless it is the actor's own share or deal, or they run the program."""
    SHARE.permit(actor, name)
    if is_program(actor) or actor.membership is None:
        return
    mine = answers_for(actor.membership)
    if share.made_by_id not in mine and share.opportunity.owner_id not in mine:
        raise NotAllowed(_("A colleague shared this; they, the deal's owner or the program can."))


@transaction.atomic
@undoable("share.make", "opportunity", always=True)
def share_asset(
    *,
    actor: Actor,
    asset: Asset,
    opportunity: Opportunity,
    way: str = Way.LINK,
    recipient: str = "",
) -> Share:
    """Use a piece in a deal: by a link that counts who opens it, or without one.

    Raises ``NotAllowed`` for a role that shares nothing, ``DomainError`` at ``asset`` for what is
    not in the library now.
    """
    member = actor.membership
    if actor.kind == "advocate" or (member is not None and not member.can("shares.edit")):
        raise NotAllowed(_("Your role does not allow this."))
    if not Asset.objects.filter(in_library(), pk=asset.pk).exists():
        problem = _(
            "Only what is in the library can be shared: published, and with the leave it needs."
        )
        raise DomainError(problem, fields={"asset": problem})
    share = Share(asset=asset, opportunity=opportunity, made_by=member)
    for name, value in writes.clean(share, {"way": way, "recipient": recipient}).items():
        setattr(share, name, value)
    if share.way == Way.LINK:
        share.expires_at = clock.now() + timedelta(days=current(Sharing).share_days)
        share.link = create_link(purpose=PURPOSE, subject_id=share.pk, expires_at=share.expires_at)
    share.save(force_insert=True)
    made(share, state=ShareState.REVOKED, ended_at=clock.now())
    verb = "share.made" if share.way == Way.LINK else "share.recorded"
    record(verb, share, actor=actor, payload={"asset": str(asset.pk)}, about=share.about)
    return share


@transaction.atomic
@undoable("share.revoke", "share", about=lambda share: share.about, always=True)
def revoke_share(*, actor: Actor, share: Share) -> Share:
    """Take it back: its link opens nothing any more. What was opened stays counted.

    Raises ``Conflict`` for one that was taken back already.
    """
    permit_share(actor, share, "revoke")
    SHARE.move(share, "revoke", ended_at=clock.now())
    revoke_links(subject_id=share.pk, purpose=PURPOSE)
    record("share.revoked", share, actor=actor, about=share.about)
    return share
