"""The community pool in a browser: who is in it, an agreement, an offer, an invitation (TIER-9)."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from advocacy.records.pages import RecordForm, RecordPage
from advocacy.web import formatting
from advocacy.web.forms import TenantModelForm
from advocacy.web.tables import Column, Table
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import FormPage
from advocates.access import may_change, require_change
from advocates.changes import tenant_today
from advocates.forms import DateInput, PersonPicker
from advocates.models import ActivityType, PoolInvitation, PoolMembership
from advocates.pages import NAV_ITEM, RecordListWithTabs
from advocates.people import selectors as people
from advocates.pool import selectors, services
from advocates.pool.inviting import invite_pool_member, may_be_offered
from advocates.pool.lifecycle import PoolState
from advocates.pool.mails import offer_letter
from advocates.program.catalogue.choices import Effort


class AgreementForm(TenantModelForm):
    """Who agreed, when, and what they said."""

    class Meta:
        model = PoolMembership
        fields = ("advocate", "agreed_on", "evidence")
        field_classes: ClassVar[dict[str, Any]] = {"advocate": PersonPicker}
        widgets: ClassVar[dict[str, Any]] = {"agreed_on": DateInput()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("agreed_on", "evidence"):
            self.fields[name].required = True
        self.fields["evidence"].help_text = _("Such as: said so at the user meeting in Lyon.")


class InviteForm(forms.Form):
    """Something small, in one's own words."""

    activity_type = forms.ModelChoiceField(
        label=gettext_lazy("What"), queryset=ActivityType.objects.all()
    )
    message = forms.CharField(
        label=gettext_lazy("In your words"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy(
            "What it is, why you thought of them, what happens with it. Greeting, the time it takes"
            " and the way out of the pool stand around it."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["activity_type"]
        small = ActivityType.objects.filter(is_on=True, effort=Effort.LOW, is_reference=False)
        fitting = [each.pk for each in small if may_be_offered(each)]
        kind.queryset = small.filter(pk__in=fitting)


class PoolTable(Table):
    """Who, since when and from where they agreed, when they were invited last."""

    columns: ClassVar[Sequence[Column]] = (
        Column(
            "advocate",
            gettext_lazy("Who"),
            value="advocate.name",
            sort=("advocate__last_name", "advocate__first_name"),
            url=lambda row, request: tenant_reverse(request, "pool:detail", row.pk),
        ),
        Column("account", gettext_lazy("Account"), value="advocate.account.name"),
        Column("source", gettext_lazy("Agreement came from"), value="get_source_display"),
        Column("agreed_on", gettext_lazy("Agreed on"), sort="agreed_on"),
        Column(
            "last_invited_at",
            gettext_lazy("Last invited"),
            template="components/cells/since.html",
            phone=False,
        ),
        Column(
            "state", gettext_lazy("State"), sort="state", template="components/cells/state.html"
        ),
        Column("created_at", gettext_lazy("Since"), sort="created_at", hidden=True),
    )
    default_sort: ClassVar[str] = "-created_at"


class PoolList(RecordListWithTabs):
    """Who is in the pool, was offered it, or left it."""

    abstract: ClassVar[bool] = True
    answer = ngettext_lazy(
        "%(count)s person is or was in the community pool",
        "%(count)s people are or were in the community pool",
        "n",
    )


def facts_of(place: PoolMembership) -> list[tuple[Any, Any]]:
    """Names and values."""
    facts: list[tuple[Any, Any]] = [
        (_("Who"), place.advocate.name),
        (_("Account"), place.advocate.account.name),
        (_("Agreement came from"), place.get_source_display()),
    ]
    if place.agreed_on:
        facts.append((_("Agreed on"), place.agreed_on))
    if place.evidence:
        facts.append((_("What they said, and where"), place.evidence))
    if place.ended_at:
        facts.append((_("Until"), place.ended_at))
    facts += [
        (
            _("Invited to"),
            _("%(what)s, %(when)s by %(name)s")
            % {
                "what": sent.activity_type.name,
                "when": formatting.since(sent.sent_at),
                "name": sent.sender.name,
            },
        )
        for sent in selectors.invitations_of(place.advocate)[:10]
    ]
    if place.state == PoolState.MEMBER and (day := selectors.next_invitation_on(place.advocate)):
        facts.append(
            (_("The next invitation"), _("from %(day)s on") % {"day": formatting.day(day)})
        )
    return facts


class PoolPlace(RecordPage):
    """One place, with the way to invite."""

    abstract: ClassVar[bool] = True
    template_name = "advocates/pool/detail.html"

    def get_title(self) -> str:
        return str(self.row.advocate.name)

    def get_context(self) -> dict[str, Any]:
        place = self.row
        may = may_change(self.membership, "pool.edit", place.advocate.account)
        return {
            **super().get_context(),
            "page_subtitle": place.advocate.account.name,
            "person_url": tenant_reverse(self.request, "advocates:detail", place.advocate_id),
            "invite_url": self.url("invite", place.pk)
            if may
            and place.state == PoolState.MEMBER
            and selectors.next_invitation_on(place.advocate) is None
            else "",
        }


class NewAgreement(RecordForm):
    """Somebody told a colleague that they would like to hear from us."""

    abstract: ClassVar[bool] = True

    def get_initial(self) -> dict[str, Any]:
        return {"agreed_on": tenant_today(), **super().get_initial()}


class Invite(FormPage):
    """A small thing for one member of the pool."""

    permission: ClassVar[str] = "pool.edit"
    nav_item: ClassVar[str] = NAV_ITEM
    form_class = InviteForm
    submit_label = gettext_lazy("Send")
    subtitle = gettext_lazy("One person, one small thing, and seldom.")

    @cached_property
    def place(self) -> PoolMembership:
        """The place in the address."""
        found = selectors.listed_places(self.membership).filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404
        require_change(self.actor, self.permission, found.advocate.account)
        return found

    def get_title(self) -> str:
        return _("Invite %(name)s to something small") % {"name": self.place.advocate.name}

    def perform(self, form: Any) -> PoolInvitation:
        return invite_pool_member(actor=self.actor, place=self.place, **form.cleaned_data)

    def get_success_url(self, result: Any) -> str:
        return tenant_reverse(self.request, "pool:detail", self.place.pk)

    def get_cancel_url(self) -> str:
        return self.get_success_url(None)

    def get_success_message(self, result: Any) -> str:
        return _("On its way to %(name)s.") % {"name": result.advocate.name}


class Offer(FormPage):
    """Ask somebody by mail whether they would like to hear from us; the mail is read before."""

    permission: ClassVar[str] = "pool.edit"
    nav_item: ClassVar[str] = NAV_ITEM
    form_class = forms.Form
    form_template = "advocates/pool/offer_body.html"
    submit_label = gettext_lazy("Send")
    subtitle = gettext_lazy("They answer with one press, and hear nothing more without a yes.")

    def get_form(self) -> Any:
        self.object = people.get_advocate(self.kwargs["pk"])
        require_change(self.actor, self.permission, self.object.account)
        return super().get_form()

    def get_title(self) -> str:
        return _("Offer %(name)s the community pool") % {"name": self.object.name}

    def get_context(self) -> dict[str, Any]:
        letter = offer_letter(self.object, self.membership)
        return {"letter_subject": letter.subject, "letter_text": str(letter.text)}

    def perform(self, form: Any) -> PoolMembership:
        return services.offer_pool(actor=self.actor, advocate=self.object)

    def get_success_url(self, result: Any) -> str:
        return tenant_reverse(self.request, "advocates:detail", self.kwargs["pk"])

    def get_cancel_url(self) -> str:
        return self.get_success_url(None)

    def get_success_message(self, result: Any) -> str:
        return _("Offered to %(name)s by mail.") % {"name": result.advocate.name}
