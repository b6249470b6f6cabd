"""The currency of an amount: of its own cell, of its column, of the record, else the tenant's."""

from django.utils.translation import gettext as _

from imports.registry import Outcome, Row
from imports.values import Amount
from requests.opportunities.services import base_currency

__all__ = ["base_currency", "settle_currency"]


def settle_currency(row: Row, name: str, known: str, base: str, outcome: Outcome) -> bool:
    """Make an amount and the currency beside it two values; False refuses the row.

    ``known`` is the currency that the record has, ``base`` the tenant's. A sign that several
    currencies use is the one that is told elsewhere, else the likeliest, with a remark.
    """
    amount = row.values.get(name)
    if not isinstance(amount, Amount):
        return True
    row.values[name] = amount.value
    if not amount.codes:
        return True
    told = row.values.get("currency")
    if told:
        if told not in amount.codes:
            outcome.refuse(
                row,
                name,
                _("The amount is in %(sign)s, and the currency is said to be %(told)s.")
                % {"sign": amount.codes[0], "told": told},
                _("An amount in the currency that its row says."),
            )
            return False
        return True
    likely = next((code for code in (known, base) if code in amount.codes), "")
    row.values["currency"] = likely or amount.codes[0]
    if not likely and len(amount.codes) > 1:
        outcome.remark(
            row,
            name,
            _("The sign of the amount was read as %(code)s; it could be %(others)s as well.")
            % {"code": amount.codes[0], "others": ", ".join(amount.codes[1:4])},
            _("A column with the code of the currency, such as %(code)s.")
            % {"code": amount.codes[0]},
        )
    return True
