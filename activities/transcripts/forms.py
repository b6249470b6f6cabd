"""Forms of a transcript: adding it, what stands beside it, who speaks (TRN-1)."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.transcripts.choices import Language, Side
from activities.transcripts.models import Transcript, TranscriptSpeaker
from advocacy.web.forms import TenantModelForm
from advocates.forms import AccountPicker, DateInput
from advocates.models import Account, Advocate

#: Of what was pasted or uploaded; the tenant's own limit is far below.
_LONGEST = 5_000_000


class TranscriptForm(TenantModelForm):
    """A transcript, pasted or uploaded; once added, what stands beside its lines."""

    account = AccountPicker(
        Account.objects.all(),
        label=gettext_lazy("Account"),
        required=False,
        help_text=gettext_lazy("Whose people speak in it."),
    )
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Empty: the account and the day."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        required=False,
        choices=[("", gettext_lazy("Recognise it")), *Language.choices],
    )
    text = forms.CharField(
        label=gettext_lazy("What was said"),
        required=False,
        strip=False,
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        help_text=gettext_lazy(
            "WebVTT, SubRip, or lines such as “Ana Ruiz: We were live in three weeks.”, each with a"
            " time before it or without."
        ),
    )
    file = forms.FileField(
        label=gettext_lazy("Or a file"),
        required=False,
        help_text=gettext_lazy("VTT, SRT or TXT."),
    )

    class Meta:
        model = Transcript
        fields: ClassVar[Any] = (
            *("account", "activity", "title", "held_on", "language", "consent_note"),
            *("text", "file"),
        )
        widgets: ClassVar[dict[str, Any]] = {
            "activity": forms.HiddenInput(),
            "held_on": DateInput(),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "consent_note": gettext_lazy("In which mail or at which minute of the call."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            if "language" not in (kwargs.get("initial") or {}):
                self.initial["language"] = ""
            asked = self.data.get("activity") if self.is_bound else self.initial.get("activity")
            if asked:
                # The activity says whose it is.
                del self.fields["account"]
            return
        for name in ("account", "activity", "text", "file"):
            del self.fields[name]
        self.fields["title"].required = True
        self.fields["language"].choices = Language.choices  # type: ignore[attr-defined]


class SpeakersForm(forms.Form):
    """For each voice whose it is; people at the account by name."""

    def __init__(
        self,
        *args: Any,
        speakers: Sequence[TranscriptSpeaker],
        people: Sequence[Advocate],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        self.speakers = list(speakers)
        choices = [
            (str(Side.UNKNOWN), Side.UNKNOWN.label),
            (_("At the customer"), [(pk, person.name) for pk, person in self.people.items()]),
            (_("Nobody to quote"), [(str(s), s.label) for s in (Side.COLLEAGUE, Side.OTHER)]),
        ]
        for speaker in self.speakers:
            self.fields[_name(speaker)] = forms.ChoiceField(
                label=speaker.label or _("Somebody without a name"),
                choices=choices,
                help_text=_("Guessed by the name.") if speaker.is_guess else "",
            )

    def voices(self) -> Mapping[int, tuple[str, Advocate | None]]:
        """What was chosen, by the speaker's position."""
        found: dict[int, tuple[str, Advocate | None]] = {}
        for speaker in self.speakers:
            value = self.cleaned_data[_name(speaker)]
            person = self.people.get(value)
            found[speaker.position] = (str(Side.ADVOCATE), person) if person else (value, None)
        return found


def spoken_by(speakers: Sequence[TranscriptSpeaker]) -> dict[str, str]:
    """What is saved, as the form's values."""
    return {
        _name(speaker): str(speaker.advocate.pk) if speaker.advocate else speaker.side
        for speaker in speakers
    }


def _name(speaker: TranscriptSpeaker) -> str:
    return f"speaker-{speaker.position}"
