"""A page's form as a browser sends it: what who touches nothing posts, and other values."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from html.parser import HTMLParser

from advocacy import clock

Fields = dict[str, list[str]]


@dataclass
class Control:
    """A field of a form: what is sent of it now, and what could be chosen."""

    kind: str
    values: list[str] = field(default_factory=list)
    options: list[str] = field(default_factory=list)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[dict[str, Control]] = []
        self._now: dict[str, Control] | None = None
        self._select: Control | None = None
        self._text: Control | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        if tag == "form":
            self._now = {}
            self.found.append(self._now)
        elif tag == "option" and self._select is not None:
            self._select.options.append(given.get("value", ""))
            if "selected" in given:
                self._select.values.append(given.get("value", ""))
        elif self._now is not None and given.get("name") and "disabled" not in given:
            self._control(tag, given)

    def _control(self, tag: str, given: dict[str, str]) -> None:
        assert self._now is not None
        kind = given.get("type", "text") if tag == "input" else tag
        if kind in {"submit", "button", "file"}:
            return
        control = self._now.setdefault(given["name"], Control(kind))
        if kind in {"checkbox", "radio"}:
            control.options.append(given.get("value", "on"))
            if "checked" in given:
                control.values.append(given.get("value", "on"))
        elif tag == "select":
            self._select = control
        elif tag == "textarea":
            self._text = control
            control.values.append("")
        elif tag == "input":
            control.values.append(given.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.values[-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._now = None
        elif tag == "select" and self._select is not None:
            if not self._select.values:
                self._select.values = self._select.options[:1]
            self._select = None
        elif tag == "textarea" and self._text is not None:
            # A browser drops the line break after the tag.
            self._text.values[-1] = re.sub(r"^\r?\n", "", self._text.values[-1])
            self._text = None


def controls_of(page: str, holding: str) -> dict[str, Control]:
    """The controls of the form of a page that has one of this name; none when no form has."""
    parser = _Forms()
    parser.feed(page)
    return next((form for form in parser.found if holding in form), {})


def sent(controls: dict[str, Control]) -> Fields:
    """What is posted by somebody who touches nothing."""
    return {name: control.values for name, control in controls.items() if control.values}


def others(control: Control) -> Iterator[list[str]]:
    """Other values somebody could choose or type."""
    now = control.values[0] if control.values else ""
    if control.kind in {"select", "radio"}:
        yield from ([value] for value in control.options if value and [value] != control.values)
    elif control.kind == "checkbox" and len(control.options) > 1:
        yield from (
            [value for value in control.options if (value in control.values) != (value == one)]
            for one in control.options
        )
    elif control.kind == "number":
        low = int(float(now or 0))
        yield from ([str(number)] for number in (low + 1, low + 2, low + 3))
    elif control.kind == "date":
        day = date.fromisoformat(now) if now else date(2026, 3, 2)
        yield from ([(day + timedelta(days=n)).isoformat()] for n in (1, 2, 3))
    elif control.kind == "datetime-local":
        moment = datetime.fromisoformat(now) if now else clock.now() + timedelta(days=2)
        later = (moment + timedelta(minutes=n) for n in (5, 10, 15))
        yield from ([moment.strftime("%Y-%m-%dT%H:%M")] for moment in later)
    elif control.kind in {"text", "textarea"}:
        yield from (["First words"], ["Second words"], ["Third words"])
