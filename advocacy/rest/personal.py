"""Which columns of this app hold personal data (GDPR-1)."""

from advocacy.tenancy.classification import Columns

COLUMNS = {
    "ApiToken": Columns(
        personal="name",
        hidden="digest prefix",
        plain="scopes created_at expires_at last_used_at revoked_at",
        whose="colleague",
    ),
}
