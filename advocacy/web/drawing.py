"""The rows of a list as markup, drawn in Python: as templates they took most of a page's time,
since fifty rows of eight cells are thousands of nodes.
"""

from typing import Any

from django.template.base import Template, render_value_in_context
from django.template.context import Context
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from advocacy.web.tables import Cell, Column, Line
from advocacy.web.views.list_state import ListState


def draw_rows(context: Context, state: ListState, plain: Any) -> SafeString:
    """Every ``<tr>``; ``plain`` is how a value without a template is shown."""
    drawer = _Drawer(context, state, plain)
    return mark_safe("".join(map(drawer.row, state.rows)))  # noqa: S308 - escaped part by part


class _Drawer:
    def __init__(self, context: Context, state: ListState, plain: Any) -> None:
        self.context, self.plain = context, plain
        shown = state.table.shown
        self.heads = [_head(column, first=not at) for at, column in enumerate(shown)]
        names = {column.template for column in shown} | {state.table.row_template}
        engine = context.template.engine  # type: ignore[union-attr]
        self.templates: dict[str, Template] = {
            name: engine.get_template(name) for name in names if name
        }
        self.action = self.templates.get(state.table.row_template)
        self.ticks = bool(state.bulk_actions)
        self.form = conditional_escape(f"{state.id}-bulk")
        self.select = _("Select: %(title)s")

    def row(self, line: Line) -> str:
        key = conditional_escape(line.key)
        parts = [f'<tr role="row" id="row-{key}">']
        if self.ticks:
            title = conditional_escape(self.select % {"title": line.title})
            parts.append(
                '<td role="cell" class="list-check"><label class="queue-check"><input'
                f' class="form-check-input" type="checkbox" name="ids" value="{key}"'
                f' form="{self.form}" data-bulk-row><span class="visually-hidden">{title}</span>'
                "</label></td>"
            )
        for head, cell in zip(self.heads, line.cells, strict=True):
            parts += (head, self.cell(cell, line.row), "</td>")
        if self.action is not None:
            drawn = self.draw(self.action, row=line.row)
            parts += ('<td role="cell" class="list-actions">', drawn, "</td>")
        parts.append("</tr>")
        return "".join(parts)

    def cell(self, cell: Cell, row: Any) -> str:
        name = cell.column.template
        if name:
            return self.draw(self.templates[name], value=cell.value, row=row, url=cell.url)
        text = render_value_in_context(self.plain(cell.value), self.context)
        if not cell.url:
            return text
        return f'<a class="list-link" href="{conditional_escape(cell.url)}">{text}</a>'

    def draw(self, template: Template, **values: Any) -> str:
        with self.context.push(**values):
            return template.render(self.context)


def _head(column: Column, *, first: bool) -> SafeString:
    css = " ".join(
        name
        for name, on in (
            ("text-end nums", column.align == "end"),
            ("list-first", first),
            ("list-wide", not column.phone),
        )
        if on
    )
    return format_html('<td role="cell" class="{}" data-label="{}">', css, column.label)
