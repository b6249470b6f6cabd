"""What happens to requests and asks, as timelines tell it."""

from django.utils.translation import gettext_lazy as _

from advocacy.records.lifecycle import Text
from advocacy.web.status_styles import Tone

#: What happens besides the moves of the lifecycles.
REQUEST_VERBS: dict[str, tuple[Text, str, Tone]] = {
    "request.created": (_("wrote down a request"), "pencil", "neutral"),
    "request.changed": (_("changed what is asked"), "point", "neutral"),
    "request.zone_said": (_("said on which clock the prospect lives"), "clock", "neutral"),
    "request.assigned": (_("gave the request to a colleague"), "point", "neutral"),
    "request.slot_picked": (_("picked a time"), "calendar-event", "info"),
    "request.choice_offered": (_("let the prospect choose a time"), "calendar-share", "neutral"),
    "request.doubted": (
        _("was fulfilled by something recorded in error"),
        "alert-triangle",
        "warning",
    ),
}
ASK_VERBS: dict[str, tuple[Text, str, Tone]] = {
    "ask.proposed": (_("proposed an ask to the account's owner"), "user-question", "info"),
    "ask.yes_needed": (_("waits for a yes from the account's owner"), "user-question", "warning"),
    "ask.say_passed_on": (
        _("waits for a word of the account's new owner"),
        "user-question",
        "info",
    ),
    "ask.sent": (_("sent an ask"), "mail", "info"),
    "ask.questioned": (_("asks whether the ask stands"), "help-circle", "warning"),
    "ask.reminded": (_("sent a reminder of an ask"), "bell", "neutral"),
    "ask.revealed": (_("showed an advocate's name to the requester"), "eye", "neutral"),
    "ask.shown_to_prospect": (
        _("showed an advocate's name to the prospect"),
        "eye",
        "neutral",
    ),
    "ask.times_asked": (_("asked for other times"), "calendar-question", "neutral"),
    "ask.times_offered": (_("offered other times"), "calendar-plus", "info"),
}
OTHER_VERBS: dict[str, tuple[Text, str, Tone]] = {
    "stage_mapping.changed": (_("changed what a stage means"), "point", "neutral"),
    "matching_weights.changed": (_("changed the weights of matching"), "point", "neutral"),
    "matching_weights.reset": (_("put the weights of a type back"), "point", "neutral"),
}
