"""What is done with several accounts of the list at once (ACC-1, ACC-2)."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy

from advocacy.web.views import EachRow, EachRowForm, OnEachRow
from advocates.accounts import holds, selectors, services
from advocates.accounts.forms import HoldForm, OwnerForm
from advocates.accounts.pages import AccountList
from advocates.pages import NAV_ITEM


class _OnAccounts(OnEachRow):
    abstract: ClassVar[bool] = True
    permission: ClassVar[str] = "accounts.edit"
    nav_item: ClassVar[str] = NAV_ITEM
    list_page = AccountList
    home = "accounts:list"
    subject_name = "account"


class AssignOwner(_OnAccounts, EachRowForm):
    """Who looks after them from now on."""

    label = gettext_lazy("Assign owner")
    submit_label = gettext_lazy("Assign")
    form_class = OwnerForm
    service = services.update_account


class HoldMany(_OnAccounts, EachRowForm):
    """Nobody there is asked for a while (ACC-2)."""

    label = gettext_lazy("Put on hold")
    submit_label = gettext_lazy("Put on hold")
    subtitle = gettext_lazy("Nobody there is asked for anything until the hold ends.")
    form_class = HoldForm
    service = holds.hold_account


class LiftMany(_OnAccounts, EachRow):
    """The holds end now (ACC-2)."""

    label = gettext_lazy("Lift hold")

    def perform_one(self, row: Any, **said: Any) -> None:
        hold = selectors.hold_of(row)
        if hold is None:
            raise holds.not_on_hold(row)
        holds.lift_hold(actor=self.actor, hold=hold)
