"""How an ask stands, as a colour."""

from typing import Literal

from requests.asks.choices import AskState
from requests.models import Ask

AskTone = Literal["waiting", "yes", "no"]


def ask_tone(ask: Ask) -> AskTone:
    """Whether an ask still may become a call."""
    if ask.state == AskState.SENT:
        return "waiting"
    return "yes" if ask.state == AskState.ACCEPTED else "no"
