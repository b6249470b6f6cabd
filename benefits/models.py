"""Tables of benefits; Django finds them here."""

from benefits.budgets.models import Budget
from benefits.catalogue.models import Benefit
from benefits.entitlements.models import Entitlement
from benefits.grants.models import Grant, GrantActivity
from benefits.recognition.models import Recognition
from benefits.sales_thanks.models import SalesThanks
from benefits.thanks.models import ThankYou, ThankYouReminder

__all__ = [
    "Benefit",
    "Budget",
    "Entitlement",
    "Grant",
    "GrantActivity",
    "Recognition",
    "SalesThanks",
    "ThankYou",
    "ThankYouReminder",
]
