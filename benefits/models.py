"""Tables of benefits; Django finds them here."""

from benefits.thanks.models import ThankYou, ThankYouReminder

__all__ = ["ThankYou", "ThankYouReminder"]
