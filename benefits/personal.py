"""Which columns of this app hold personal data (GDPR-1)."""

from advocacy.tenancy.classification import Columns

COLUMNS = {
    "SalesThanks": Columns(
        personal="message",
        plain="state written_at sends_at sent_at",
        owns="mail",
    ),
    "ThankYou": Columns(
        personal="personal_line message",
        plain="kind effort state happened_at opened_at due_at channel done_at reopened_at",
        owns="mail",
    ),
    "Benefit": Columns(
        plain="code name category description cost value stock tiers effort_levels needs_approval"
        " is_on created_at"
    ),
    "Budget": Columns(plain="name segment starts_on ends_on amount version created_at"),
    "Entitlement": Columns(plain="segment every_months is_automatic is_on created_at"),
    # What was given and what it cost stays; for which occasion is about the person.
    "Grant": Columns(
        twice="is_double",
        personal="occasion beyond_reason reason link liked rated_at",
        plain="channel cost value due_on state waits_for guide_low guide_high proportion period_on"
        " ended_on is_double approved_at delivered_at created_at points",
        hidden="redeem_key",
    ),
    "GrantActivity": Columns(),
    "ValueBalance": Columns(
        twice="drop",
        goes=True,
        plain="contributions minutes assumed_minutes given fair benefits got thanks percent"
        " is_under under_since changed_at",
    ),
    "Badge": Columns(plain="code name description rule threshold points is_on created_at"),
    "PointBalance": Columns(twice="drop", plain="lifetime redeemed on_board"),
    "PointEntry": Columns(
        twice="is_double",
        plain="source milestone points at is_double",
        refers="source_id reverses",
    ),
    "PointReason": Columns(personal="text"),
    "ShopItem": Columns(plain="points is_on created_at"),
    # Nobody is recognised whom we do not know any more.
    "Recognition": Columns(
        goes=True,
        personal="title text",
        plain="kind period period_on names_company state published_at ended_at ended_by created_at",
    ),
    "ThankYouReminder": Columns(plain="stage due_at fired_at cancelled_at was_late"),
}
