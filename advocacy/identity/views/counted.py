"""Forms that ask for the present password or a code (ID-4)."""

from typing import Any

from django.http import HttpResponse

from advocacy.web.views import FormPage


class CountedForm(FormPage):
    """The attempt is written down even when what was shown is wrong; caches keep nothing of it."""

    abstract = True

    def show(self, form: Any, status: int = 200) -> HttpResponse:
        """The form; a refusal keeps the count."""
        answer = super().show(form, status)
        answer["Cache-Control"] = "no-store"
        answer.commit_on_error = True  # type: ignore[attr-defined]
        return answer
