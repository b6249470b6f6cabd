"""Merging two records of one person (ADV-1)."""

from typing import Any, ClassVar

from django.utils.translation import gettext as _

from advocates.forms import PersonPicker
from advocates.merge_pages import MergeChoosePage, MergeForm, MergePage
from advocates.models import Advocate
from advocates.pages import NAV_ITEM
from advocates.people import merging, selectors
from advocates.people.services import ADVOCATE_FIELDS


class MergeChoose(MergeChoosePage):
    """Which other record is the same person?"""

    nav_item: ClassVar[str] = NAV_ITEM
    picker = PersonPicker
    next_name, page_name = "advocates:merge-with", "advocates:detail"

    def get_kept(self) -> Advocate:
        return selectors.get_advocate(self.kwargs["pk"])

    def permit(self, other: Any) -> None:
        merging.permit_merge(self.actor, self.object, other)


class Merge(MergePage):
    """Both side by side."""

    nav_item: ClassVar[str] = NAV_ITEM
    page_name = "advocates:detail"

    def get_both(self) -> tuple[Advocate, Advocate]:
        both = (
            selectors.get_advocate(self.kwargs["pk"]),
            selectors.get_advocate(self.kwargs["other"]),
        )
        merging.permit_merge(self.actor, *both)
        return both

    def get_merge_form(self, **kwargs: Any) -> MergeForm:
        wishes = [
            (
                merging.PREFERENCES,
                _("Preferences"),
                _("as they are here"),
                _("as they are there"),
            )
        ]
        return MergeForm(
            kept=self.object, gone=self.other, names=ADVOCATE_FIELDS, extra=wishes, **kwargs
        )

    def get_context(self) -> dict[str, Any]:
        status = merging.status_of_both(self.object, self.other)
        return {
            **super().get_context(),
            "kept_detail": self.object.account.name,
            "gone_detail": self.other.account.name,
            "status_words": status.label,
        }

    def perform(self, form: Any) -> Advocate:
        return merging.merge_advocates(
            actor=self.actor, kept=self.object, gone=self.other, take=form.taken()
        )
