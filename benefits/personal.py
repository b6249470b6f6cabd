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
    "ThankYouReminder": Columns(plain="stage due_at fired_at cancelled_at was_late"),
}
