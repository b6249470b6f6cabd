"""Constraint violations as words: the same sentence whether a form, the API or a race found it.

``translate`` reads the constraint's name from PostgreSQL (``violated``) and finds it in
``Meta.constraints``.
"""

from django.apps import apps
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from advocacy.tenancy.violations import violated


def unkeepable() -> str:
    """What a person reads when the database does not take a value that no field refused."""
    return _(
        "A value holds a character or a number that cannot be kept. Remove invisible characters,"
        " and use shorter numbers."
    )


def translate(error: IntegrityError) -> ValidationError | None:
    """The violated rule as a ``ValidationError`` keyed by field; None when no model declares it.

    Uniqueness lands on the one field besides the tenant, or on the whole form when there are
    several. A caller that gets None re-raises: it is a bug, not something a person typed.
    """
    name, table = violated(error)
    if not name or not table:
        return None
    for model in apps.get_models():
        if model._meta.db_table != table:
            continue
        for constraint in model._meta.constraints:
            if constraint.name == name:
                return constraint_error(model, constraint)
        return _unique_field_error(model, name)
    return None


def constraint_error(
    model: type[models.Model], constraint: models.BaseConstraint
) -> ValidationError:
    """What a person reads when a constraint of a model is violated, keyed by field."""
    own_words = constraint.violation_error_message
    if own_words == constraint.default_violation_error_message:
        own_words = None
    code = constraint.violation_error_code or "constraint"
    if isinstance(constraint, models.UniqueConstraint):
        fields = [field for field in constraint.fields if field != "tenant"]
        field = fields[0] if len(fields) == 1 else NON_FIELD_ERRORS
        message = own_words or _taken(model, fields)
        return _error(field, message, constraint.violation_error_code or "unique")
    reference = getattr(constraint, "field", None)
    if isinstance(reference, str):
        message = own_words or _("Choose one that exists.")
        return _error(reference, message, "invalid_choice")
    checked = _only_field(model, constraint)
    message = own_words or _("This value is not allowed here.")
    return _error(checked or NON_FIELD_ERRORS, message, code)


def _error(field: str, message: object, code: str) -> ValidationError:
    return ValidationError({field: [ValidationError(str(message), code=code)]})


def _taken(model: type[models.Model], fields: list[str]) -> str:
    thing = str(model._meta.verbose_name)
    names = [str(model._meta.get_field(name).verbose_name) for name in fields]  # type: ignore[union-attr]
    if len(names) == 1:
        return _("Another %(thing)s already has this %(field)s.") % {
            "thing": thing,
            "field": names[0],
        }
    if names:
        return _("Another %(thing)s already has the same %(fields)s.") % {
            "thing": thing,
            "fields": _(" and ").join([", ".join(names[:-1]), names[-1]]),
        }
    return _("%(thing)s like this already exists.") % {"thing": capfirst(thing)}


def _only_field(model: type[models.Model], constraint: models.BaseConstraint) -> str | None:
    """The field a check is about, when it is about one."""
    if not isinstance(constraint, models.CheckConstraint):
        return None
    found = {
        lookup.split("__")[0]
        for lookup, *_ in _lookups(constraint.condition)
        if lookup.split("__")[0] in {field.name for field in model._meta.fields}
    }
    return found.pop() if len(found) == 1 else None


def _lookups(condition: object) -> list[tuple[str, ...]]:
    if not isinstance(condition, models.Q):
        return []
    found: list[tuple[str, ...]] = []
    for child in condition.children:
        if isinstance(child, models.Q):
            found += _lookups(child)
        elif isinstance(child, tuple):
            found.append((str(child[0]),))
    return found


def _unique_field_error(model: type[models.Model], name: str) -> ValidationError | None:
    """For ``unique=True``: Django's own name holds the column between table and suffix."""
    for field in model._meta.fields:
        if field.unique and name.startswith(f"{model._meta.db_table}_{field.column}"[:55]):
            return _error(field.name, _taken(model, [field.name]), "unique")
    return None
