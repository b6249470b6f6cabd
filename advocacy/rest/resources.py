"""The one kind of viewset every resource is made of (API-1).

class AccountResource(Creates, Updates, Resource):
    resource = "accounts"
    permissions = {"list": "accounts.view", …, "hold": "accounts.edit"}
    serializer_class = AccountSerializer
    ordering_fields = ("name", "created_at")

    def get_queryset(self): return selectors.…
    def create_row(self, **values): return services.create_account(actor=self.actor, **values)

    @command(HoldBody)
    def hold(self, account, *, reason, ends_on=None): services.hold_account(…)
"""

from collections import ChainMap
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, ClassVar

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from advocacy.records.merging import Merged, merged_into
from advocacy.rest.access import ByToken
from advocacy.rest.filters import Filters
from advocacy.rest.json_rows import row_json
from advocacy.rest.pagination import KeysetPagination
from advocacy.rest.parsing import no_body
from advocacy.rest.scopes import resources
from advocacy.rest.versions import IF_MATCH, require_version, versioned, wants_version
from advocacy.tenancy.roles import MATRIX


class Resource(ByToken, viewsets.GenericViewSet):
    """Lists and shows rows; mix in :class:`Creates` and :class:`Updates`, add :func:`command`.

    ``resource``         its name in addresses and scopes
    ``permissions``      action → action of the permission matrix; those of mixed-in moves count too
    ``scope_resources``  actions that belong to another resource's scope
    ``ordering_fields``  what a list may be sorted by; the first is the default
    """

    resource: ClassVar[str] = ""
    permissions: ClassVar[Mapping[str, str]] = {}
    scope_resources: ClassVar[Mapping[str, str]] = {}
    #: The kind of ``advocacy.search`` by whose terms its list is searched.
    search_kind: ClassVar[str] = ""
    ordering_fields: ClassVar[tuple[str, ...]] = ("id",)
    ordering: ClassVar[str] = "id"
    lookup_value_converter = "uuid"

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Refuse a resource nobody said who may use."""
        super().__init_subclass__(**kwargs)
        cls.permissions = dict(ChainMap(*(vars(c).get("permissions", {}) for c in cls.__mro__)))
        if not cls.resource:
            return
        if not (cls.search_kind or getattr(cls, "search_fields", None)):
            # Else the description would offer a search that finds nothing.
            cls.filter_backends = [Filters]
        unknown = set(cls.permissions.values()) - set(MATRIX)
        actions = (
            {"list", "retrieve"}
            | {extra.__name__ for extra in cls.get_extra_actions()}
            | {name for name in ("create", "partial_update") if hasattr(cls, name)}
        )
        missing = actions - set(cls.permissions)
        if unknown or missing or cls.resource not in resources():
            raise ImproperlyConfigured(
                f"{cls.__module__}.{cls.__name__}: resource {cls.resource!r}, actions without a"
                f" permission: {sorted(missing)}, unknown permissions: {sorted(unknown)}"
            )

    def get_object(self) -> Any:
        """The row; ``Merged`` (410) for one that became part of another."""
        try:
            return super().get_object()
        except Http404:
            if into := merged_into(self.get_queryset().model, self.kwargs["pk"]):
                raise Merged(into) from None
            raise

    def list(self, request: Request) -> Response:
        """One page."""
        self._refuse_unknown_parameters()
        rows = self.filter_queryset(self.get_queryset())
        written = row_json(self.get_serializer_class(), self.membership)
        if written is not None:
            pages: KeysetPagination = self.paginator  # type: ignore[assignment]
            return pages.written_page(rows, request, self, written)
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    def retrieve(self, request: Request, pk: str) -> Response:
        """One row."""
        return self.show(self.get_object())

    def show(self, row: Model, status: int = 200) -> Response:
        """The row as it is now."""
        return versioned(self.get_serializer(row).data, status)

    def show_again(self, row: Model, status: int = 200) -> Response:
        """The row as it is after a change, read with everything that is shown of it; 204 for one
        that was given away and is not the token's owner's to see any more.
        """
        found = self.get_queryset().filter(pk=row.pk).first()
        return Response(status=204) if found is None else self.show(found, status)

    def read(self, body: type[serializers.BaseSerializer] | None) -> dict[str, Any]:
        """The request's body, checked; an action without a body takes none."""
        if body is None:
            return no_body(self.request)
        reader = body(data=self.request.data, context=self.get_serializer_context())
        reader.is_valid(raise_exception=True)
        return dict(reader.validated_data)

    def get_queryset(self) -> QuerySet[Any]:
        """The rows the token's owner may see, from a selector."""
        raise NotImplementedError

    def _refuse_unknown_parameters(self) -> None:
        known = set(KeysetPagination.parameters)
        if self.search_kind or getattr(self, "search_fields", None):
            known.add("search")
        if filters := getattr(self, "filterset_class", None):
            known |= set(filters.base_filters)
        unknown = set(self.request.query_params) - known
        if unknown:
            text = _("There is no such parameter; there are: %(names)s.") % {
                "names": ", ".join(sorted(known))
            }
            raise ValidationError({name: [text] for name in sorted(unknown)})


class Creates:
    """``POST`` to the list. Declare :meth:`create_row`."""

    def create(self: Any, request: Request) -> Response:
        """Make a row."""
        reader = self.get_serializer(data=request.data)
        reader.is_valid(raise_exception=True)
        row = self.create_row(**reader.validated_data)
        response: Response = self.show_again(row, 201)
        return response

    def create_row(self, **values: Any) -> Model:
        """Call the service."""
        raise NotImplementedError


class Updates:
    """``PATCH`` to a row. Declare :meth:`update_row`."""

    @extend_schema(parameters=[IF_MATCH])
    def partial_update(self: Any, request: Request, pk: str) -> Response:
        """Change what is given."""
        wanted = wants_version(request, f"{self.resource}:{pk}")
        row = self.get_object()
        if wanted:
            require_version(request, self.get_serializer(row).data)
        reader = self.get_serializer(row, data=request.data, partial=True)
        reader.is_valid(raise_exception=True)
        response: Response = self.show_again(self.update_row(row, **reader.validated_data))
        return response

    def update_row(self, row: Any, **values: Any) -> Model:
        """Call the service."""
        raise NotImplementedError


class ExternalIds:
    """``GET`` and ``PUT`` by an id in another system (API-4).

    Declare :meth:`upsert_row` and :meth:`by_external_id`; name the action's permissions
    ``by_external_id_row`` (reading) and ``upsert`` (writing).
    """

    @extend_schema(description="The row with an id in another system.")
    @action(
        detail=False,
        methods=["get"],
        url_path="by-external-id/<str:source>/<path:external_id>",
        url_name="by-external-id",
        pagination_class=None,
        filter_backends=[],
    )
    def by_external_id(self: Any, request: Request, source: str, external_id: str) -> Response:
        """Find it."""
        row = self.find_row(**_identifier(source, external_id))
        if row is None:
            raise Http404
        response: Response = self.show_again(row)
        return response

    @extend_schema(
        description="Create the row with this external id (201), or update it (200). What is not "
        "given stays; a replay changes nothing.",
        parameters=[IF_MATCH],
    )
    @by_external_id.mapping.put
    def upsert(self: Any, request: Request, source: str, external_id: str) -> Response:
        """Create or change it."""
        key = _identifier(source, external_id)
        row = self.find_row(**key)
        if wants_version(request, f"{self.resource}:{row.pk if row else key}"):
            again = self.get_queryset().filter(pk=row.pk).first() if row else None
            require_version(request, self.get_serializer(again).data if again else None)
        reader = self.get_serializer(row, data=request.data, partial=row is not None)
        reader.is_valid(raise_exception=True)
        row, what = self.upsert_row(**key, **reader.validated_data)
        response: Response = self.show_again(row, 201 if what == "created" else 200)
        return response

    def find_row(self, *, source: str, external_id: str) -> Model | None:
        """The row, from a selector."""
        raise NotImplementedError

    def upsert_row(self, *, source: str, external_id: str, **values: Any) -> tuple[Model, str]:
        """Call the service."""
        raise NotImplementedError


def _identifier(source: str, external_id: str) -> dict[str, str]:
    fields = {
        "source": (serializers.CharField(max_length=50), source),
        "external_id": (serializers.CharField(max_length=200), external_id),
    }
    found, problems = {}, {}
    for name, (field, value) in fields.items():
        try:
            found[name] = str(field.run_validation(value))
        except ValidationError as error:
            problems[name] = error.detail
    if problems:
        raise ValidationError(problems)
    return found


def command(
    body: type[serializers.BaseSerializer] | None = None,
    *,
    path: str = "",
    gives_away: bool = False,
) -> Callable[[Callable[..., Any]], Any]:
    """A named action of a row: ``POST /requests/{id}/ask-for-info/``.

    The method gets the row and the checked body as keywords, and calls one service; the answer is
    the row afterwards. ``path`` where the action's name is no method's; ``gives_away`` where the
    row may then be somebody else's to see.
    """

    def decorate(method: Callable[..., Any]) -> Any:
        @wraps(method)
        def run(self: Resource, request: Request, pk: str) -> Response:
            row = self.get_object()
            method(self, row, **self.read(body))
            return self.show_again(row)

        name = path or method.__name__.replace("_", "-")
        made = action(
            detail=True,
            methods=["post"],
            url_path=name,
            url_name=name,
            pagination_class=None,
            filter_backends=[],
        )(run)
        made.gives_away = gives_away  # type: ignore[attr-defined]
        # Around the action, which else puts its own description in place of this one.
        return extend_schema(request=body, description=method.__doc__)(made)

    return decorate
