"""Which columns of this app, and of other people's, hold personal data (GDPR-1)."""

from advocacy.tenancy.classification import Columns

_MACHINE = "user_agent ip_address username http_accept path_info"

COLUMNS = {
    "Tenant": Columns(
        plain="name slug time_zone currency language work_days work_starts work_ends created_at"
    ),
    "User": Columns(
        personal="email name language time_zone last_login",
        hidden="password session_generation",
        plain="is_active created_at",
        whose="colleague",
    ),
    "Membership": Columns(
        personal="meeting_place", plain="role is_active created_at deactivated_at"
    ),
    "Absence": Columns(plain="starts_on ends_on state created_at"),
    "Holiday": Columns(plain="day name"),
    "ScheduleFiring": Columns(plain="schedule day fired_at"),
    "StuckWork": Columns(
        twice="drop",
        # What a mail server or a database said may quote an address.
        personal="error",
        plain="work subject_type attempts retry_at failed_at created_at",
        refers="row_id subject_id",
    ),
    "MergedRecord": Columns(plain="kind at", refers="gone_id into_id"),
    # A keyed hash of who tried, and nothing that leads back.
    "Attempt": Columns(plain="kind key at"),
    "auth.Permission": Columns(plain="name codename"),
    "auth.Group": Columns(plain="name"),
    "auth.Group_permissions": Columns(),
    "contenttypes.ContentType": Columns(plain="app_label model"),
    "sessions.Session": Columns(personal="session_data", plain="expire_date", whose="colleague"),
    "axes.AccessFailureLog": Columns(
        personal=_MACHINE, plain="attempt_time locked_out", whose="colleague"
    ),
    "axes.AccessAttempt": Columns(
        personal=f"{_MACHINE} get_data post_data",
        plain="attempt_time failures_since_start",
        whose="colleague",
    ),
    "axes.AccessAttemptExpiration": Columns(plain="expires_at"),
    "axes.AccessLog": Columns(
        personal=_MACHINE,
        hidden="session_hash",
        plain="attempt_time logout_time",
        whose="colleague",
    ),
}
