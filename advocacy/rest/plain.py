"""What views of no table share: answers that are worked out, and what there is one of."""

from collections.abc import Mapping
from typing import Any, ClassVar

from rest_framework import serializers, viewsets

from advocacy.rest.access import ByToken
from advocacy.rest.parsing import no_body


class PlainView(ByToken, viewsets.ViewSet):
    """``resource`` names the scopes, ``operations`` how they are told in the description,
    ``permissions`` what each action needs.
    """

    resource: ClassVar[str] = ""
    operations: ClassVar[str] = ""
    permissions: ClassVar[Mapping[str, str]] = {}
    scope_resources: ClassVar[Mapping[str, str]] = {}

    def read(self, reader: type[serializers.Serializer] | None) -> dict[str, Any]:
        """The request's body, checked; an action without a body takes none."""
        if reader is None:
            return no_body(self.request)
        found = reader(data=self.request.data)
        found.is_valid(raise_exception=True)
        return dict(found.validated_data)
