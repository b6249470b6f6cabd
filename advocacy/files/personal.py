"""Which columns of this app hold personal data (GDPR-1)."""

from advocacy.tenancy.classification import Columns

COLUMNS = {
    # Its bytes are personal data as well: whoever keeps the bytes (held.py) takes them along.
    "StoredFile": Columns(
        personal="name",
        plain="subject_type use type size received part_sizes sha256 state reason by_advocate"
        " is_kept due_at attempts created_at ready_at",
        refers="subject_id",
        goes=True,
    ),
    "FileDiscard": Columns(plain="created_at", hidden="file_id"),
}
