"""Which columns of this app hold personal data (GDPR-1).

Staged rows are no columns a statement could look into; ``imports.held`` sees to them.
"""

from advocacy.tenancy.classification import Columns

COLUMNS = {
    "ImportRun": Columns(
        plain="started_at changed_at finished_at state phase source leased_until attempts",
        hidden="lease",
    ),
    "ImportFile": Columns(
        personal="name problem",
        plain="place sheet size percent kind headings columns mapped_at heading_row notes encoding"
        " is_encoding_chosen can_reread rows chunk_count position rows_done created updated"
        " unchanged skipped warnings",
    ),
    "ImportPiece": Columns(personal="data", plain="number"),
    "ImportChunk": Columns(personal="data", plain="number"),
    "ImportIssue": Columns(personal="problem", plain="row column accepted severity"),
    "ImportMapping": Columns(plain="kind headings columns used_at"),
}
