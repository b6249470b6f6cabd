"""Which columns of this app hold personal data (GDPR-1)."""

from advocacy.tenancy.classification import Columns

COLUMNS = {
    # Triggers make the terms out of names, and make them anew when a name changes.
    "SearchTerm": Columns(personal="term", plain="kind is_start", refers="object_id", derived=True),
}
