"""Briefings in the browser: to read, to print, to write otherwise, and that it is done (FUL-2)."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.duties.lifecycle import DutyState
from activities.duties.models import Duty
from advocacy import clock
from advocacy.records.pages import OfResource, RecordForm, RecordPage
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import NotAllowed
from advocacy.tenancy.models import Membership
from advocacy.web.forms import TenantModelForm
from advocacy.web.tables import Column, Table
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import ActionView
from requests.briefings import services
from requests.briefings.choices import Side
from requests.briefings.contents import TEXTS, language_for, sheet_of, texts_of
from requests.briefings.models import Briefing
from requests.briefings.selectors import STEP_OF, duty_of, listed_briefings
from requests.requests.presentation import title_of


def about_of(briefing: Briefing) -> str:
    """Which request."""
    request = briefing.ask.request
    return f"{request.reference} · {title_of(request)}"


class BriefingForm(TenantModelForm):
    """Every text that can be written otherwise; it begins with what stands there now."""

    class Meta:
        model = Briefing
        fields: ClassVar[Sequence[str]] = TEXTS
        widgets: ClassVar[dict[str, Any]] = {
            name: forms.Textarea(attrs={"rows": 3 if name in ("note", "why") else 5})
            for name in TEXTS
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        with translation.override(language_for(self.instance)):
            made = texts_of(self.instance)
        for name in TEXTS:
            self.initial[name] = self.initial.get(name) or made[name]


class BriefingTable(Table):
    """For what, for whom, when."""

    columns: ClassVar[Sequence[Column]] = (
        Column(
            "request",
            gettext_lazy("For"),
            value=about_of,
            sort="ask__request__number",
            url=lambda row, request: tenant_reverse(request, "briefings:detail", row.pk),
        ),
        Column("side", gettext_lazy("For whom"), value="get_side_display", sort="side"),
        Column(
            "starts",
            gettext_lazy("Call"),
            value="ask.activity.starts_at",
            sort="ask__activity__starts_at",
        ),
        Column("sent_at", gettext_lazy("Mailed"), sort="sent_at", phone=False),
    )
    default_sort: ClassVar[str] = "-request"


def may_change(membership: Membership, briefing: Briefing) -> bool:
    """Whether a member may write it otherwise."""
    try:
        services.permit_briefing(Actor.member(membership), briefing)
    except NotAllowed:
        return False
    return True


class BriefingPage(RecordPage):
    """One side's, as it is read."""

    abstract = True
    template_name = "requests/briefing.html"
    panel_template = "requests/briefing_panel.html"

    def get_title(self) -> str:
        side = self.row.side
        return _("Briefing the advocate") if side == Side.ADVOCATE else _("Briefing the prospect")

    def get_context(self) -> dict[str, Any]:
        row, request = self.row, self.row.ask.request
        found = super().get_context()
        duty = duty_of(row)
        if not may_change(self.membership, row):
            found["edit_url"] = ""
        found["crumbs"] = [
            (tenant_reverse(self.request, "requests:list"), _("Requests")),
            (tenant_reverse(self.request, "requests:detail", request.pk), title_of(request)),
        ]
        return {
            **found,
            "sheet": sheet_of(row),
            "duty": duty,
            "press": self._press(duty),
            "press_label": _("I have briefed them")
            if row.side == Side.REQUESTER
            else _("They are prepared"),
            "other": listed_briefings(self.membership)
            .filter(ask=row.ask_id)
            .exclude(pk=row.pk)
            .first(),
        }

    def _press(self, duty: Duty | None) -> str:
        """Where one says that it is done; nothing once it is, or too late."""
        activity = self.row.ask.activity
        if duty is None or duty.state != DutyState.OPEN or activity is None:
            return ""
        if activity.starts_at is not None and activity.starts_at <= clock.now():
            return ""
        return self.url("confirm", self.row.pk) if may_change(self.membership, self.row) else ""


class WriteBriefing(RecordForm):
    """Write it otherwise."""

    abstract = True

    def get_title(self) -> str:
        return _("Change the briefing")

    def get_form(self) -> Any:
        services.permit_briefing(self.actor, self.row)
        return super().get_form()


class Confirm(OfResource, ActionView):
    """That side was briefed."""

    permission = "requests.view"
    nav_item = "requests"
    success_message = gettext_lazy("Noted. Whoever runs it sees that it is done.")

    @cached_property
    def row(self) -> Briefing:
        return get_object_or_404(listed_briefings(self.membership), pk=self.kwargs["pk"])

    def perform(self) -> Briefing:
        return services.confirm_briefing(actor=self.actor, briefing=self.row)

    def get_success_url(self, result: Briefing) -> str:
        return tenant_reverse(self.request, "briefings:detail", result.pk)


def guides_for(request: HttpRequest, membership: Membership, duty: Duty) -> list[tuple[str, str]]:
    """To whoever prepares a side: what that side reads."""
    sides = [side for side, step in STEP_OF.items() if step == duty.step and not duty.text]
    if not membership.can("requests.view") or not sides or duty.task:
        return []
    row = listed_briefings(membership).filter(
        ask__activity=duty.activity_id,
        side__in=sides,  # type: ignore[attr-defined]
    )
    return [
        (_("The briefing"), tenant_reverse(request, "briefings:detail", each.pk)) for each in row
    ]


def facts_of(briefing: Briefing) -> list[tuple[Any, Any]]:
    """Names and values about it, besides what it says."""
    duty = duty_of(briefing)
    facts: list[tuple[Any, Any]] = [(_("For whom"), briefing.get_side_display())]
    if duty is not None:
        facts.append((_("Whose it is"), duty.owner.name if duty.owner else ""))
        done = duty.done_at is not None
        facts.append((_("Done"), duty.done_at) if done else (_("By"), duty.due_at))
        if duty.done_by is not None:
            facts.append((_("By whom"), duty.done_by.name))
    if briefing.sent_at:
        facts.append((_("Mailed"), briefing.sent_at))
    elif briefing.send_at:
        facts.append((_("Is mailed"), briefing.send_at))
    if briefing.edited_at:
        facts.append((_("Changed"), briefing.edited_at))
        facts.append((_("Changed by"), briefing.edited_by.name if briefing.edited_by else ""))
    return facts
