"""Tables of benefits; Django finds them here."""

from benefits.balance.models import ValueBalance
from benefits.budgets.models import Budget
from benefits.catalogue.models import Benefit
from benefits.entitlements.models import Entitlement
from benefits.grants.models import Grant, GrantActivity
from benefits.points.badges.models import Badge
from benefits.points.models import PointBalance, PointEntry, PointReason
from benefits.points.shop.models import ShopItem
from benefits.recognition.models import Recognition
from benefits.sales_thanks.models import SalesThanks
from benefits.thanks.models import ThankYou, ThankYouReminder

__all__ = [
    "Badge",
    "Benefit",
    "Budget",
    "Entitlement",
    "Grant",
    "GrantActivity",
    "PointBalance",
    "PointEntry",
    "PointReason",
    "Recognition",
    "SalesThanks",
    "ShopItem",
    "ThankYou",
    "ThankYouReminder",
    "ValueBalance",
]
