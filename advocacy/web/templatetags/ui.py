"""The template tags of the design system; built in, so no ``{% load %}`` is needed.

Tags that wrap content (``card``, ``pageheader``, ``queuegroup``, ``dialog``, ``metric``) render
``templates/components/NAME.html``; each of those files says at its top which parameters it takes.
"""

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.http import QueryDict
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from advocacy.web import formatting as words
from advocacy.web import icons, status_styles
from advocacy.web.drawing import draw_rows
from advocacy.web.http import undo_in
from advocacy.web.urls import tenant_reverse
from advocacy.web.views.list_state import ListState

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """``{% icon "users" %}``: a Tabler icon; give ``label`` only if no word stands beside it."""
    return icons.svg(name, str(label), css)


@register.simple_tag(takes_context=True)
def turl(context: Context, viewname: str, *args: Any, **kwargs: Any) -> str:
    """``{% turl "advocates:detail" advocate.pk %}``: address of a page in this request's tenant."""
    return tenant_reverse(context["request"], viewname, *args, **kwargs)


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """``?…``: this address's query with changes; None or "" removes a key, a list sets several."""
    params: QueryDict = context["request"].GET.copy()
    for key, value in changes.items():
        if value is None or value == "":
            params.pop(key, None)
        elif isinstance(value, list | tuple):
            params.setlist(key, [str(item) for item in value])
        else:
            params[key] = str(value)
    return f"?{params.urlencode()}"


@register.simple_tag(takes_context=True)
def path(context: Context) -> list[tuple[str, str]]:
    """``{% path as steps %}``: the place, the pages above this one, this page; address and words.

    A page that is its place's own has no further step: its heading is a sentence.
    """
    shell = context["shell"]
    places = (*shell["nav_items"], *shell["menu"])
    found = [(entry.url, str(entry.item.label)) for entry in places if entry.active]
    crumbs = [(url, str(label)) for url, label in context.get("crumbs") or ()]
    last = str(context.get("eyebrow") or context.get("page_title") or "")
    if crumbs and last:
        known = [label for _url, label in found]
        found += [(url, label) for url, label in crumbs if label not in known]
        found.append(("", last))
    return found


def _time(value: date | None, text: str, css: str = "") -> SafeString | str:
    if value is None:
        return text
    machine = value.isoformat()
    return format_html(
        '<time datetime="{}" title="{}" class="nums {}">{}</time>',
        machine,
        words.moment(value),
        css,
        text,
    )


@register.filter
def undo(tags: str | None) -> dict[str, Any] | None:
    """``{{ message.extra_tags|undo }}``: what takes back what a message tells."""
    return undo_in(tags)


@register.filter
def since(value: date | None) -> SafeString | str:
    """``{{ at|since }}``: "4 months ago", with the full moment on hover."""
    return "" if value == "" else _time(value, words.since(value))


@register.filter
def due(value: date | None) -> SafeString | str:
    """``{{ due_at|due }}``: "40 min late" in the danger tone, "by 13:12", "Thu"."""
    if not isinstance(value, date):  # a variable the template does not have is an empty text
        return ""
    tone = ""
    if words.is_late(value):
        tone = "tone-danger"
    elif isinstance(value, datetime) and words.is_today(value):
        tone = "tone-warning"
    return _time(value, words.due(value), tone)


@register.filter
def moment(value: date | None) -> SafeString | str:
    """``{{ at|moment }}``: "Fri 27 Nov, 13:12" in the reader's time zone."""
    return _time(value, words.moment(value)) if isinstance(value, date) else ""


@register.filter
def day(value: date | None) -> SafeString | str:
    """``{{ at|day }}``: the day alone of a moment in the reader's time zone: "Fri 27 Nov"."""
    if isinstance(value, datetime):
        return _time(value, words.day(timezone.localtime(value)))
    return moment(value)


@register.filter
def month(value: date) -> str:
    """``{{ at|month }}``: "November 2026", for the heading of a group."""
    return words.month(value)


@register.filter
def money(amount: Any, currency: str) -> str:
    """``{{ value|money:"EUR" }}``: "€450,000"."""
    return words.money(amount, currency)


@register.filter
def money_short(amount: Any, currency: str) -> str:
    """``{{ value|money_short:"EUR" }}``: "€450k"."""
    return words.money(amount, currency, short=True)


@register.filter
def initials(name: Any) -> str:
    """``{{ person.name|initials }}``."""
    return words.initials(str(name))


@register.filter
def cell(value: Any) -> Any:
    """How a table shows a plain value: nothing as a dash, booleans as words, times in words."""
    if value is None or value == "":
        return format_html(
            '<span class="text-secondary"><span aria-hidden="true">–</span>'
            '<span class="visually-hidden">{}</span></span>',
            _("none"),
        )
    if value is True or value is False:
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return _time(value, words.moment(value))
    return value


@register.simple_tag(takes_context=True)
def rows(context: Context, state: ListState) -> SafeString:
    """``{% rows list %}``: every row of a list's table."""
    return draw_rows(context, state, cell)


@register.simple_tag
def status(value: Any, label: Any = "") -> SafeString:
    """``{% status request.status request.get_status_display %}``: icon, word and tone."""
    text = label or getattr(value, "label", "") or str(value).replace("_", " ")
    return _status(status_styles.style_of(str(value)), str(text))


# A list draws the same few states fifty times over.
@lru_cache(maxsize=500)
def _status(look: status_styles.StatusStyle, label: str) -> SafeString:
    return render_to_string("components/status.html", {"look": look, "label": label})


@register.simple_tag
def tier(value: Any, label: Any = "") -> SafeString | str:
    """``{% tier advocate.tier advocate.get_tier_display %}``: dot and word; nothing for none."""
    if not value:
        return ""
    text = label or getattr(value, "label", "") or str(value).capitalize()
    return _tier(str(value), str(text))


@lru_cache(maxsize=500)
def _tier(code: str, label: str) -> SafeString:
    return render_to_string("components/tier.html", {"tier": code, "label": label})


@register.simple_tag
def avatar(name: Any, size: str = "") -> SafeString:
    """``{% avatar person.name %}``: initials in a circle; size "sm", "lg" or none."""
    css = f"avatar-initials avatar-initials-{size}" if size else "avatar-initials"
    # The name stands beside it, so it is hidden from screen readers.
    return format_html(
        '<span class="{}" aria-hidden="true">{}</span>', css, words.initials(str(name))
    )


@register.simple_tag
def chip(text: Any, kind: str = "fit") -> SafeString:
    """``{% chip _("speaks German") "fit" %}``; the other kinds are "unfit" and "note"."""
    return render_to_string("components/chip.html", {"text": text, "kind": kind})


@register.simple_tag
def panel_link(url: str, label: Any) -> SafeString:
    """``{% panel_link url _("Add outcome") as act %}``: opens in the side panel; for ``aside``."""
    return format_html('<a href="{0}" hx-get="{0}" hx-target="#panel-body">{1}</a>', url, label)


@register.simple_tag
def progress(value: Any, total: Any = 100, label: Any = "", tone: str = "") -> SafeString:
    """``{% progress done all _("Import") %}``: a progress bar with its words."""
    return render_to_string(
        "components/progress.html",
        {
            "value": value,
            "total": total,
            # The attributes take a plain number whatever the reader's language.
            "value_text": str(value),
            "total_text": str(total or 1),
            "label": label,
            "tone": tone,
        },
    )


@register.simple_tag
def score(value: Any) -> SafeString:
    """``{% score 91 %}``: a score from 0 to 100 with its bar."""
    return render_to_string("components/score.html", {"value": value, "value_text": str(value)})


def _component(context: Context, name: str, content: str, values: Mapping[str, Any]) -> SafeString:
    if context.template is None:
        raise RuntimeError("a component is drawn inside a template only")
    with context.push(**values, content=content):
        return context.template.engine.get_template(f"components/{name}.html").render(context)


@register.simple_block_tag(takes_context=True)
def card(context: Context, content: str, title: Any = "", **values: Any) -> SafeString:
    """``{% card title=_("Tiers") aside=… %}…{% endcard %}``; see components/card.html."""
    return _component(context, "card", content, {"title": title, **_CARD, **values})


@register.simple_block_tag(takes_context=True)
def pageheader(context: Context, content: str, title: Any = "", **values: Any) -> SafeString:
    """``{% pageheader title=… %}actions{% endpageheader %}``; see components/pageheader.html."""
    return _component(context, "pageheader", content, {"title": title, **_HEADER, **values})


@register.simple_block_tag(takes_context=True)
def queuegroup(context: Context, content: str, key: str, count: Any, **values: Any) -> SafeString:
    """``{% queuegroup "overdue" 1 %}rows{% endqueuegroup %}``; see components/queuegroup.html."""
    return _component(
        context, "queuegroup", content, {"key": key, "count": count, **_GROUP, **values}
    )


@register.simple_block_tag(takes_context=True)
def metric(context: Context, content: str, label: Any, value: Any, **values: Any) -> SafeString:
    """``{% metric label=… value=… %}target and period{% endmetric %}``; components/metric.html."""
    return _component(
        context, "metric", content, {"label": label, "value": value, **_METRIC, **values}
    )


@register.simple_block_tag(takes_context=True)
def dialog(context: Context, content: str, key: str, title: Any, **values: Any) -> SafeString:
    """``{% dialog "hold" title=… %}form{% enddialog %}``; see components/dialog.html."""
    return _component(context, "dialog", content, {"key": key, "title": title, **values})


@register.simple_block_tag(takes_context=True)
def empty(context: Context, content: str, title: Any, **values: Any) -> SafeString:
    """``{% empty title=… text=… %}the next step{% endempty %}``; see components/empty.html."""
    return _component(
        context, "empty", content, {"title": title, "icon": "mood-empty", "text": "", **values}
    )


# Every optional parameter starts as nothing, so that an outer variable of the same name in the
# page's context cannot slip into a component.
_CARD = {"aside": "", "flush": False, "id": "", "icon": "", "subtitle": ""}
_HEADER = {"crumbs": (), "eyebrow": "", "place": "", "subtitle": "", "state": "", "face": ""}
_METRIC = {"tone": "", "url": "", "pace": None}
_GROUP = {"hidden": 0, "more_url": ""}
