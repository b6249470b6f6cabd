"""Which columns of this app hold personal data, all of colleagues (GDPR-1)."""

from advocacy.tenancy.classification import Columns

COLUMNS = {
    "Invitation": Columns(
        personal="email",
        plain="role created_at sent_at expires_at accepted_at revoked_at",
        whose="colleague",
    ),
    "AccountMail": Columns(
        personal="error next_page",
        hidden="digest",
        plain="state due_at leased_until attempts sent_at created_at purpose language expires_at"
        " used_at",
        whose="colleague",
    ),
    "SecondFactor": Columns(
        hidden="sealed last_step", plain="created_at confirmed_at", whose="colleague"
    ),
    "RecoveryCode": Columns(hidden="digest", plain="created_at used_at", whose="colleague"),
}
