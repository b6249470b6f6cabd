"""What a token may be allowed: ``resource:read`` and ``resource:write`` (API-3)."""

from django.utils.translation import gettext as _

from advocacy.tenancy.errors import DomainError

#: Every resource of the interface (API-2), as it stands in addresses and in scopes.
RESOURCES = (
    "accounts",
    "advocates",
    "nominations",
    "tiers",
    "activity-types",
    "activities",
    "opportunities",
    "requests",
    "asks",
    "thank-yous",
    "metrics",
    "events",
)
ACCESS = ("read", "write")
#: Stands for every resource there is and will be.
ALL = "all"
EVERYTHING = tuple(f"{ALL}:{access}" for access in ACCESS)
SCOPES = frozenset(f"{name}:{access}" for name in (ALL, *RESOURCES) for access in ACCESS)


def check_scopes(scopes: list[str]) -> list[str]:
    """The scopes in order, each once; :class:`DomainError` for none or an unknown one."""
    unknown = [scope for scope in scopes if scope not in SCOPES]
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
