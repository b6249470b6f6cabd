"""One nomination: why, the facts, the decision, and what became of it (IDN-2)."""

from typing import Any, ClassVar

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.web.urls import quiet_reverse, tenant_reverse
from advocacy.web.views import ActionView, DetailPage, FormPage
from advocates.access import may_change
from advocates.joining import selectors
from advocates.joining import services as nominations
from advocates.joining.choices import NominationState
from advocates.joining.criteria import criteria_of, needs_override
from advocates.joining.forms import AcceptForm, ReturnForm
from advocates.joining.pages.lists import crumbs
from advocates.models import Nomination
from advocates.pages import NAV_ITEM


class NominationDetail(DetailPage):
    """Why, the facts, and what became of it."""

    permission: ClassVar[str] = "nominations.submit"
    nav_item: ClassVar[str] = NAV_ITEM
    template_name = "advocates/nominations/detail.html"
    panel_template: ClassVar[str] = "advocates/nominations/side_panel.html"
    object: Nomination

    def get_object(self) -> Nomination:
        """For those who may see it."""
        return selectors.get_nomination(self.kwargs["pk"], self.membership)

    def get_title(self) -> str:
        """Whom."""
        return _("Nomination of %(name)s") % {"name": self.object.advocate.name}

    def get_context(self) -> dict[str, Any]:
        """The criteria as they stand now, and the steps."""
        nomination, member = self.object, self.membership
        criteria = criteria_of(nomination.advocate)
        is_open = nomination.state == NominationState.SUBMITTED
        mine = nomination.nominated_by_id == member.pk
        return {
            "crumbs": crumbs(self.request),
            "criteria": criteria,
            "unmet": len(needs_override(criteria)),
            "may_decide": is_open and member.can("nominations.decide"),
            "may_withdraw": is_open
            and not nomination.is_own
            and (mine or member.can("nominations.decide")),
            "earlier": selectors.earlier_nominations(nomination),
            "may_acknowledge": mine and not is_open and nomination.seen_at is None,
            "may_invite": nomination.advocate.status in selectors.INVITABLE
            and may_change(member, "advocates.invite", nomination.advocate.account),
            "again": mine
            and nomination.state in (NominationState.RETURNED, NominationState.WITHDRAWN)
            and selectors.may_nominate(nomination.advocate),
            "person_url": quiet_reverse(self.request, "advocates:detail", nomination.advocate_id)
            if member.can("advocates.view")
            else None,
        }


class _Decision(FormPage):
    """A yes or a no."""

    abstract: ClassVar[bool] = True
    permission: ClassVar[str] = "nominations.decide"
    nav_item: ClassVar[str] = NAV_ITEM

    @cached_property
    def nomination(self) -> Nomination:
        """The one in the address."""
        return selectors.get_nomination(self.kwargs["pk"], self.membership)

    def get_success_url(self, result: Any) -> str:
        """The nomination, with the next step."""
        return tenant_reverse(self.request, "nominations:detail", self.nomination.pk)

    def get_cancel_url(self) -> str:
        """Back."""
        return self.get_success_url(None)


class Accept(_Decision):
    """The person qualifies; why, where a criterion is not met."""

    submit_label = gettext_lazy("Accept")

    def get_title(self) -> str:
        """Whom."""
        return _("Accept the nomination of %(name)s") % {"name": self.nomination.advocate.name}

    def get_form(self) -> Any:
        """Asks for a reason only if one is needed."""
        unmet = needs_override(criteria_of(self.nomination.advocate))
        form = AcceptForm(needs_override=bool(unmet), **self.get_form_kwargs())
        if unmet:
            form.fields["override_reason"].help_text = " ".join(item.fact for item in unmet)
        return form

    def perform(self, form: Any) -> Nomination:
        """Accept."""
        return nominations.accept_nomination(
            actor=self.actor, nomination=self.nomination, **form.cleaned_data
        )

    def get_success_message(self, result: Any) -> str:
        """Who hears of it."""
        return _("%(name)s qualifies; %(colleague)s hears of it by mail.") % {
            "name": result.advocate.name,
            "colleague": result.nominator,
        }


class Return(_Decision):
    """Not now, and why."""

    submit_label = gettext_lazy("Return")

    def get_form(self) -> Any:
        """The person reads other words than a colleague."""
        person = self.nomination.advocate.first_name if self.nomination.is_own else ""
        return ReturnForm(person=person, **self.get_form_kwargs())

    def get_title(self) -> str:
        """Whom."""
        return _("Return the nomination of %(name)s") % {"name": self.nomination.advocate.name}

    def perform(self, form: Any) -> Nomination:
        """Return."""
        return nominations.return_nomination(
            actor=self.actor, nomination=self.nomination, **form.cleaned_data
        )

    def get_success_message(self, result: Any) -> str:
        """Who hears of it."""
        return _("Returned; %(colleague)s hears why by mail.") % {"colleague": result.nominator}


class _Press(ActionView):
    """One press about a nomination."""

    abstract: ClassVar[bool] = True
    permission: ClassVar[str] = "nominations.submit"

    def find(self) -> Nomination:
        """The one in the address."""
        return selectors.get_nomination(self.kwargs["pk"], self.membership)

    def get_success_url(self, result: Any) -> str:
        """The nomination."""
        return tenant_reverse(self.request, "nominations:detail", self.kwargs["pk"])


class Withdraw(_Press):
    """Taken back."""

    success_message = gettext_lazy("Taken back.")

    def perform(self) -> Nomination:
        """Withdraw."""
        return nominations.withdraw_nomination(actor=self.actor, nomination=self.find())


class Acknowledge(_Press):
    """Read; it leaves the queue."""

    def perform(self) -> Nomination:
        """Mark it."""
        return nominations.acknowledge_nomination(actor=self.actor, nomination=self.find())

    def get_success_url(self, result: Any) -> str:
        """The list."""
        return tenant_reverse(self.request, "nominations:list")
