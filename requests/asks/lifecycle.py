"""Life of an ask: proposed to the account's owner, sent, then answered or over (ASK-1 to ASK-3).

Where nobody else has a say it begins as sent. The four answers share a form, and so do the three
things an owner says.
"""

from django.utils.translation import gettext_lazy as _

from advocacy.records.lifecycle import Lifecycle, Move
from requests.asks.choices import WAITING, AskState

_S = AskState

#: What an account's owner says (ASK-2).
SAYS = ("go", "not_before", "rather_not")

ASK = Lifecycle(
    "ask",
    AskState,
    Move(
        name="go",
        verb="ask.approved",
        words=_("agreed to an ask"),
        source=(_S.PROPOSED,),
        to=_S.SENT,
        may="asks.send",
        label=_("Go"),
        icon="thumb-up",
        tone="success",
        undo=_("took back that an ask may go out"),
    ),
    Move(
        name="not_before",
        verb="ask.put_off",
        words=_("said from which day on an ask may go out"),
        source=(_S.PROPOSED,),
        to=_S.PROPOSED,
        may="asks.send",
        label=_("Not before…"),
        icon="calendar-pause",
        needs=("not_before",),
        undo=_("took back from which day on an ask may go out"),
    ),
    Move(
        name="rather_not",
        verb="ask.kept_back",
        words=_("would rather have somebody else asked"),
        source=(_S.PROPOSED,),
        to=_S.NOT_ASKED,
        may="asks.send",
        label=_("Rather somebody else"),
        icon="user-x",
        takes=("say_note",),
        undo=_("took back that somebody else had better be asked"),
    ),
    # While the requester has to answer something first.
    Move(name="go_later", source=(_S.PROPOSED,), to=_S.PROPOSED),
    # Nobody said anything in time: that means go, or nothing where a yes was needed.
    Move(name="go_by_silence", source=(_S.PROPOSED,), to=_S.SENT),
    Move(
        name="lapse",
        verb="ask.lapsed",
        words=_("could not send a proposed ask"),
        source=(_S.PROPOSED,),
        to=_S.NOT_ASKED,
        icon="clock-off",
        tone="warning",
    ),
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
        source=WAITING,
        to=_S.CANCELLED,
        may="asks.send",
        label=_("Withdraw"),
        confirm=_("The ask is taken back; who was asked already is told kindly."),
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
        source=WAITING,
        to=_S.FILLED,
    ),
    # A yes that comes to nothing; the event of its activity tells it.
    Move(name="fall_through", source=(_S.ACCEPTED,), to=_S.CANCELLED),
)
