"""What was collected and is not published yet: who gave it hears where it stands (AST-3.a)."""

from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from activities.assets.access import permit_edit
from activities.assets.lifecycle import WORKED_ON, AssetState
from activities.assets.locks import lock_asset
from activities.assets.models import Asset
from activities.assets.times import collected_before
from advocacy import clock
from advocacy.events.services import record
from advocacy.languages import spoken
from advocacy.messaging.holding import undoable
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict
from advocacy.tenancy.models import Membership
from advocacy.web.formatting import day
from advocates.language import language_of
from advocates.people.drafted import LONGEST_SUBJECT, send_drafted

MAIL = "asset-standing"


def unpublished() -> Q:
    """Collected long ago, and still on its way: flagged until it is published or retired."""
    return Q(state__in=WORKED_ON, collected_at__lt=collected_before())


def draft_of(asset: Asset, sender: Membership | None) -> tuple[str, str]:
    """Subject and text of a message to who gave the words, in their language; to start from."""
    advocate = asset.advocate
    with translation.override(spoken(language_of(advocate))):
        words = {
            "given": advocate.first_name or advocate.name,
            "title": asset.title,
            "day": day(asset.collected_at) if asset.collected_at else "",
            "where": _where(asset),
            "sender": sender.name if sender else asset.tenant.name,
        }
        subject = _("Where “%(title)s” stands") % words
        text = _(
            "Hello %(given)s,\n\nyou gave us your words for “%(title)s” on %(day)s, and they are"
            " not published yet. %(where)s\n\nI will write to you the day they are out. If you"
            " would rather change them or have us not use them any more, simply answer this"
            " mail.\n\nThank you for your patience,\n%(sender)s"
        )
        return subject[:LONGEST_SUBJECT], text % words


@transaction.atomic
@undoable("asset.tell_standing", "asset", about=lambda asset: asset.about)
def tell_standing(*, actor: Actor, asset: Asset, subject: str, message: str) -> Asset:
    """Write to who gave the words where they stand. It stays flagged until it is published.

    Raises ``DomainError`` at ``subject`` or ``message``, without an address or where they want to
    hear otherwise (ADV-2); ``Conflict`` for what is published, retired or holds no words yet.
    """
    permit_edit(actor, asset)
    locked = lock_asset(asset.pk)
    if locked.state not in WORKED_ON or locked.collected_at is None:
        text = _("“%(title)s” is “%(state)s”: there is nothing to say about its way.")
        words = {"title": locked.title, "state": locked.get_state_display()}
        raise Conflict(text % words, code="nothing_to_tell")
    send_drafted(
        locked.advocate,
        kind=MAIL,
        subject=subject,
        message=message,
        missing=_("Say where it stands."),
        sender=actor.membership,
        subject_id=locked.pk,
        unique_key=f"{MAIL}:{locked.pk}:{clock.now().isoformat()}",
    )
    record("asset.standing_told", locked, actor=actor, about=locked.about)
    return asset.reload()


def _where(asset: Asset) -> str:
    return {
        AssetState.APPROVALS: _("They are being approved on our side."),
        AssetState.APPROVED: _("They are approved, and wait for their turn to be published."),
        AssetState.REVIEW: _("The text lies with you: your word is what it waits for."),
    }.get(AssetState(asset.state), _("We are still working on the text."))
