"""The tick that promises more than there is (BEN-10.b)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy


class PromiseForm(forms.Form):
    """To mix into a form whose service warns at ``anyway``: the tick shows once it has warned."""

    anyway = forms.BooleanField(
        label=gettext_lazy("Promise it anyway"), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound and self.data.get("anyway") in ("on", "true"):
            self._show()

    def add_error(self, field: str | None, error: Any) -> None:
        super().add_error(field, error)
        if field == "anyway":
            self._show()

    def _show(self) -> None:
        self.fields["anyway"].widget = forms.CheckboxInput()
