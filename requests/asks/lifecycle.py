"""Life of an ask: sent, then answered or over (ASK-1, ASK-3). The four answers share a form."""

from django.utils.translation import gettext_lazy as _

from advocacy.records.lifecycle import Lifecycle, Move
from requests.asks.choices import AskState

_S = AskState

ASK = Lifecycle(
    "ask",
    AskState,
    Move(
        name="accept",
        verb="ask.accepted",
        words=_("said yes"),
        source=(_S.SENT,),
        to=_S.ACCEPTED,
        may="asks.answer_for",
        label=_("Yes"),
        icon="check",
        tone="success",
    ),
    Move(
        name="decline",
        verb="ask.declined",
        words=_("said no"),
        source=(_S.SENT,),
        to=_S.DECLINED,
        may="asks.answer_for",
        label=_("No"),
        icon="x",
    ),
    Move(
        name="later",
        verb="ask.postponed",
        words=_("asked for another time"),
        source=(_S.SENT,),
        to=_S.LATER,
        may="asks.answer_for",
        label=_("Ask me later"),
        icon="clock",
    ),
    Move(
        name="someone_else",
        verb="ask.passed_on",
        words=_("suggested a colleague"),
        source=(_S.SENT,),
        to=_S.SOMEONE_ELSE,
        may="asks.answer_for",
        label=_("Ask somebody else"),
        icon="users",
    ),
    Move(
        name="withdraw",
        verb="ask.cancelled",
        words=_("withdrew an ask"),
        source=(_S.SENT,),
        to=_S.CANCELLED,
        may="asks.send",
        label=_("Withdraw"),
        confirm=_("The ask is taken back and the advocate is told kindly."),
        done=_("Withdrawn; the unit is free again."),
        undo=_("took the withdrawal of an ask back before anybody heard of it"),
    ),
    Move(
        name="expire",
        verb="ask.expired",
        words=_("let an ask expire"),
        source=(_S.SENT,),
        to=_S.EXPIRED,
        icon="clock-off",
        tone="warning",
    ),
    Move(
        name="fill",
        verb="ask.filled",
        words=_("released an ask, since enough said yes"),
        source=(_S.SENT,),
        to=_S.FILLED,
    ),
    # A yes that comes to nothing; the event of its activity tells it.
    Move(name="fall_through", source=(_S.ACCEPTED,), to=_S.CANCELLED),
)
