"""Where answers by mail are announced."""

from advocacy.events import bus
from advocacy.messaging.incoming import register_taker
from advocacy.records.resource import register as register_resource
from requests.replies.reactions import on_answered
from requests.replies.resource import ASK_REPLIES
from requests.replies.services import take_answer


def register() -> None:
    """Called once, when the application is ready."""
    register_resource(ASK_REPLIES)
    register_taker("ask", "ask_reminder", taker=take_answer)
    for verb in ("ask.accepted", "ask.declined", "ask.postponed", "ask.passed_on"):
        bus.subscribe(
            verb,
            on_answered,
            order=50,
            why="what came by mail is dealt with by the answer (MSG-5)",
        )
