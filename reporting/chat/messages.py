"""What is posted: the lines of Today as Slack and Teams take them (MSG-5.c).

Each line leads to its page, where who is signed in does it; a webhook cannot tell who pressed.
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.tenancy.models import Membership
from advocacy.tenancy.text import cut
from advocacy.web import formatting as words
from advocacy.web.queue import QueueRow
from advocacy.web.urls import tenant_reverse
from reporting.chat.models import ChatKind

Payload = dict[str, Any]
#: Both cut what is longer, Slack at 3,000 characters of a block.
_TITLE, _WHY = 300, 600


def hello(kind: str, member: Membership, waiting: int) -> Payload:
    """What is posted first, so that somebody sees that it works."""
    text = _("This is where Advocacy posts what newly waits on %(name)s’s Today.") % {
        "name": member.name
    }
    if waiting:
        text += " " + ngettext(
            "%(count)d thing waits already.", "%(count)d things wait already.", waiting
        ) % {"count": waiting}
    return _PAYLOADS[ChatKind(kind)](text, [], _absolute(tenant_reverse(member.tenant, "today")))


def news(kind: str, member: Membership, rows: Sequence[QueueRow], more: int) -> Payload:
    """What newly waits, the most urgent first; ``more`` is what it leaves out."""
    count = len(rows) + more
    heading = ngettext(
        "%(count)d thing newly waits on your Today",
        "%(count)d things newly wait on your Today",
        count,
    ) % {"count": count}
    today = _absolute(tenant_reverse(member.tenant, "today"))
    return _PAYLOADS[ChatKind(kind)](heading, rows, today)


def _absolute(path: str) -> str:
    return f"{settings.PUBLIC_URL.rstrip('/')}{path}"


def _why(row: QueueRow) -> str:
    parts = (row.whose, row.why, _("due %(when)s") % {"when": words.due(row.due)})
    return cut(" · ".join(str(part) for part in parts if part), _WHY)


def _slack(heading: str, rows: Sequence[QueueRow], today: str) -> Payload:
    blocks: list[Payload] = [_section(f"*{_escaped(heading)}*")]
    for row in rows:
        url = _absolute(row.url)
        said = f"<{url}|{_escaped(cut(row.title, _TITLE))}>\n{_escaped(_why(row))}"
        blocks.append(_section(said))
    button = {"type": "button", "text": {"type": "plain_text", "text": _("Open Today")}}
    blocks.append({"type": "actions", "elements": [{**button, "url": today}]})
    return {"text": heading, "blocks": blocks, "unfurl_links": False}


def _section(text: str) -> Payload:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def _escaped(text: str) -> str:
    """As Slack wants it: the three signs of its own, and no mark-up out of people's words."""
    for sign, name in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        text = text.replace(sign, name)
    # A sign of no width before what would be bold, italic, struck out or code.
    return "".join(f"\u200b{sign}" if sign in "*_~`" else sign for sign in text)


def _teams(heading: str, rows: Sequence[QueueRow], today: str) -> Payload:
    body: list[Payload] = [_text(heading, weight="Bolder", size="Medium")]
    for row in rows:
        url = _absolute(row.url)
        act = {"type": "Action.OpenUrl", "title": cut(row.title, _TITLE), "url": url}
        body.append(
            {
                "type": "Container",
                "separator": True,
                "selectAction": act,
                "items": [
                    _text(cut(row.title, _TITLE), color="Accent"),
                    _text(_why(row), isSubtle=True, spacing="None"),
                ],
            }
        )
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": body,
        "actions": [{"type": "Action.OpenUrl", "title": _("Open Today"), "url": today}],
    }
    kind = "application/vnd.microsoft.card.adaptive"
    return {"type": "message", "attachments": [{"contentType": kind, "content": card}]}


def _text(text: str, **style: Any) -> Payload:
    """A TextRun is never read as Markdown, whatever people wrote."""
    size = {key: style.pop(key) for key in ("spacing",) if key in style}
    run = {"type": "TextRun", "text": text, **style}
    return {"type": "RichTextBlock", "inlines": [run], **size}


_PAYLOADS = {ChatKind.SLACK: _slack, ChatKind.TEAMS: _teams}
