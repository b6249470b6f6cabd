"""What newly waits on Today, by mail: what one decision finishes has its link (MSG-5.a)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone, translation

from advocacy.languages import spoken
from advocacy.messaging.rendering import render_mail
from advocacy.messaging.services import queue_mail
from advocacy.messaging.work_links.making import work_link
from advocacy.tenancy.models import Membership
from advocacy.web import formatting as words
from advocacy.web.urls import tenant_reverse
from reporting.chat.models import ChatConnection
from reporting.queue import rows_of
from reporting.queue.work import Item

MAIL = "today"


def mail_today(
    connection: ChatConnection, items: Sequence[Item], total: int, now: datetime
) -> None:
    """Queue the mail; ``items`` are those it tells of ``total``."""
    member = connection.member
    language = spoken(member.user.language or member.tenant.language)
    with translation.override(language), timezone.override(member.zone):
        lines = _lines(member, items)
        mail = render_mail(
            "today",
            {
                "name": member.name,
                "items": lines,
                "count": total,
                "more": max(0, total - len(lines)),
            },
            language,
        )
    queue_mail(
        kind=MAIL,
        to_email=member.email,
        to_name=member.name,
        subject=mail.subject,
        text=mail.text,
        path=tenant_reverse(member.tenant, "today"),
        unique_key=f"{MAIL}:{connection.pk}:{now:%Y%m%d%H%M%S%f}",
        subject_id=connection.pk,
    )


def _lines(member: Membership, items: Sequence[Item]) -> list[dict[str, Any]]:
    known = {item.key: item for item in items}
    lines = []
    for row in rows_of(member, items):
        item = known[row.id]
        link = work_link(item.work.code, item.pk, member)
        why = (row.whose, row.why, words.due(row.due))
        lines.append(
            {
                "title": row.title,
                "why": " · ".join(str(part) for part in why if part),
                "link": link,
            }
        )
    return lines
