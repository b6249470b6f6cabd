"""Generic pages. Every view class declares ``permission``; docs/design.md shows how to use them."""

from advocacy.web.views.about import AboutForm, AboutMixin, AboutPress
from advocacy.web.views.actions import ActionView
from advocacy.web.views.base import ANY_MEMBER, MemberView, PageAction, PublicView
from advocacy.web.views.bulk import EachRow, EachRowForm, OnEachRow
from advocacy.web.views.detail import DetailPage
from advocacy.web.views.forms import FormPage, ModelFormPage
from advocacy.web.views.list_state import BulkAction
from advocacy.web.views.lists import ListPage

__all__ = [
    "ANY_MEMBER",
    "AboutForm",
    "AboutMixin",
    "AboutPress",
    "ActionView",
    "BulkAction",
    "DetailPage",
    "EachRow",
    "EachRowForm",
    "FormPage",
    "ListPage",
    "MemberView",
    "ModelFormPage",
    "OnEachRow",
    "PageAction",
    "PublicView",
]
