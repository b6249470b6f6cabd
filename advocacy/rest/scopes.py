"""What a token may be allowed: ``resource:read`` and ``resource:write`` (API-3)."""

from django.utils.translation import gettext as _

from advocacy.records.resource import registered
from advocacy.tenancy.errors import DomainError

#: Resources written by hand, as they stand in addresses and in scopes (API-2).
_BY_HAND = (
    "accounts",
    "advocates",
    "candidates",
    "tiers",
    "activity-types",
    "opportunities",
    "requests",
    "asks",
    "thank-yous",
    "loops",
    "metrics",
    "events",
    "news",
    "capacity-checks",
    "settings",
)
ACCESS = ("read", "write")
#: Stands for every resource there is and will be.
ALL = "all"
EVERYTHING = tuple(f"{ALL}:{access}" for access in ACCESS)


def resources() -> list[str]:
    """Every resource of the interface. A function: apps register theirs while they start."""
    return [*_BY_HAND, *(each.name for each in registered() if each.name not in _BY_HAND)]


def known_scopes() -> list[str]:
    """Everything a token can be allowed."""
    return [f"{name}:{access}" for name in (ALL, *resources()) for access in ACCESS]


def check_scopes(scopes: list[str]) -> list[str]:
    """The scopes in order, each once; :class:`DomainError` for none or an unknown one."""
    known = known_scopes()
    unknown = [scope for scope in scopes if scope not in known]
    problem = ""
    if unknown:
        problem = _("“%(scope)s” is no scope; use one like accounts:read or all:write.") % {
            "scope": unknown[0]
        }
    elif not scopes:
        problem = _("Choose what the token may do.")
    if problem:
        raise DomainError(problem, code="invalid_scope", fields={"scopes": problem})
    return sorted(set(scopes))
