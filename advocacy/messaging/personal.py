"""Which columns of this app hold personal data (GDPR-1)."""

from advocacy.tenancy.classification import Columns

COLUMNS = {
    "PersonalLink": Columns(
        plain="purpose expires_at revoked_at created_at", hidden="digest", refers="subject_id"
    ),
    "OutgoingMail": Columns(
        personal="to_email to_name from_name reply_to subject body calendar error",
        plain="state due_at leased_until attempts sent_at created_at kind path calendar_method"
        " unique_key language",
        refers="subject_id window_id",
        address="to_email",
        owns="link",
        erased={"body": list},
    ),
    # A company's words to anybody.
    "MailTemplate": Columns(plain="kind language subject text state version changed_at"),
    # What was pressed cannot be taken back once the person is gone.
    "UndoWindow": Columns(
        personal="journal",
        plain="key subject_type until undone_at",
        refers="subject_id",
        goes=True,
    ),
}
