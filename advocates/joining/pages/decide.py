"""One nomination: why, the facts, the decision, and what became of it (IDN-2)."""

from typing import Any, ClassVar

from django.utils.translation import gettext as _

from advocacy.records.pages import MoveForm, RecordPage
from advocacy.records.several import MoveManyForm
from advocacy.tenancy.delegation import answers_for
from advocacy.web.urls import quiet_reverse, tenant_reverse
from advocacy.web.views import ActionView, FormPage
from advocates.access import may_change
from advocates.joining import selectors
from advocates.joining import services as nominations
from advocates.joining.choices import NominationState
from advocates.joining.criteria import criteria_of, needs_override
from advocates.joining.forms import AcceptForm, ReturnForm
from advocates.joining.pages.lists import crumbs
from advocates.models import Nomination


class NominationDetail(RecordPage):
    """Why, the facts, and what became of it."""

    abstract: ClassVar[bool] = True
    template_name = "advocates/nominations/detail.html"
    panel_template: ClassVar[str] = "advocates/nominations/side_panel.html"
    object: Nomination

    def get_title(self) -> str:
        return _("Nomination of %(name)s") % {"name": self.object.advocate.name}

    def get_context(self) -> dict[str, Any]:
        """The criteria as they stand now, and the steps."""
        nomination, member = self.object, self.membership
        criteria = criteria_of(nomination.advocate)
        moves = self.get_moves()
        offered = {move.name for move, _url in moves}
        is_open = nomination.state == NominationState.SUBMITTED
        mine = nomination.nominated_by_id in answers_for(member)
        return {
            "crumbs": crumbs(self.request),
            "criteria": criteria,
            "unmet": len(needs_override(criteria)),
            "moves": moves,
            "may_decide": "accept" in offered,
            "may_withdraw": "withdraw" in offered,
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


class Accept(MoveForm):
    """The person qualifies; why, where a criterion is not met."""

    abstract: ClassVar[bool] = True
    form_class = AcceptForm

    def get_title(self) -> str:
        return _("Accept the nomination of %(name)s") % {"name": self.row.advocate.name}

    def get_form_kwargs(self) -> dict[str, Any]:
        """A reason is asked for only if one is needed."""
        unmet = needs_override(criteria_of(self.row.advocate))
        return {**FormPage.get_form_kwargs(self), "unmet": unmet}

    def get_success_message(self, result: Any) -> str:
        return _("%(name)s qualifies; %(colleague)s hears of it by mail.") % {
            "name": result.advocate.name,
            "colleague": result.nominator,
        }


class Return(MoveForm):
    """Not now, and why."""

    abstract: ClassVar[bool] = True
    form_class = ReturnForm

    def get_title(self) -> str:
        return _("Return the nomination of %(name)s") % {"name": self.row.advocate.name}

    def get_form_kwargs(self) -> dict[str, Any]:
        person = self.row.advocate.first_name if self.row.is_own else ""
        return {**FormPage.get_form_kwargs(self), "person": person}

    def get_success_message(self, result: Any) -> str:
        return _("Returned; %(colleague)s hears why by mail.") % {"colleague": result.nominator}


class AcceptMany(MoveManyForm):
    """Several qualify; the same reason stands wherever a criterion is not met."""

    abstract: ClassVar[bool] = True

    def get_form_kwargs(self) -> dict[str, Any]:
        criteria = (criteria_of(row.advocate) for row in self.ticked())
        unmet = [item for found in criteria for item in needs_override(found)]
        return {**super().get_form_kwargs(), "unmet": unmet[:1] if unmet else []}

    def get_form(self) -> Any:
        form = super().get_form()
        if "override_reason" in form.fields:
            form.fields["override_reason"].help_text = _(
                "Kept with each of them of whom a criterion is not met; without it these stay."
            )
        return form


class ReturnMany(MoveManyForm):
    """Not now; each hears the same reason."""

    abstract: ClassVar[bool] = True

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "person": ""}


class Acknowledge(ActionView):
    """Read; it leaves the queue."""

    permission: ClassVar[str] = "nominations.submit"

    def perform(self) -> Nomination:
        nomination = selectors.get_nomination(self.kwargs["pk"], self.membership)
        return nominations.acknowledge_nomination(actor=self.actor, nomination=nomination)

    def get_success_url(self, result: Any) -> str:
        return tenant_reverse(self.request, "nominations:list")
