"""Every write of the requests' room."""

from requests.services.answers import AlreadyAnswered, AskAnswer, answer_ask
from requests.services.asks import send_asks, withdraw_ask
from requests.services.disclosure import reveal_advocate
from requests.services.drafting import AskDraft, Slot, draft_ask, suggest_slots
from requests.services.requests import (
    RequestDetails,
    assign_manager,
    create_request,
    submit_request,
    update_request,
)
from requests.services.scheduling import pick_slot, schedule_call
from requests.services.triage import (
    accept_fewer,
    ask_for_info,
    cancel_request,
    close_request,
    decline_request,
    give_info,
    start_review,
)
from requests.services.weights import reset_weights, save_weights

__all__ = [
    "AlreadyAnswered",
    "AskAnswer",
    "AskDraft",
    "RequestDetails",
    "Slot",
    "accept_fewer",
    "answer_ask",
    "ask_for_info",
    "assign_manager",
    "cancel_request",
    "close_request",
    "create_request",
    "decline_request",
    "draft_ask",
    "give_info",
    "pick_slot",
    "reset_weights",
    "reveal_advocate",
    "save_weights",
    "schedule_call",
    "send_asks",
    "start_review",
    "submit_request",
    "suggest_slots",
    "update_request",
    "withdraw_ask",
]
