"""Which columns of this app hold personal data (GDPR-1)."""

from advocacy.tenancy.classification import Columns

COLUMNS = {
    "Newcomer": Columns(personal="email language", plain="created_at", address="email", goes=True),
}
