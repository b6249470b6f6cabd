"""Pages about accounts (ACC-1, ACC-2)."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from advocacy.records.merging import merged_into
from advocacy.tenancy.models import MergedRecord
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import (
    ActionView,
    BulkAction,
    DetailPage,
    FormPage,
    ListPage,
    ModelFormPage,
    PageAction,
)
from advocates.access import may_change, require_change
from advocates.accounts import holds, identifiers, selectors, services
from advocates.accounts.filters import AccountFilter
from advocates.accounts.forms import AccountForm, HoldForm, IdentifierForm, RevenueForm
from advocates.accounts.load import asking_here, load_of
from advocates.accounts.presentation import account_subtitle, account_words, policy_words
from advocates.accounts.tables import AccountTable
from advocates.models import Account
from advocates.pages import NAV_ITEM, WithTabs, crumb, story_of
from advocates.panels import panels_for
from advocates.people.choices import ENROLLED
from advocates.segments.lifecycle import SegmentOf
from advocates.segments.saving import SavesSegments

#: People on the page; the list has them all.
_PEOPLE = 8


class AccountList(SavesSegments, WithTabs, ListPage):
    """Every account."""

    permission: ClassVar[str] = "accounts.view"
    nav_item: ClassVar[str] = NAV_ITEM
    title = gettext_lazy("Accounts")
    answer = ngettext_lazy("We know %(count)s company", "We know %(count)s companies", "n")
    tab: ClassVar[str] = "accounts:list"
    segment_of: ClassVar[str] = SegmentOf.ACCOUNTS
    table = AccountTable
    filterset = AccountFilter
    export_permission = "advocates.export"
    bulk_actions = (
        BulkAction(
            gettext_lazy("Assign owner…"), "accounts:owner-many", "accounts.edit", "user-share"
        ),
        BulkAction(
            gettext_lazy("Put on hold…"), "accounts:hold-many", "accounts.edit", "player-pause"
        ),
        BulkAction(gettext_lazy("Lift hold"), "accounts:lift-many", "accounts.edit", "player-play"),
    )
    empty_title = gettext_lazy("No accounts yet")
    empty_text = gettext_lazy(
        "Import your CRM: accounts, contacts, deals and moments from its export files."
    )
    empty_icon = "building"

    def get_queryset(self) -> QuerySet[Account]:
        return selectors.listed_accounts()

    def get_context(self) -> dict[str, Any]:
        return {**super().get_context(), "limits": selectors.health_limits()}

    def get_header_actions(self) -> list[PageAction]:
        """Add one; import many."""
        found = []
        if self.membership.can("accounts.edit"):
            found.append(
                PageAction(_("Add account"), tenant_reverse(self.request, "accounts:new"), "plus")
            )
        if self.membership.can("imports.run"):
            found.append(
                PageAction(
                    _("Import your CRM"),
                    tenant_reverse(self.request, "import"),
                    "file-import",
                    primary=True,
                )
            )
        return found


class AccountDetail(DetailPage):
    """One account: what is known, whom we know there, what happened."""

    permission: ClassVar[str] = "accounts.view"
    nav_item: ClassVar[str] = NAV_ITEM
    template_name = "accounts/detail.html"
    object: Account

    def get_object(self) -> Account:
        return selectors.get_account(self.kwargs["pk"])

    def get_merged(self) -> MergedRecord | None:
        gone = self.object.pk != self.kwargs["pk"]
        return merged_into(Account, self.kwargs["pk"]) if gone else None

    def get_context(self) -> dict[str, Any]:
        account = self.object
        limits, load = selectors.health_limits(), load_of(account)
        return {
            "crumbs": [crumb(self.request, "accounts:list", _("Accounts"))],
            "may_edit": may_change(self.membership, "accounts.edit", account),
            "may_nominate": may_change(self.membership, "nominations.submit", account),
            "may_add_people": may_change(self.membership, "advocates.edit", account),
            "page_subtitle": account_subtitle(account),
            "words": account_words(account, limits),
            "policy": policy_words(account),
            "band": limits.band(account.health),
            "hold": selectors.hold_of(account),
            **self._people(),
            "load": load,
            "shows_activities": self.membership.can("activities.view"),
            "here": asking_here(account, load),
            "face": "",
            "more_links": self._links(),
            "revenue": list(account.revenue_events.all()[:20]),
            "identifiers": list(account.identifiers.order_by("source", "external_id")[:20]),
            "products": selectors.tag_names(account, "product"),
            "use_cases": selectors.tag_names(account, "use_case"),
            "panels": panels_for("account", account, self.membership),
            **story_of(account, self.request),
        }

    def _links(self) -> list[tuple[str, str, str]]:
        account, member = self.object, self.membership
        return [
            (label, tenant_reverse(self.request, f"accounts:{name}", account.pk), icon)
            for label, name, icon, may in (
                (_("Edit"), "edit", "pencil", may_change(member, "accounts.edit", account)),
                (_("Merge"), "merge", "arrows-join", member.can("records.merge")),
            )
            if may
        ]

    def _people(self) -> dict[str, Any]:
        """Who is known there, the first of them by name."""
        people = list(selectors.people_at(self.object)[: _PEOPLE + 1])
        enrolled = sum(person.status in ENROLLED for person in people)
        return {
            "people": people[:_PEOPLE],
            "more_people": len(people) > _PEOPLE,
            "people_words": ngettext(
                "%(count)d in the program", "%(count)d in the program", enrolled
            )
            % {"count": enrolled},
        }


class _AccountForm(ModelFormPage):
    """What adding and changing have in common."""

    abstract: ClassVar[bool] = True
    permission: ClassVar[str] = "accounts.edit"
    nav_item: ClassVar[str] = NAV_ITEM
    form_class = AccountForm
    form_template = "advocates/form_body.html"

    def get_success_url(self, result: Any) -> str:
        return tenant_reverse(self.request, "accounts:detail", result.pk)


class AccountNew(_AccountForm):
    """Add an account by hand."""

    title = gettext_lazy("Add account")
    edits = False
    submit_label = gettext_lazy("Add account")
    success_message = gettext_lazy("Added.")

    def perform(self, form: Any) -> Account:
        return services.create_account(actor=self.actor, **form.cleaned_data)

    def get_cancel_url(self) -> str:
        return tenant_reverse(self.request, "accounts:list")


class AccountEdit(_AccountForm):
    """Change an account."""

    success_message = gettext_lazy("Saved.")

    def get_object(self) -> Account:
        """The account, if this member may change it."""
        account = selectors.get_account(self.kwargs["pk"])
        require_change(self.actor, "accounts.edit", account)
        return account

    def get_title(self) -> str:
        return _("Change %(account)s") % {"account": self.object}

    def perform(self, form: Any) -> Account:
        return services.update_account(actor=self.actor, account=self.object, **form.cleaned_data)

    def get_cancel_url(self) -> str:
        return tenant_reverse(self.request, "accounts:detail", self.kwargs["pk"])


class _AboutAccount(FormPage):
    """A small form about one account."""

    abstract: ClassVar[bool] = True
    permission: ClassVar[str] = "accounts.edit"
    nav_item: ClassVar[str] = NAV_ITEM
    object: Any

    def get_form_kwargs(self) -> dict[str, Any]:
        self.object = selectors.get_account(self.kwargs["pk"])
        require_change(self.actor, self.permission, self.object)
        return super().get_form_kwargs()

    def get_success_url(self, result: Any) -> str:
        return tenant_reverse(self.request, "accounts:detail", self.kwargs["pk"])

    def get_cancel_url(self) -> str:
        return self.get_success_url(None)


class AccountHold(_AboutAccount):
    """Put an account on hold (ACC-2)."""

    form_class = HoldForm
    submit_label = gettext_lazy("Put on hold")
    success_message = gettext_lazy("On hold. Nobody there is asked for anything.")
    subtitle = gettext_lazy("Nobody there is asked for anything until the hold ends.")

    def get_title(self) -> str:
        return _("Put %(account)s on hold") % {"account": self.object}

    def perform(self, form: Any) -> Any:
        return holds.hold_account(actor=self.actor, account=self.object, **form.cleaned_data)


class LiftHold(ActionView):
    """End the hold of an account now (ACC-2)."""

    permission: ClassVar[str] = "accounts.edit"
    success_message = gettext_lazy("The hold is lifted.")

    def perform(self) -> Any:
        account = selectors.get_account(self.kwargs["pk"])
        require_change(self.actor, "accounts.edit", account)
        hold = selectors.hold_of(account)
        if hold is None:
            raise holds.not_on_hold(account)
        return holds.lift_hold(actor=self.actor, hold=hold)

    def get_success_url(self, result: Any) -> str:
        return tenant_reverse(self.request, "accounts:detail", self.kwargs["pk"])


class AddRevenue(_AboutAccount):
    """Record a renewal, an expansion or churn (ACC-1)."""

    form_class = RevenueForm
    title = gettext_lazy("Record a change of the contract")
    success_message = gettext_lazy("Recorded.")

    def get_initial(self) -> dict[str, Any]:
        """In the account's currency, else the tenant's."""
        return {"currency": self.object.currency or self.tenant.currency}

    def perform(self, form: Any) -> Any:
        return holds.record_revenue(actor=self.actor, account=self.object, **form.cleaned_data)


class AddIdentifier(_AboutAccount):
    """Write down an id in another system (ACC-1)."""

    form_class = IdentifierForm
    title = gettext_lazy("Add an id in another system")
    success_message = gettext_lazy("Recorded. Imports find the account by it.")

    def perform(self, form: Any) -> Any:
        return identifiers.add_identifier(
            actor=self.actor, account=self.object, **form.cleaned_data
        )


class RemoveIdentifier(ActionView):
    """Take away an id written down in error (ACC-1)."""

    permission: ClassVar[str] = "accounts.edit"
    success_message = gettext_lazy("Removed.")

    def perform(self) -> Any:
        identifier = selectors.get_identifier(self.kwargs["pk"], self.kwargs["identifier"])
        return identifiers.remove_identifier(actor=self.actor, identifier=identifier)

    def get_success_url(self, result: Any) -> str:
        return tenant_reverse(self.request, "accounts:detail", self.kwargs["pk"])
