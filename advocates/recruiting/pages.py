"""The recruitment message in a browser: drafted from the record, missing parts marked (ENR-3)."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from advocacy.records.pages import RecordForm
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.models import Membership
from advocacy.web.forms import TenantModelForm
from advocacy.web.http import is_for, key_of
from advocacy.web.tables import Column, Table
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import ModelFormPage
from advocacy.web.views.base import MemberView
from advocates.access import may_change
from advocates.forms import PersonPicker
from advocates.models import (
    ActivityType,
    Advocate,
    RecruitmentMessage,
    RecruitmentTemplate,
)
from advocates.pages import NAV_ITEM, crumb
from advocates.recruiting.drafts import (
    PLACES,
    draft_for,
    letter_of,
    missing_of,
    types_to_recruit_for,
    usual_parts,
)
from advocates.recruiting.models import PARTS
from advocates.recruiting.services import (
    part_labels,
    require_may_be_written_to,
    save_template,
)


class MessageForm(TenantModelForm):
    """To whom, for what, and the seven parts."""

    send_incomplete = forms.BooleanField(
        label=gettext_lazy("Send it without what is missing"), required=False
    )

    class Meta:
        model = RecruitmentMessage
        fields = ("advocate", "activity_type", *PARTS)
        field_classes: ClassVar[dict[str, Any]] = {"advocate": PersonPicker}
        widgets: ClassVar[dict[str, Any]] = {
            name: forms.Textarea(attrs={"rows": 2}) for name in PARTS if name != "signed"
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds: Any = self.fields["activity_type"]
        kinds.queryset = types_to_recruit_for()
        for name in self.missing():
            self[name].help_text = _("Missing: nothing on record says it.")

    def parts(self) -> dict[str, str]:
        """The parts as they stand in the form."""
        return {name: str(self[name].value() or "") for name in PARTS}

    def missing(self) -> list[str]:
        """Those without words."""
        return missing_of(self.parts())


class TemplateForm(TenantModelForm):
    """The words for one type; empty ones are the usual."""

    class Meta:
        model = RecruitmentTemplate
        fields = PARTS
        widgets: ClassVar[dict[str, Any]] = {
            name: forms.Textarea(attrs={"rows": 2}) for name in PARTS if name != "signed"
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, usual in usual_parts().items():
            self.fields[name].help_text = _("Empty: “%(words)s”") % {"words": usual}


class MessageTable(Table):
    """Who was written to, for what, by whom."""

    columns: ClassVar[Sequence[Column]] = (
        Column(
            "advocate",
            gettext_lazy("Who"),
            value="advocate.name",
            sort=("advocate__last_name", "advocate__first_name"),
            url=lambda row, request: tenant_reverse(request, "recruitment:detail", row.pk),
        ),
        Column("account", gettext_lazy("Account"), value="advocate.account.name"),
        Column("activity_type", gettext_lazy("For"), value="activity_type.name"),
        Column("sender", gettext_lazy("By whom"), value="sender.name", phone=False),
        Column(
            "sent_at",
            gettext_lazy("When"),
            sort="sent_at",
            template="components/cells/since.html",
        ),
    )
    default_sort: ClassVar[str] = "-sent_at"


def listed_messages(membership: Membership) -> QuerySet[RecruitmentMessage]:
    """Every message with whose it is, the newest first."""
    return RecruitmentMessage.objects.select_related(
        "advocate__account", "activity_type", "sender__user"
    )


def facts_of(message: RecruitmentMessage) -> list[tuple[Any, Any]]:
    """To whom, for what, and the parts as they went out."""
    facts: list[tuple[Any, Any]] = [
        (_("Who"), message.advocate.name),
        (_("For"), message.activity_type.name),
        (_("By whom"), message.sender.name),
        (_("When"), message.sent_at),
    ]
    labels = zip(PARTS, part_labels(list(PARTS)), strict=True)
    facts += [
        (label[:1].upper() + label[1:], getattr(message, name))
        for name, label in labels
        if getattr(message, name)
    ]
    if message.without:
        facts.append((_("Sent without"), ", ".join(part_labels(message.without.split()))))
    return facts


class Compose(RecordForm):
    """One letter to one person; ``?advocate=`` and ``?activity_type=`` draft it."""

    abstract: ClassVar[bool] = True
    form_template: ClassVar[str] = "advocates/recruiting/compose_body.html"
    submit_label = gettext_lazy("Send")
    subtitle = gettext_lazy("To one person, in your own name. Their answer comes to you.")

    @cached_property
    def person(self) -> Advocate | None:
        """Whom the address names, if this member may write to them."""
        pk = key_of(self.request.GET.get("advocate", ""))
        if pk is None:
            return None
        found = Advocate.objects.select_related("account", "tenant").filter(pk=pk).first()
        if found is None:
            raise Http404
        return found if may_change(self.membership, "advocates.invite", found.account) else None

    @cached_property
    def kind(self) -> ActivityType | None:
        """The type in the address, else the first small one."""
        pk = key_of(self.request.GET.get("activity_type", ""))
        kinds = types_to_recruit_for()
        return kinds.filter(pk=pk).first() if pk else kinds.first()

    def get_title(self) -> str:
        if self.person is None:
            return _("Recruit somebody for one activity")
        return _("Recruit %(name)s for one activity") % {"name": self.person.name}

    def get_form(self) -> Any:
        if self.person is not None and self.request.method == "GET":
            require_may_be_written_to(self.person)  # before anybody writes a letter for nothing
        return super().get_form()

    def get_initial(self) -> dict[str, Any]:
        """The draft, as far as the record says."""
        found: dict[str, Any] = {"activity_type": self.kind and self.kind.pk}
        if self.person is not None and self.kind is not None:
            found["advocate"] = self.person.pk
            found |= draft_for(self.person, self.kind, self.membership).parts
        return found

    def get_context(self) -> dict[str, Any]:
        here = tenant_reverse(self.request, "recruitment:new")
        person = self.person
        return {
            **super().get_context(),
            "page_subtitle": self.subtitle,
            "preview_url": tenant_reverse(self.request, "recruitment:preview"),
            "segments": [
                {
                    "url": f"{here}?advocate={person.pk}&activity_type={kind.pk}",
                    "label": kind.name,
                    "active": kind == self.kind,
                }
                for kind in types_to_recruit_for()[:30]
            ]
            if person is not None
            else [],
        }

    def show(self, form: Any, status: int = 200) -> HttpResponse:
        form.missing_words = missing_words(form)
        return super().show(form, status)

    def get_success_message(self, result: Any) -> str:
        return _("On its way to %(name)s.") % {"name": result.advocate.name}


def missing_words(form: MessageForm) -> str:
    """Which of the seven parts have no words yet; nothing where all have."""
    missing = form.missing()
    if not missing:
        return ""
    return ngettext(
        "%(count)d of the seven parts is missing: %(parts)s.",
        "%(count)d of the seven parts are missing: %(parts)s.",
        len(missing),
    ) % {"count": len(missing), "parts": ", ".join(part_labels(missing))}


class PreviewPage(MemberView):
    """The letter as it arrives; sends nothing."""

    permission: ClassVar[str] = "advocates.invite"
    nav_item: ClassVar[str] = NAV_ITEM
    http_method_names: ClassVar[list[str]] = ["post", "options"]  # type: ignore[misc]

    def post(self, request: HttpRequest) -> HttpResponse:
        """Beside the form, or on a page where there are no scripts."""
        form = MessageForm(request.POST)
        pk = key_of(str(form["advocate"].value() or ""))
        people = Advocate.objects.select_related("account", "tenant")
        person = people.filter(pk=pk).first() if pk else None
        if person is None or not may_change(self.membership, self.permission, person.account):
            problem = _("Choose to whom it goes, then it can be read.")
            raise DomainError(problem, fields={"advocate": problem})
        mail = letter_of(person, form.parts())
        context = {
            "page_title": _("Preview"),
            "letter_subject": mail.subject,
            "letter_text": str(mail.text),
            "missing_words": missing_words(form),
        }
        name = "preview" if is_for(request, "letter-preview") else "preview_page"
        return render(request, f"advocates/recruiting/{name}.html", context)


class TemplateEdit(ModelFormPage):
    """The seven parts for one type of the catalogue."""

    permission: ClassVar[str] = "settings.rules"
    nav_item: ClassVar[str] = "settings"
    form_class = TemplateForm
    success_message = gettext_lazy("Saved.")

    @cached_property
    def kind(self) -> ActivityType:
        """The type in the address."""
        found = ActivityType.objects.filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404
        return found

    def get_object(self) -> RecruitmentTemplate:
        own = RecruitmentTemplate.objects.filter(activity_type=self.kind).first()
        return own or RecruitmentTemplate(activity_type=self.kind)

    def get_title(self) -> str:
        return _("Recruitment message: %(kind)s") % {"kind": self.kind.name}

    def get_context(self) -> dict[str, Any]:
        places = ", ".join(f"{{{name}}} ({words})" for name, words in PLACES.items())
        return {
            "page_subtitle": _("Filled in when a letter is drafted: %(places)s.")
            % {"places": places},
            "crumbs": [
                crumb(self.request, "settings", _("Settings")),
                crumb(self.request, "settings-activity-types", _("What may be asked for")),
                crumb(self.request, "activity-type", self.kind.name, self.kind.pk),
            ],
        }

    def perform(self, form: Any) -> RecruitmentTemplate:
        return save_template(actor=self.actor, activity_type=self.kind, **form.cleaned_data)

    def get_success_url(self, result: Any) -> str:
        return tenant_reverse(self.request, "activity-type", self.kind.pk)

    def get_cancel_url(self) -> str:
        return self.get_success_url(None)
