"""The addresses of a resource, read from its manifest."""

from typing import Any

from django.forms import modelform_factory
from django.urls import URLPattern, path

from advocacy.records.pages import (
    MoveForm,
    MovePress,
    RecordForm,
    RecordList,
    RecordPage,
)
from advocacy.records.resource import Resource
from advocacy.records.several import MoveMany, MoveManyForm
from advocacy.web.forms import TenantModelForm
from advocacy.web.views import MemberView


def patterns(resource: Resource) -> list[URLPattern]:
    """The addresses of a resource, each with a page class of its own."""

    def page(key: str, route: str, base: type[Any], permission: str, **values: Any) -> URLPattern:
        base = resource.pages.get(key, base)
        values |= {"nav_item": resource.nav_item, "permission": permission}
        # What a page of one's own says itself stands.
        values = {name: value for name, value in values.items() if name not in vars(base)}
        view: type[MemberView] = type(
            f"{base.__name__}[{resource.name}:{key}]",
            (base,),
            {"__module__": base.__module__, "resource": resource, **values},
        )
        return path(route, view.as_view(), name=key.replace("_", "-"))

    listed = {
        "title": resource.title,
        "answer": resource.answer,
        "table": resource.table,
        "filterset": resource.list_filters(),
    }
    empty = {"empty_text": resource.empty_text, "empty_icon": resource.icon}
    found = [page("list", "", RecordList, resource.view, **listed, **empty)]
    list_page = found[0].callback.view_class  # type: ignore[attr-defined]
    form = {"form_class": resource.form}
    if resource.create:
        found.append(page("new", "new/", RecordForm, resource.edit, **form))
    found.append(page("detail", "<uuid:pk>/", RecordPage, resource.view))
    if resource.update:
        found.append(page("edit", "<uuid:pk>/edit/", RecordForm, resource.edit, **form))
    for move in resource.moves:
        route = f"<uuid:pk>/{move.name.replace('_', '-')}/"
        values: dict[str, Any] = {"move": move}
        if move.fields:
            if move.name not in resource.pages:
                values["form_class"] = modelform_factory(
                    resource.model, TenantModelForm, fields=move.fields
                )
            values["submit_label"] = move.label
        base: type[Any] = MoveForm if move.fields else MovePress
        made = page(move.name, route, base, move.may, **values)
        found.append(made)
        if move.is_for_many:
            values |= {"label": move.label, "list_page": list_page, "order": resource.order}
            if move.fields:
                values["form_class"] = made.callback.view_class.form_class  # type: ignore[attr-defined]
            base = MoveManyForm if move.fields else MoveMany
            route = f"several/{route.removeprefix('<uuid:pk>/')}"
            found.append(page(move.many_name, route, base, move.may, **values))
    return [*found, *resource.more_urls]
