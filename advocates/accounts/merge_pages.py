"""Merging two records of one company (ADV-1)."""

from typing import Any, ClassVar

from advocates.accounts import merging, selectors
from advocates.accounts.services import ACCOUNT_FIELDS
from advocates.forms import AccountPicker
from advocates.merge_pages import MergeChoosePage, MergeForm, MergePage
from advocates.models import Account
from advocates.pages import NAV_ITEM


class MergeChoose(MergeChoosePage):
    """Which other record is the same company?"""

    nav_item: ClassVar[str] = NAV_ITEM
    picker = AccountPicker
    next_name, page_name = "accounts:merge-with", "accounts:detail"

    def get_kept(self) -> Account:
        return selectors.get_account(self.kwargs["pk"])

    def permit(self, other: Any) -> None:
        merging.permit_merge(self.actor, self.object, other)


class Merge(MergePage):
    """Both side by side."""

    nav_item: ClassVar[str] = NAV_ITEM
    page_name = "accounts:detail"

    def get_both(self) -> tuple[Account, Account]:
        both = (
            selectors.get_account(self.kwargs["pk"]),
            selectors.get_account(self.kwargs["other"]),
        )
        merging.permit_merge(self.actor, *both)
        return both

    def get_merge_form(self, **kwargs: Any) -> MergeForm:
        return MergeForm(kept=self.object, gone=self.other, names=ACCOUNT_FIELDS, **kwargs)

    def perform(self, form: Any) -> Account:
        return merging.merge_accounts(
            actor=self.actor, kept=self.object, gone=self.other, take=form.taken()
        )
