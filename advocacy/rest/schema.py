"""The OpenAPI description: what DRF cannot know by itself (API-1)."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema

PROBLEM = {
    "type": "object",
    "description": "What was refused and why (RFC 9457).",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "A sentence for a person."},
        "code": {"type": "string", "description": "The same for a program; it never changes."},
        "errors": {
            "type": "object",
            "description": "Sentences by field; `body` for what is about no one field.",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
    },
}


class TokenScheme(OpenApiAuthenticationExtension):
    """How to send a token."""

    target_class = "advocacy.rest.access.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "adv_…",
            "description": "A token from Settings → API tokens.",
        }


class ResourceSchema(AutoSchema):
    """Groups operations by resource."""

    def get_tags(self) -> list[str]:
        return [getattr(self.view, "resource", "") or "meta"]

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        found: dict[str, Any] = super()._get_response_bodies(direction)
        run = getattr(self.view, getattr(self.view, "action", "") or "", None)
        if getattr(run, "gives_away", False):
            found["204"] = {"description": "Done; the row is not yours to see any more."}
        return found

    def get_operation_id(self) -> str:
        """``advocates_enrol`` rather than ``advocates_enrol_create``."""
        name = getattr(self.view, "action", "")
        resource = getattr(self.view, "resource", "")
        if name and resource:
            # Several views of one resource: the settings, a family each.
            resource = getattr(self.view, "operations", "") or resource
            return f"{resource.replace('-', '_')}_{name}"
        return str(super().get_operation_id())


def add_problems(result: dict[str, Any], generator: Any, **kwargs: Any) -> dict[str, Any]:
    """Postprocessing hook: every operation may answer a problem."""
    result.setdefault("components", {}).setdefault("schemas", {})["Problem"] = PROBLEM
    answer = {
        "description": "Refused; nothing was changed.",
        "content": {
            "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
        },
    }
    for path in result.get("paths", {}).values():
        for operation in path.values():
            operation["responses"]["4XX"] = answer
    return result
