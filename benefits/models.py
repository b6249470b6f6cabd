"""Tables of benefits; Django finds them here."""

from benefits.sales_thanks.models import SalesThanks
from benefits.thanks.models import ThankYou, ThankYouReminder

__all__ = ["SalesThanks", "ThankYou", "ThankYouReminder"]
