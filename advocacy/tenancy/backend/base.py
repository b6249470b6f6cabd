"""PostgreSQL as Django knows it, but for one assumption, one kind of error and the tenant.

Django groups by a model's ``pk`` alone, because PostgreSQL lets every other column of the row
follow from the primary key. Here the primary key is ``(tenant_id, id)`` while Django's ``pk`` is
``id`` (``TenantKey``), so PostgreSQL refuses such a query: group by every selected column instead.

Text that PostgreSQL cannot keep (a NUL character, half a surrogate pair) is refused by psycopg2
itself, with a ``ValueError`` nobody can tell from a programming error. Here it is a ``DataError``
as well, like every other value the database does not take.

UPDATE and DELETE say the tenant (``compiler``).
"""

from types import TracebackType

from django.db.backends.postgresql import base, features, operations
from django.db.utils import DatabaseErrorWrapper, DataError
from django.utils.functional import cached_property


class DatabaseFeatures(features.DatabaseFeatures):
    """No functional dependency on ``pk`` alone."""

    allows_group_by_selected_pks = False


class DatabaseOperations(operations.DatabaseOperations):
    """With compilers of our own."""

    compiler_module = "advocacy.tenancy.backend.compiler"


class UnkeepableText(DataError, ValueError):
    """Still a ``ValueError``, for fields that look a value up and answer those themselves."""


class _Errors(DatabaseErrorWrapper):
    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc_value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if isinstance(exc_value, UnicodeEncodeError) or (
            isinstance(exc_value, ValueError) and "NUL (0x00)" in str(exc_value)
        ):
            raise UnkeepableText(str(exc_value)) from exc_value
        super().__exit__(exc_type, exc_value, traceback)


class DatabaseWrapper(base.DatabaseWrapper):
    """The connection Django is configured with (``settings.env.database``)."""

    features_class = DatabaseFeatures
    ops_class = DatabaseOperations

    @cached_property
    def wrap_database_errors(self) -> DatabaseErrorWrapper:
        """Translates errors, of this kind as well."""
        return _Errors(self)
