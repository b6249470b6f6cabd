"""Answers as JSON, among them such as the database has written already."""

import json
from collections.abc import Mapping
from typing import Any

from rest_framework import renderers


class WrittenJson(str):
    """JSON that goes into the body as it is."""

    __slots__ = ()


class JSONRenderer(renderers.JSONRenderer):
    """DRF's, which would write a text that is JSON as a string."""

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        """The body. Who asks for indentation gets it."""
        if isinstance(data, WrittenJson):
            if self.get_indent(accepted_media_type or "", renderer_context or {}) is None:
                # As DRF does: JSON with these two would be no JavaScript.
                safe = data.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
                return safe.encode()
            data = json.loads(data)
        body: bytes = super().render(data, accepted_media_type, renderer_context)
        return body
