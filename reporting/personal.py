"""Which columns of this app hold personal data: none (GDPR-1)."""

from advocacy.tenancy.classification import Columns

COLUMNS = {
    "CapacityCheck": Columns(plain="on made_at figures warnings calls noted_at"),
    "Snooze": Columns(twice="drop", plain="work until created_at", refers="subject_id"),
    "News": Columns(twice="drop", plain="verb subject_type at read_at", refers="subject_id"),
    "ChatConnection": Columns(
        whose="colleague",
        personal="name",
        hidden="sealed",
        plain="kind shown state problem attempts look_at posted_at created_at",
    ),
    "ExchangeRate": Columns(plain="currency base on rate created_at"),
    "Cost": Columns(
        whose="colleague",
        personal="name note",
        plain="kind lead_source starts_on ends_on amount currency hours hourly_rate segment"
        " external_id state created_at",
    ),
    "CostBudget": Columns(plain="kind starts_on ends_on amount created_at"),
    "Goal": Columns(plain="metric target starts_on ends_on segment region state created_at"),
    "ReportSubscription": Columns(twice="drop", plain="every created_at"),
    "ChatPost": Columns(twice="drop", plain="work at", refers="subject_id"),
}
