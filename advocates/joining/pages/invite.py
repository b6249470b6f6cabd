"""From qualified to invited: the first touch, the letter, and taking it back (ENR-1)."""

from typing import Any, ClassVar

from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.records.pages import OfMove
from advocacy.tenancy.models import Membership
from advocacy.web.urls import quiet_reverse, tenant_reverse
from advocacy.web.views import ActionView, FormPage
from advocates.access import require_change
from advocates.joining import invitations, selectors
from advocates.joining.forms import CultivateForm, InviteForm
from advocates.joining.lifecycle import INVITATION
from advocates.models import Advocate, ProgramInvitation
from advocates.pages import NAV_ITEM
from advocates.people.choices import AdvocateStatus
from advocates.people.lifecycle import ENROLMENT


class _AboutPerson(FormPage):
    """A form about somebody on the way in."""

    abstract: ClassVar[bool] = True
    permission: ClassVar[str] = "advocates.invite"
    nav_item: ClassVar[str] = NAV_ITEM

    @cached_property
    def person(self) -> Advocate:
        """The person in the address."""
        found = selectors.get_nominable(self.kwargs["pk"])
        if found is None:
            raise Http404
        require_change(self.actor, self.permission, found.account)
        return found

    def get_success_url(self, result: Any) -> str:
        return quiet_reverse(self.request, "advocates:detail", self.person.pk) or tenant_reverse(
            self.request, "nominations:list"
        )

    def get_cancel_url(self) -> str:
        return self.get_success_url(None)


class Cultivate(OfMove, _AboutPerson):
    """The first touch after somebody qualified (ENR-1)."""

    move = ENROLMENT["cultivate"]
    form_class = CultivateForm
    submit_label = gettext_lazy("Record it")
    subtitle = gettext_lazy(
        "Something good before anything is asked: then an invitation feels right."
    )

    def get_title(self) -> str:
        return _("Get to know %(name)s better") % {"name": self.person.name}

    def perform(self, form: Any) -> Advocate:
        return invitations.cultivate_advocate(
            actor=self.actor, advocate=self.person, touch=form.cleaned_data["touch"]
        )


class Invite(OfMove, _AboutPerson):
    """A letter from a person, into the program (ENR-1)."""

    move = ENROLMENT["invite"]
    submit_label = gettext_lazy("Send the invitation")
    subtitle = gettext_lazy(
        "They read that they were selected, what is involved, and answer on a link of their own."
    )

    def get_title(self) -> str:
        return _("Invite %(name)s into the program") % {"name": self.person.name}

    def _senders(self) -> list[Membership]:
        """Oneself, who looks after them, and the executive who stands behind them."""
        person = self.person
        found = {self.membership.pk: self.membership}
        for member in (person.account.owner, person.executive_sponsor):
            if member is not None and member.is_active:
                found.setdefault(member.pk, member)
        return list(found.values())

    def get_form(self) -> Any:
        return InviteForm(
            senders=self._senders(),
            needs_reason=self.person.status == AdvocateStatus.QUALIFIED,
            **self.get_form_kwargs(),
        )

    def perform(self, form: Any) -> ProgramInvitation:
        values = dict(form.cleaned_data)
        sender = form.senders[values.pop("sender")]
        return invitations.invite_advocate(
            actor=self.actor, advocate=self.person, sender=sender, **values
        )

    def get_success_message(self, result: Any) -> str:
        return _("The invitation is on its way to %(name)s.") % {"name": result.advocate.name}


class _InvitationPress(ActionView):
    """One press about the open invitation of a person."""

    abstract: ClassVar[bool] = True
    permission: ClassVar[str] = "advocates.invite"

    def find(self) -> ProgramInvitation:
        """The open one."""
        found = (
            ProgramInvitation.objects.select_related(
                "advocate__account", "advocate__tenant", "sender__user", "tenant"
            )
            .filter(advocate=self.kwargs["pk"])
            .order_by("-sent_at", "-id")
            .first()
        )
        if found is None:
            raise Http404
        return found

    def get_success_url(self, result: Any) -> str:
        return quiet_reverse(self.request, "advocates:detail", self.kwargs["pk"]) or tenant_reverse(
            self.request, "nominations:list"
        )


class ResendInvitation(_InvitationPress):
    """A fresh link."""

    success_message = gettext_lazy("Sent again; the link before does not work any more.")

    def perform(self) -> ProgramInvitation:
        return invitations.resend_program_invitation(actor=self.actor, invitation=self.find())


class WithdrawInvitation(OfMove, _InvitationPress):
    """Taken back before it was answered."""

    move = INVITATION["withdraw"]

    def perform(self) -> ProgramInvitation:
        return invitations.withdraw_program_invitation(actor=self.actor, invitation=self.find())
