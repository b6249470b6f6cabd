"""Who may be asked, by the same rules as the guard on the ledger (CAP-1, CAP-2, CAP-3, CAP-7).

The trigger of migration 0002 decides; what is here predicts it for any number of advocates, and
a property test holds the two together. ``words`` says the rules, ``statement`` is the trigger as
a set, ``status`` asks it about people, ``profile`` sums up one advocate's year.
"""

from advocates.program.ledger.capacity.profile import AdvocateCapacity, advocate_capacity
from advocates.program.ledger.capacity.reasons import (
    CODES,
    SENTENCES,
    GuardReason,
    GuardStatus,
    refusal_text,
)
from advocates.program.ledger.capacity.statement import OVER, first_refusal_sql
from advocates.program.ledger.capacity.status import guard_status, guard_statuses, guardrails

__all__ = [
    "CODES",
    "OVER",
    "SENTENCES",
    "AdvocateCapacity",
    "GuardReason",
    "GuardStatus",
    "advocate_capacity",
    "first_refusal_sql",
    "guard_status",
    "guard_statuses",
    "guardrails",
    "refusal_text",
]
