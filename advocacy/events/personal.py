"""Which columns of this app hold personal data: none, by the rule of its payloads (GDPR-1).

The log can never be changed, so ids and codes are all that may enter it.
"""

from advocacy.tenancy.classification import Columns

COLUMNS = {
    "Event": Columns(
        plain="at actor_kind actor_label verb subject_type payload", refers="actor_ref subject_id"
    ),
    "EventSubject": Columns(plain="subject_type at", refers="subject_id"),
    "PendingSeal": Columns(),
    "EventSeal": Columns(plain="seq digest"),
    "Chain": Columns(plain="seq digest"),
}
