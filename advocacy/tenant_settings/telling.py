"""Pages that say whom a change moves, and save it the second time (SET-1)."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse

from advocacy.tenant_settings.services import Moved
from advocacy.web.views import FormPage


class TellsFirst(FormPage):
    """Declare :meth:`changes_of`, :meth:`preview` and :meth:`save`; :meth:`warn`, where something
    else can speak against it. Nothing is saved while people
    are moved of whom nobody has been told; other values than those told of are told anew.

    The form's template includes ``tenant_settings/moved.html``.
    """

    abstract = True
    moved: list[Moved] | None = None
    warning = ""
    confirmed = ""
    shown: Any

    def changes_of(self, form: Any) -> dict[str, Any]:
        """The values that are to be saved."""
        return dict(form.cleaned_data)

    def preview(self, values: Mapping[str, Any]) -> list[Moved]:
        """Whom these values would move; refused as saving them would be."""
        raise NotImplementedError

    def warn(self, values: Mapping[str, Any]) -> str:
        """What else speaks against them, in words."""
        return ""

    def save(self, values: Mapping[str, Any]) -> Any:
        """Save them."""
        raise NotImplementedError

    def perform(self, form: Any) -> Any:
        self.shown = form
        return self.tell_or_save(self.changes_of(form))

    def done(self, result: Any) -> HttpResponse:
        return self.show(self.shown) if self.confirmed else super().done(result)

    def tell_or_save(self, values: Mapping[str, Any]) -> Any:
        """Afterwards ``confirmed`` stands, where it was not saved: ``moved`` says whom it would
        move, ``warning`` what else speaks against it.
        """
        told = _digest(values)
        if self.request.POST.get("confirmed") != told:
            self.moved, self.warning = self.preview(values), self.warn(values)
            if self.moved or self.warning:
                self.confirmed = told
                return None
        return self.save(values)

    def told(self) -> dict[str, Any]:
        """For the template."""
        return {"moved": self.moved, "warning": self.warning, "confirmed": self.confirmed}


def _digest(values: Mapping[str, Any]) -> str:
    """Tells whether what is saved is what was previewed."""
    text = json.dumps(values, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:32]
