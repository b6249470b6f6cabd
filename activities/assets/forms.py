"""Forms of a piece: what it is, its words, questions to the advocate (AST-1)."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy

from activities.assets.choices import LINKED, SECTIONS, AssetKind
from activities.assets.models import Asset
from advocacy.languages import spoken_languages
from advocacy.web.forms import TenantModelForm
from advocates.forms import ColleagueField, PersonPicker
from advocates.people.drafted import LONGEST_MESSAGE, LONGEST_SUBJECT

_MARKDOWN = gettext_lazy(
    "Markdown: ## before a heading, - before a point, **bold**, [words](https://address)."
)
_LINK_HELP = gettext_lazy(
    "Where the video, recording, review or picture lies. Leave it empty where you put the file in"
    " here: on the page of the piece, once it is begun."
)


def words_fields(kind: str) -> list[str]:
    """The columns that a kind of piece has, in the order in which they are written."""
    if kind == AssetKind.CASE_STUDY:
        return ["title", "body", *SECTIONS, "attribution", "url"]
    if kind in LINKED:
        return ["title", "url", "body", "attribution"]
    return ["title", "body", "attribution", "url"]


class AssetForm(TenantModelForm):
    """A piece. A case study has a field for each of its parts; once begun, the kind stays."""

    owner = ColleagueField(
        label=gettext_lazy("Who sees to it"), empty_label=gettext_lazy("Whoever begins it")
    )
    url = forms.URLField(
        label=gettext_lazy("Link"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_LINK_HELP,
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False)

    class Meta:
        model = Asset
        fields: ClassVar[Any] = (
            *("kind", "advocate", "title", "body", *SECTIONS, "attribution", "url"),
            *("language", "topic", "owner"),
        )
        field_classes: ClassVar[dict[str, Any]] = {"advocate": PersonPicker}
        labels: ClassVar[dict[str, Any]] = {"advocate": gettext_lazy("Whose words it rests on")}
        widgets: ClassVar[dict[str, Any]] = {"body": forms.Textarea(attrs={"rows": 8})}
        help_texts: ClassVar[dict[str, Any]] = {
            "body": _MARKDOWN,
            "attribution": gettext_lazy(
                "As it stands below the text: name, role, company. Leave it empty where nobody is"
                " to be named."
            ),
            "topic": gettext_lazy("What it is about, in a word or two; people search by it."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [("", "–"), *spoken_languages()]  # type: ignore[attr-defined]
        if self.instance._state.adding:
            # Its parts are written on the next page, where it is known to be a case study.
            self._leave_out(SECTIONS)
            return
        shown = {*words_fields(self.instance.kind), "language", "topic", "owner"}
        self._leave_out(set(self.fields) - shown)
        self.order_fields([*words_fields(self.instance.kind), "language", "topic", "owner"])

    def _leave_out(self, names: Iterable[str]) -> None:
        for name in names:
            del self.fields[name]


class LinesField(forms.CharField):
    """Several texts, each on a line of its own."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        return [line.strip() for line in str(value or "").splitlines() if line.strip()]


class AskForm(forms.Form):
    """What the advocate is asked."""

    questions = LinesField(
        label=gettext_lazy("Questions"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy(
            "One on each line, few and open. Empty: they change the draft, or write their own."
        ),
    )


class PublishForm(TenantModelForm):
    """Where it can be seen."""

    published_url = forms.URLField(
        label=gettext_lazy("Where it can be seen"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=gettext_lazy("Empty: it stands in the library here alone for now."),
    )

    class Meta:
        model = Asset
        fields = ("published_url",)


class ConfirmForm(TenantModelForm):
    """How they said so."""

    class Meta:
        model = Asset
        fields = ("confirmed_how",)
        labels: ClassVar[dict[str, Any]] = {
            "confirmed_how": gettext_lazy("How did they confirm it?")
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "confirmed_how": gettext_lazy(
                "In which mail or call, on which day: that exactly this text is their honest view."
            )
        }


class StandingForm(forms.Form):
    """The message to who gave the words."""

    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=LONGEST_SUBJECT)
    message = forms.CharField(
        label=gettext_lazy("What you write"),
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy("It goes to them by mail, from you. The piece stays flagged."),
    )
