"""The account sheet in a browser and as PDF (REP-1.f)."""

from functools import cached_property
from typing import Any, ClassVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.tenancy.models import Membership
from advocacy.web.formatting import day
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import MemberView
from advocates.access import may_change
from advocates.accounts.selectors import get_account
from advocates.models import Account
from reporting.metrics.filters import PERIODS, frame_of, query_of
from reporting.metrics.words import period_of
from reporting.pdf.making import pdf_answer, pdf_of
from reporting.sheet.content import Item, Sheet, sheet_of

#: Over so many days it looks where its address names no others.
DAYS = 365
RIGHT = "account_sheets.view"


def may_read(member: Membership, account: Account) -> bool:
    """A CSM reads those of own accounts and of accounts without an owner."""
    return may_change(member, RIGHT, account)


class AccountSheet(MemberView):
    """One page; ``?period=`` or ``?since=&until=`` say the days, ``?as=pdf`` is the file."""

    permission: ClassVar[str] = RIGHT
    nav_item: ClassVar[str] = "advocates"

    @cached_property
    def account(self) -> Account:
        """The one in the address."""
        return get_account(self.kwargs["pk"])

    def allowed(self) -> bool:
        """Not of a colleague's account, for a CSM."""
        return super().allowed() and may_read(self.membership, self.account)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The page, or the PDF."""
        params, account = request.GET, self.account
        sheet = sheet_of(account, self.membership, frame_of(params, self.membership, days=DAYS))
        if params.get("as") == "pdf":
            data = pdf_of("sheet", data_of(sheet, self.tenant.name))
            return pdf_answer(data, f"account-{account.pk}-{sheet.frame.last}")
        accounts = tenant_reverse(request, "accounts:list")
        page = tenant_reverse(request, "accounts:detail", account.pk)
        query = query_of(params)
        context = {
            "page_title": title_of(sheet),
            "place": _("Account sheet"),
            "subtitle": f"{account.name} · {period_of(sheet.frame)}",
            "crumbs": [(accounts, _("Accounts")), (page, account.name)],
            "sheet": sheet,
            "pdf_url": f"{query}&as=pdf" if query else "?as=pdf",
            "tabs": [
                {"url": f"?period={days}", "label": label, "active": int(days) == sheet.frame.days}
                for days, label in PERIODS.items()
            ],
        }
        return render(request, "reporting/sheet/sheet.html", context)


def title_of(sheet: Sheet) -> str:
    """What the page says, in a sentence."""
    if not sheet.contributions:
        return _("%(account)s gave nothing in this period") % {"account": sheet.account.name}
    text = ngettext(
        "%(people)d person at %(account)s gave %(n)d times",
        "%(people)d people at %(account)s gave %(n)d times",
        sheet.people,
    )
    words = {"people": sheet.people, "account": sheet.account.name, "n": sheet.contributions}
    return text % words


def data_of(sheet: Sheet, company: str) -> dict[str, Any]:
    """The sheet as the PDF's template reads it."""

    def texts(items: list[Item]) -> list[str]:
        return [each.text for each in items]

    return {
        "title": title_of(sheet),
        "company": company,
        "account": sheet.account.name,
        "period": period_of(sheet.frame),
        "given_head": [_("What they gave"), _("How often"), _("First"), _("Last")],
        "given": [
            [each.name, str(each.count), day(each.first), day(each.last)] for each in sheet.given
        ],
        "recognise_head": [_("On"), _("What"), _("Who")],
        "recognise": [
            [day(each.on), each.name, each.who or _("somebody who is not named")]
            for each in sheet.recognise
        ],
        "parts": [
            {"title": title, "lines": texts(items), "nothing": nothing}
            for title, items, nothing in (
                (_("Content published"), sheet.published, _("None in this period.")),
                (_("What they received"), sheet.received, _("Nothing in this period.")),
                (_("Open promises"), sheet.promises, _("None.")),
                (_("Goals"), sheet.goals, _("None for companies like this one.")),
            )
        ],
        "words": {
            "given": _("What they gave"),
            "recognise": _("Contributions to recognise"),
            "nothing": _("Nothing in this period."),
        },
    }
