"""Tables of activities; Django finds them here."""

from activities.activities.models import Activity
from activities.duties.models import Duty
from activities.loops.models import LoopDuty
from activities.playbooks.models import PlaybookStep, PlaybookText
from activities.set_up.models import SetUp

__all__ = ["Activity", "Duty", "LoopDuty", "PlaybookStep", "PlaybookText", "SetUp"]
