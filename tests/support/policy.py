"""Changing the guardrails, whichever family shows them."""

from typing import Any

from advocacy.tenancy.actors import Actor
from advocacy.tenant_settings.families import registered
from advocacy.tenant_settings.services import change_settings


def change_policy(*, actor: Actor | None = None, **values: Any) -> None:
    """Change columns of the policy by the services of their families."""
    actor = actor or Actor.system("tests")
    for family in registered():
        own = {key: value for key, value in values.items() if key in family.settings}
        if own:
            change_settings(actor=actor, family=family, values=own)
