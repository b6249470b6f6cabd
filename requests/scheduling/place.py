"""What a request knows of the set-up of its call (FUL-4)."""

from activities.activities.models import Activity
from requests.models import Ask
from requests.requests.choices import MeetingFormat


def place_needed(activity: Activity) -> bool | None:
    """A link or a room, unless they speak on the phone; None without a request."""
    ask = Ask.objects.filter(activity=activity).select_related("request").first()
    return None if ask is None else ask.request.meeting_format != MeetingFormat.PHONE
