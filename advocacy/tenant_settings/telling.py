"""Pages that say whom a change moves, and save it the second time (SET-1)."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse

from advocacy.tenant_settings.services import Moved
from advocacy.web.views import FormPage


class TellsFirst(FormPage):
    """Declare :meth:`changes_of`, :meth:`preview` and :meth:`save`. Nothing is saved while people
    are moved of whom nobody has been told; other values than those told of are told anew.

    The form's template includes ``tenant_settings/moved.html``.
    """

    abstract = True
    moved: list[Moved] | None = None
    confirmed = ""
    shown: Any

    def changes_of(self, form: Any) -> dict[str, Any]:
        """The values that are to be saved."""
        return dict(form.cleaned_data)

    def preview(self, values: Mapping[str, Any]) -> list[Moved]:
        """Whom these values would move; refused as saving them would be."""
        raise NotImplementedError

    def save(self, values: Mapping[str, Any]) -> Any:
        """Save them."""
        raise NotImplementedError

    def perform(self, form: Any) -> Any:
        self.shown = form
        return self.tell_or_save(self.changes_of(form))

    def done(self, result: Any) -> HttpResponse:
        return self.show(self.shown) if self.moved else super().done(result)

    def tell_or_save(self, values: Mapping[str, Any]) -> Any:
        """Afterwards ``moved`` says whom it would move, where it was not saved."""
        told = _digest(values)
        if self.request.POST.get("confirmed") != told:
            self.moved = self.preview(values)
            if self.moved:
                self.confirmed = told
                return None
        return self.save(values)

    def told(self) -> dict[str, Any]:
        """For the template."""
        return {"moved": self.moved, "confirmed": self.confirmed}


def _digest(values: Mapping[str, Any]) -> str:
    """Tells whether what is saved is what was previewed."""
    text = json.dumps(values, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:32]
