"""What an advocate is written about a piece, with the personal link to it (AST-1.c)."""

from typing import Any

from django.utils import timezone, translation

from activities.asset_approvals.selectors import text_of_version
from activities.assets.differences import changed_parts
from activities.assets.models import Asset
from activities.assets.times import renew_link
from activities.assets.words import has_text, text_of
from advocacy import clock
from advocacy.languages import spoken
from advocacy.messaging.links import revoke_links
from advocacy.messaging.rendering import render_mail
from advocacy.messaging.services import cancel_mail
from advocates.language import language_of
from advocates.people.contact import write_to

#: What the link is good for: this one piece.
PURPOSE = "asset"
ASKED, SENT = "asset-asked", "asset-sent"


def ask_for_words(asset: Asset) -> None:
    """Their answers, a draft to change, or their own words."""
    _write(
        asset,
        ASKED,
        "asset_asked",
        {"asked": "\n".join(f"- {each}" for each in asset.questions), "draft": has_text(asset)},
    )


def send_text(asset: Asset, before: int | None) -> None:
    """The exact text, with what changed since they were last shown it."""
    old = text_of_version(asset, before) if before != asset.number else ""
    changes = changed_parts(old, text_of(asset)) if old else []
    context = {"text": text_of(asset), "changes": "\n\n".join(changes)}
    _write(asset, SENT, "asset_sent", context)


def end_links(asset: Asset) -> None:
    """What was sent shows the piece no longer."""
    revoke_links(subject_id=asset.pk, purpose=PURPOSE)
    cancel_mail(subject_id=asset.pk, kinds=[ASKED, SENT])


def hold_back(asset: Asset) -> None:
    """A letter that has not left holds a text that is not so any more. A link that went out shows
    the piece as it is, and takes no word about another version.
    """
    cancel_mail(subject_id=asset.pk, kinds=[SENT])


def _write(asset: Asset, kind: str, template: str, context: dict[str, Any]) -> None:
    advocate, sender = asset.advocate, asset.owner
    link = renew_link(asset, PURPOSE)
    language = spoken(language_of(advocate))
    with translation.override(language), timezone.override(advocate.zone):
        values = {
            "given": advocate.first_name or advocate.name,
            "sender": sender.name if sender else asset.tenant.name,
            "title": asset.title,
            "what": asset.get_kind_display(),
            **context,
        }
    mail = render_mail(template, values, language)
    write_to(
        advocate,
        kind=kind,
        subject=mail.subject,
        text=mail.text,
        link=link,
        sender=sender,
        subject_id=asset.pk,
        unique_key=f"{kind}:{asset.pk}:{clock.now().isoformat()}",
    )
