"""What newly waits on Today is posted, within minutes and in working hours (MSG-5.c).

Claimed in one transaction, posted with none open, written down in another: a process that dies in
between has it posted a second time, as a mail would be (``messaging.outbox``).
"""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone, translation

from advocacy import clock
from advocacy.events.services import record
from advocacy.languages import spoken
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.calendar import calendar_of
from advocacy.tenancy.models import Membership
from advocacy.tenancy.scope import tenant_scope
from advocacy.tenancy.stuck import pause_after
from advocacy.tenant_settings.reading import current
from reporting.chat import messages
from reporting.chat.addresses import address_of
from reporting.chat.lifecycle import CHAT, ChatState
from reporting.chat.mailing import mail_today
from reporting.chat.models import ChatConnection, ChatKind, ChatPost
from reporting.chat.posting import NotTaken, post
from reporting.chat.settings import ChatNumbers
from reporting.queue import everything, rows_of
from reporting.queue.work import Item

ACTOR = Actor.system("chat")
EVERY = timedelta(minutes=5)
#: A mail gathers what comes in; more than two a working day nobody reads.
MAIL_EVERY = timedelta(hours=4)
#: Longer than a chat may take to answer.
LEASE = timedelta(minutes=2)
#: So many lines of one message; more are counted.
MOST = 10
MAX_ATTEMPTS = 8


def post_today(tenant_id: uuid.UUID) -> None:
    """Post what newly waits to the chats of one tenant that are due. Opens its own scopes."""
    while (claimed := _claim(tenant_id)) is not None:
        connection, items, payload = claimed
        if payload is None:
            continue
        try:
            post(address_of(connection), payload)
        except NotTaken as refusal:
            _put_off(tenant_id, connection.pk, refusal)
        else:
            _write_down(tenant_id, connection.pk, items)


def _claim(
    tenant_id: uuid.UUID,
) -> tuple[ChatConnection, list[Item], messages.Payload | None] | None:
    """The next due chat with what is new for it; no payload where there is nothing to post now."""
    now = clock.now()
    with transaction.atomic(durable=True), tenant_scope(tenant_id):
        connection = (
            ChatConnection.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("member__user", "member__tenant")
            .filter(state=ChatState.ON, look_at__lte=now)
            .order_by("look_at", "id")
            .first()
        )
        if connection is None:
            return None
        member = connection.member
        opens = _opening(member, now)
        by_mail = connection.kind == ChatKind.MAIL
        is_wanted = member.is_active and (by_mail or current(ChatNumbers).chats_allowed)
        items = new_items(connection) if is_wanted and opens <= now else []
        if by_mail:
            # In this transaction: the outbox does the rest, once.
            if items:
                mail_today(connection, items[:MOST], len(items), now)
                mark_told(connection, items)
                connection.posted_at = now
            wait = MAIL_EVERY if items else EVERY
            connection.look_at = max(opens, now + wait)
            connection.save(update_fields=["look_at", "posted_at"])
            return connection, [], None
        connection.look_at = now + LEASE if items else max(opens, now + EVERY)
        connection.save(update_fields=["look_at"])
        return connection, items, _payload(connection, items) if items else None


def _opening(member: Membership, now: datetime) -> datetime:
    """This moment within the member's working hours, else when they next begin."""
    calendar = calendar_of(member.tenant, member.zone)
    return now if calendar.is_open(now) else calendar.add_hours(now, 0.0001)


def new_items(connection: ChatConnection) -> list[Item]:
    """What waits, is not put off and was not posted yet; the most urgent first."""
    told = set(connection.posts.values_list("work", "subject_id"))
    return [
        item
        for item in everything(connection.member)
        if item.until is None and (item.work.code, item.pk) not in told
    ]


def _payload(connection: ChatConnection, items: Sequence[Item]) -> messages.Payload | None:
    member = connection.member
    language = spoken(member.user.language or member.tenant.language)
    with translation.override(language), timezone.override(member.zone):
        rows = rows_of(member, items[:MOST])
        return messages.news(connection.kind, member, rows, max(0, len(items) - len(rows)))


def mark_told(connection: ChatConnection, items: Sequence[Item]) -> None:
    """Not to be posted again; those another process wrote down are left alone."""
    ChatPost.objects.bulk_create(
        [
            ChatPost(connection=connection, work=item.work.code, subject_id=item.pk)
            for item in items
        ],
        ignore_conflicts=True,
    )


def _write_down(tenant_id: uuid.UUID, pk: uuid.UUID, items: Sequence[Item]) -> None:
    now = clock.now()
    with transaction.atomic(durable=True), tenant_scope(tenant_id):
        connection = ChatConnection.objects.filter(pk=pk).first()
        if connection is not None:
            mark_told(connection, items)
            ChatConnection.objects.filter(pk=pk).update(
                posted_at=now, look_at=now + EVERY, attempts=0, problem=""
            )


def _put_off(tenant_id: uuid.UUID, pk: uuid.UUID, refusal: NotTaken) -> None:
    with transaction.atomic(durable=True), tenant_scope(tenant_id):
        connection = ChatConnection.objects.select_for_update().filter(pk=pk).first()
        if connection is None or connection.state != ChatState.ON:
            return
        connection.attempts += 1
        connection.problem = str(refusal)
        connection.look_at = clock.now() + pause_after(connection.attempts)
        connection.save(update_fields=["attempts", "problem", "look_at"])
        if refusal.for_good or connection.attempts >= MAX_ATTEMPTS:
            CHAT.move(connection, "give_up")
            record(CHAT["give_up"].verb, connection, actor=ACTOR)
