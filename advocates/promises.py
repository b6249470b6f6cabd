"""A promise beyond what there is warns before it is made, and can be made anyway (BEN-10.b).

What there is knows an app above; it says so with :func:`register_guard`.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

Guard = Callable[..., AbstractContextManager[None]]
_guards: list[Guard] = []


def register_guard(guard: Guard) -> None:
    """Have ``guard(anyway=…)`` stand around what promises; for ``AppConfig.ready()``."""
    _guards.append(guard)


@contextmanager
def promising(*, anyway: bool) -> Iterator[None]:
    """Whatever is promised inside is refused with ``Conflict`` at ``anyway`` where it goes beyond
    what there is. Needs a transaction, which the refusal ends.
    """
    with ExitStack() as stack:
        for guard in _guards:
            stack.enter_context(guard(anyway=anyway))
        yield


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
