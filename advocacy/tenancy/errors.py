"""What a service says when it will not do something; views and the API translate it (BAD-1)."""

from collections.abc import Mapping

from django.utils.translation import gettext as _


class DomainError(Exception):
    """A refusal with a sentence for the person, a machine code, and errors per field.

    ``status`` is the HTTP status a view or endpoint answers with.
    """

    status = 422

    def __init__(
        self, message: str, *, code: str = "invalid", fields: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.fields = dict(fields or {})


def gone() -> "Conflict":
    """For a row that another request took away (a merge, a press undone) while this one ran."""
    return Conflict(
        _("It was removed meanwhile; nothing was changed. Reload the page."), code="gone"
    )


class Conflict(DomainError):
    """Somebody else changed it first, or its state does not allow the move."""

    status = 409

    def __init__(
        self,
        message: str,
        *,
        code: str = "conflict",
        fields: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message, code=code, fields=fields)


class NotAllowed(DomainError):
    """The actor's role does not allow it (ID-2)."""

    status = 403

    def __init__(self, message: str, *, code: str = "not_allowed") -> None:
        super().__init__(message, code=code)
