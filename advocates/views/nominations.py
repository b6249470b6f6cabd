"""Pages about nominations and invitations: propose, decide, invite (IDN-2, ENR-1)."""

import uuid
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.tenancy.models import Membership
from advocacy.web.tables import Column, Table
from advocacy.web.urls import quiet_reverse, tenant_reverse
from advocacy.web.views import (
    ActionView,
    DetailPage,
    FormPage,
    ListPage,
    MemberView,
    PageAction,
)
from advocates.forms.nominations import (
    AcceptForm,
    CultivateForm,
    InviteForm,
    NominationForm,
    ReturnForm,
)
from advocates.models import Account, Advocate, Nomination, ProgramInvitation
from advocates.selectors import nominations as selectors
from advocates.selectors.criteria import criteria_of, needs_override
from advocates.services import invitations, nominations
from advocates.services.access import may_change, require_change
from advocates.states import AdvocateStatus, NominationState
from advocates.views.common import PLACE, WithTabs, tabs


class NominationTable(Table):
    """Who, by whom, since when, what became of it."""

    columns = (
        Column(
            "advocate",
            gettext_lazy("Nominated"),
            value="advocate.name",
            sort=("advocate__last_name", "advocate__first_name"),
            template="advocates/nominations/cell_person.html",
            url=lambda row, request: tenant_reverse(request, "nominations:detail", row.pk),
        ),
        Column("reasons", gettext_lazy("Why"), value=lambda row: _first_words(row.reasons)),
        Column(
            "by", gettext_lazy("By"), value="nominated_by.name", sort="nominated_by__user__name"
        ),
        Column(
            "created_at",
            gettext_lazy("When"),
            sort="created_at",
            template="components/cells/since.html",
        ),
        Column(
            "state",
            gettext_lazy("State"),
            sort="state",
            template="advocates/nominations/cell_state.html",
        ),
    )
    default_sort = "-created_at"

    def title(self, row: Any) -> str:
        """Whose."""
        return str(row.advocate)


def _first_words(text: str) -> str:
    return text if len(text) <= 120 else text[:120].rsplit(" ", 1)[0] + "…"


class MyNominations(WithTabs, ListPage):
    """What a member nominated, and what became of it."""

    permission: ClassVar[str] = "nominations.submit"
    place: ClassVar[str] = PLACE
    title = gettext_lazy("My nominations")
    table = NominationTable
    tab: ClassVar[str] = "nominations:list"
    template_name = "advocates/nominations/list.html"
    export_permission = ""
    empty_title = gettext_lazy("Nobody nominated yet")
    empty_text = gettext_lazy(
        "You know who is happy and likes to help. Nominating takes twenty seconds, and you hear"
        " what becomes of it."
    )
    empty_icon = "user-up"

    def get_queryset(self) -> QuerySet[Nomination]:
        """Own ones."""
        return selectors.my_nominations(self.membership)

    def get_header_actions(self) -> list[PageAction]:
        """Nominate."""
        url = tenant_reverse(self.request, "nominations:new")
        return [PageAction(_("Nominate"), url, "user-up", primary=True)]

    def get_context(self) -> dict[str, Any]:
        """The place's tabs, and below them whose nominations."""
        place = "nominations:list"
        if self.membership.can("nominations.decide"):
            place = "nominations:to-decide"
        return {
            "tabs": tabs(self.request, place),
            "segments": [
                {
                    "url": tenant_reverse(self.request, name),
                    "label": label,
                    "active": name == self.tab,
                }
                for name, label, permission in (
                    ("nominations:to-decide", _("To decide"), "nominations.decide"),
                    ("nominations:list", _("Mine"), "nominations.submit"),
                    ("nominations:all", _("All"), "nominations.decide"),
                )
                if self.membership.can(permission)
            ],
        }


class ToDecide(MyNominations):
    """What waits for a decision."""

    permission: ClassVar[str] = "nominations.decide"
    title = gettext_lazy("Nominations to decide")
    tab: ClassVar[str] = "nominations:to-decide"
    empty_title = gettext_lazy("Nothing to decide")
    empty_text = gettext_lazy("Colleagues' nominations wait here for your yes or no.")

    def get_queryset(self) -> QuerySet[Nomination]:
        """Open ones."""
        return selectors.open_nominations()


class AllNominations(MyNominations):
    """Everything that was ever nominated."""

    permission: ClassVar[str] = "nominations.decide"
    title = gettext_lazy("All nominations")
    tab: ClassVar[str] = "nominations:all"

    def get_queryset(self) -> QuerySet[Nomination]:
        """All."""
        return selectors.listed_nominations()


def _crumbs(request: HttpRequest) -> list[tuple[str, str]]:
    advocates = quiet_reverse(request, "advocates:list")
    return [(advocates, _("Advocates"))] if advocates else []


class Nominate(FormPage):
    """Who and why, with the criteria beside it; done in twenty seconds (IDN-2)."""

    permission: ClassVar[str] = "nominations.submit"
    place: ClassVar[str] = PLACE
    form_class = NominationForm
    form_template = "advocates/nominations/nominate.html"
    title = gettext_lazy("Nominate for the program")
    subtitle = gettext_lazy("The program looks at it, and you hear what becomes of it.")
    submit_label = gettext_lazy("Nominate")

    def _id(self, name: str) -> uuid.UUID | None:
        try:
            return uuid.UUID(self.request.GET.get(name, ""))
        except ValueError:
            return None

    @cached_property
    def _people(self) -> list[Advocate]:
        """The person in the address alone; people of the account in the address; own people."""
        if pk := self._id("advocate"):
            person = selectors.get_nominable(pk)
            if person is None:
                raise Http404
            require_change(self.actor, self.permission, person.account)
            return [person]
        account = None
        if pk := self._id("account"):
            account = Account.objects.filter(pk=pk).first()
            if account is None:
                raise Http404
        return list(selectors.nominable_people(self.membership, account=account))

    def get_form_kwargs(self) -> dict[str, Any]:
        """With the people to choose from."""
        return {**super().get_form_kwargs(), "people": self._people}

    def get_form(self) -> Any:
        """Choosing somebody else shows what is known of them."""
        form = super().get_form()
        form.fields["advocate"].widget.attrs |= {
            "hx-get": tenant_reverse(self.request, "nominations:criteria"),
            "hx-trigger": "change",
            "hx-target": "#criteria",
            "hx-swap": "innerHTML",
        }
        return form

    def get_context(self) -> dict[str, Any]:
        """The way back."""
        return {
            "crumbs": [
                *_crumbs(self.request),
                (tenant_reverse(self.request, "nominations:list"), _("Nominations")),
            ],
            "has_people": bool(self._people),
            "cut_off": len(self._people) >= selectors.MOST_PEOPLE,
            "criteria": criteria_of(self.object) if self.object else [],
            "candidates_url": quiet_reverse(self.request, "advocates:candidates"),
        }

    def show(self, form: Any, status: int = 200) -> HttpResponse:
        """With the criteria of whoever is chosen."""
        self.object = form.chosen()
        return super().show(form, status)

    def perform(self, form: Any) -> Nomination:
        """Nominate."""
        return nominations.nominate_advocate(
            actor=self.actor, advocate=form.chosen(), reasons=form.cleaned_data["reasons"]
        )

    def get_success_message(self, result: Any) -> str:
        """Whom."""
        return _("%(name)s is nominated. You hear what becomes of it.") % {
            "name": result.advocate.name
        }

    def get_success_url(self, result: Any) -> str:
        """The nomination."""
        return tenant_reverse(self.request, "nominations:detail", result.pk)

    def get_cancel_url(self) -> str:
        """The list."""
        return tenant_reverse(self.request, "nominations:list")


class CriteriaFragment(MemberView):
    """The criteria of the person just chosen in the form."""

    permission: ClassVar[str] = "nominations.submit"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Nothing for a person this member may not nominate."""
        try:
            pk = uuid.UUID(request.GET.get("advocate", ""))
        except ValueError:
            return HttpResponse("")
        person = selectors.get_nominable(pk)
        if person is None or not may_change(self.membership, self.permission, person.account):
            return HttpResponse("")
        context = {"criteria": criteria_of(person)}
        return render(request, "advocates/nominations/criteria.html", context)


class NominationDetail(DetailPage):
    """Why, the facts, and what became of it."""

    permission: ClassVar[str] = "nominations.submit"
    place: ClassVar[str] = PLACE
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
            "crumbs": [
                *_crumbs(self.request),
                (tenant_reverse(self.request, "nominations:list"), _("Nominations")),
            ],
            "criteria": criteria,
            "unmet": len(needs_override(criteria)),
            "may_decide": is_open and member.can("nominations.decide"),
            "may_withdraw": is_open and (mine or member.can("nominations.decide")),
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
    place: ClassVar[str] = PLACE

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
            "colleague": result.nominated_by.name,
        }


class Return(_Decision):
    """Not now, and why."""

    form_class = ReturnForm
    submit_label = gettext_lazy("Return")

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
        return _("Returned; %(colleague)s hears why by mail.") % {
            "colleague": result.nominated_by.name
        }


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


class _AboutPerson(FormPage):
    """A form about somebody on the way in."""

    abstract: ClassVar[bool] = True
    permission: ClassVar[str] = "advocates.invite"
    place: ClassVar[str] = PLACE

    @cached_property
    def person(self) -> Advocate:
        """The person in the address."""
        found = selectors.get_nominable(self.kwargs["pk"])
        if found is None:
            raise Http404
        require_change(self.actor, self.permission, found.account)
        return found

    def get_success_url(self, result: Any) -> str:
        """The person's page."""
        return quiet_reverse(self.request, "advocates:detail", self.person.pk) or tenant_reverse(
            self.request, "nominations:list"
        )

    def get_cancel_url(self) -> str:
        """Back to them."""
        return self.get_success_url(None)


class Cultivate(_AboutPerson):
    """The first touch after somebody qualified (ENR-1)."""

    form_class = CultivateForm
    submit_label = gettext_lazy("Record it")
    success_message = gettext_lazy("Recorded. The invitation can follow when the time is right.")
    subtitle = gettext_lazy(
        "Something good before anything is asked: then an invitation feels right."
    )

    def get_title(self) -> str:
        """Whose."""
        return _("Get to know %(name)s better") % {"name": self.person.name}

    def perform(self, form: Any) -> Advocate:
        """Record it."""
        return invitations.cultivate_advocate(
            actor=self.actor, advocate=self.person, touch=form.cleaned_data["touch"]
        )


class Invite(_AboutPerson):
    """A letter from a person, into the program (ENR-1)."""

    submit_label = gettext_lazy("Send the invitation")
    subtitle = gettext_lazy(
        "They read that they were selected, what is involved, and answer on a link of their own."
    )

    def get_title(self) -> str:
        """Whom."""
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
        """With the colleagues it can come from."""
        return InviteForm(
            senders=self._senders(),
            needs_reason=self.person.status == AdvocateStatus.QUALIFIED,
            **self.get_form_kwargs(),
        )

    def perform(self, form: Any) -> ProgramInvitation:
        """Invite."""
        values = dict(form.cleaned_data)
        sender = form.senders[values.pop("sender")]
        return invitations.invite_advocate(
            actor=self.actor, advocate=self.person, sender=sender, **values
        )

    def get_success_message(self, result: Any) -> str:
        """From whom."""
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
        """The person's page."""
        return quiet_reverse(self.request, "advocates:detail", self.kwargs["pk"]) or tenant_reverse(
            self.request, "nominations:list"
        )


class ResendInvitation(_InvitationPress):
    """A fresh link."""

    success_message = gettext_lazy("Sent again; the link before does not work any more.")

    def perform(self) -> ProgramInvitation:
        """Send it again."""
        return invitations.resend_program_invitation(actor=self.actor, invitation=self.find())


class WithdrawInvitation(_InvitationPress):
    """Taken back before it was answered."""

    success_message = gettext_lazy("The invitation is withdrawn.")

    def perform(self) -> ProgramInvitation:
        """Withdraw it."""
        return invitations.withdraw_program_invitation(actor=self.actor, invitation=self.find())
