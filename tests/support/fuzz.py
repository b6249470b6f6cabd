"""Values nobody should send, and finding out where a page or endpoint would take them.

The names are not written down anywhere: :func:`listening` notes what the product asks a request
for while it answers one, so that a new filter, field or hand-read parameter is covered by itself.
"""

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any
from unittest.mock import patch
from urllib.parse import quote_from_bytes

from django.http import QueryDict
from rest_framework import serializers

from advocacy import clock

LONG = 70_000

#: Text of a query or a form, by what is wrong with it.
TEXTS: dict[str, str] = {
    "NUL within": "salesforce:\x00",
    "70,000": "x" * LONG,
    "10**30": "1" + "0" * 30,
    "odd digits": "²٣",
    "last minute": "9999-12-31T23:59",
    "35,000 words": "x " * (LONG // 2),
    "first day": "0001-01-01",
    "markup": "<b>&\"'{{ 7 }}%s%(x)s\\",
    "odd UUID": "{urn:uuid:00000000000000000000000000000000}",
    "last day": "9999-12-31",
    "NaN": "NaN",
    "300": "x" * 300,
    "70,000 digits": "9" * LONG,
    "first moment": "0001-01-01T00:00:00+14:00",
    "turned round": "\u202e\ufeff\u200b\u0301😀",
    "-1": "-1",
    "last moment": "9999-12-31T23:59:59-12:00",
    "nobody's UUID": "00000000-0000-0000-0000-000000000000",
    "1e400": "1e400",
    "NUL": "\x00",
    "no UUID": "notauuid",
    "2**31": "2147483648",
    "day beyond": "275760-09-13",
    "pair": "a:b:c,d;e|f\n\r\t",
    "empty": "",
    "spaces": "\u00a0 \u3000",
}

#: The same as bytes of an address or a form that are no UTF-8.
BYTES: dict[str, bytes] = {
    "no UTF-8": b"\xff\xfe",
    "surrogate": b"\xed\xa0\x80",
    "cut off": b"a\xe2\x82",
}

#: What may stand in a JSON body where something else is wanted.
JSON: dict[str, Any] = {
    **TEXTS,
    "lone surrogate": "\ud800",
    "null": None,
    "true": True,
    "number": 17,
    "negative": -1,
    "fraction": 0.1,
    "huge number": 10**30,
    "1e308": 1e308,
    "list": [],
    "list of lists": [[["x"]]],
    "list of objects": [{"a": "\x00"}, None, 1],
    "list of NUL": ["\x00", "\ud800"],
    "long list": ["x"] * 2000,
    "object": {"a": {"b": None}},
    "odd object": {"\ud800": "\x00", "": 1},
}

#: Bodies that are no JSON object of this interface.
BODIES: dict[str, bytes] = {
    "nothing": b"",
    "half": b'{"a": ',
    "no UTF-8": b'{"a": "\xff"}',
    "UTF-16": '{"a": 1}'.encode("utf-16"),
    "NaN": b'{"a": NaN}',
    "1e400": b'{"a": 1e400}',
    "5,000 digits": b'{"a": ' + b"9" * 5000 + b"}",
    "nesting": b"[" * LONG,
    "nested objects": b'{"a":' * 900 + b"1" + b"}" * 900,
    "keys twice": b'{"a": 1, "a": [], "a": {}}',
    "odd keys": b'{"\\ud800": 1, "\\u0000": 2, "": 3}',
    "many keys": b"{" + b",".join(b'"%d": 1' % number for number in range(5000)) + b"}",
    "text": b'"\\ud800"',
    "list": b'[{"a": 1}]',
    "null": b"null",
    "number": b"1e5",
}


def rounds(
    names: Iterable[str], values: Mapping[str, Any], *, least: int, most: int
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Requests in which each name carries another value: what that is in words, value by name.

    ``least`` of them; where there are few names, up to ``most`` until each value was sent once.
    """
    names, items = sorted(names), list(values.items())
    if not names:
        return
    # Or every round would give a name the value it had before.
    step = len(names) if len(names) % len(items) else len(names) + 1
    # Others elsewhere: between them, forms of the same fields get every value.
    first = zlib.crc32(" ".join(names).encode())
    for turn in range(max(least, min(most, -(-len(items) // len(names))))):
        given = {
            name: items[(first + turn * step + place) % len(items)]
            for place, name in enumerate(names)
        }
        words = ", ".join(f"{name}: {label}" for name, (label, _value) in given.items())
        yield words, {name: value for name, (_label, value) in given.items()}


def one_by_one(
    names: Iterable[str], values: Mapping[str, Any]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every name with every value, all by itself and all names at once."""
    names = sorted(names)
    for label, value in values.items():
        yield f"all: {label}", dict.fromkeys(names, value)
        for name in names:
            yield f"{name}: {label}", {name: value}


class Heard(set[str]):
    """Names that were asked for."""


@contextmanager
def listening() -> Iterator[Heard]:
    """Note every name that is looked up in a query or a form meanwhile."""
    heard = Heard()
    plain_item, plain_list = QueryDict.__getitem__, QueryDict.getlist
    plain_in = QueryDict.__contains__

    def item(self: QueryDict, key: Any) -> Any:
        heard.add(str(key))
        return plain_item(self, key)

    def values(self: QueryDict, key: Any, default: Any = None) -> Any:
        heard.add(str(key))
        return plain_list(self, key, default)

    def contains(self: QueryDict, key: Any) -> bool:
        heard.add(str(key))
        return plain_in(self, key)

    with (
        patch.object(QueryDict, "__getitem__", item),
        patch.object(QueryDict, "getlist", values),
        patch.object(QueryDict, "__contains__", contains, create=True),
    ):
        yield heard


@contextmanager
def reading_bodies() -> Iterator[dict[str, serializers.Field]]:
    """Note the fields of every serializer that checks a body meanwhile."""
    found: dict[str, serializers.Field] = {}
    plain = serializers.Serializer.run_validation

    def run(self: Any, data: Any = serializers.empty) -> Any:
        if self.parent is None:
            found.update({n: f for n, f in self.fields.items() if not f.read_only})
        return plain(self, data)

    with patch.object(serializers.Serializer, "run_validation", run):
        yield found


def plausible(field: serializers.Field) -> Any:
    """A value a field of a body takes, as far as its declaration says."""
    if isinstance(field, serializers.ListSerializer | serializers.ListField):
        return [plausible(field.child)]
    if isinstance(field, serializers.ManyRelatedField):
        return [plausible(field.child_relation)]
    if isinstance(field, serializers.Serializer):
        return {name: plausible(f) for name, f in field.fields.items() if not f.read_only}
    if isinstance(field, serializers.SlugRelatedField):
        first = field.get_queryset().first()
        return getattr(first, field.slug_field) if first else "x"
    if isinstance(field, serializers.PrimaryKeyRelatedField):
        first = field.get_queryset().first()
        return str(first.pk) if first else "00000000-0000-0000-0000-000000000000"
    if isinstance(field, serializers.ChoiceField):
        return next((key for key in field.choices if key not in ("", None)), "x")
    soon = clock.now() + timedelta(days=3)
    by_kind: Mapping[type[serializers.Field], Any] = {
        serializers.BooleanField: True,
        serializers.IntegerField: max(1, getattr(field, "min_value", None) or 1),
        serializers.DecimalField: "1",
        serializers.DateTimeField: soon.isoformat(),
        serializers.DateField: soon.date().isoformat(),
        serializers.EmailField: "somebody@example.com",
        serializers.UUIDField: "00000000-0000-0000-0000-000000000000",
        serializers.DictField: {},
    }
    return next((value for kind, value in by_kind.items() if isinstance(field, kind)), "words")


class _Controls(HTMLParser):
    """The controls of a page's forms, filled as a hurried person would."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, list[str]] = {}
        self._select = self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {key: value or "" for key, value in attrs}
        name = found.get("name", "")
        if tag == "option" and self._select:
            self._option(found)
        elif not name:
            return
        elif tag == "select":
            self._select = name
            self.values.setdefault(name, [])
        elif tag == "textarea":
            self._text = name
            self.values[name] = ["words"]
        elif tag == "input":
            self._input(name, found)

    def _option(self, found: dict[str, str]) -> None:
        chosen = self.values[self._select]
        if "selected" in found or not "".join(chosen):
            self.values[self._select] = [found.get("value", "")]

    def _input(self, name: str, found: dict[str, str]) -> None:
        kind, value = found.get("type", "text"), found.get("value", "")
        if kind in {"radio", "checkbox"}:
            if "checked" in found or name not in self.values:
                self.values[name] = [value or "on"]
            return
        soon = clock.now() + timedelta(days=3)
        filler = {
            "number": found.get("min") or "1",
            "date": soon.date().isoformat(),
            "datetime-local": soon.strftime("%Y-%m-%dT%H:%M"),
            "email": "somebody@example.com",
            "file": "",
            "hidden": "",
        }.get(kind, "words")
        if kind not in {"submit", "button", "image", "file"}:
            self.values[name] = [value or filler]

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._text = ""

    def handle_data(self, data: str) -> None:
        if self._text and data.strip():
            self.values[self._text] = [data.strip()]


def controls(html: str) -> dict[str, list[str]]:
    """Values by name of everything a page would send."""
    parser = _Controls()
    parser.feed(html)
    parser.values.pop("csrfmiddlewaretoken", None)
    return parser.values


def pairs(values: Mapping[str, list[str] | str | bytes]) -> str:
    """A query or form; bytes go as they are, text as UTF-8."""
    found = []
    for name, given in values.items():
        for each in given if isinstance(given, list) else [given]:
            raw = each if isinstance(each, bytes) else each.encode()
            found.append(f"{quote_from_bytes(name.encode())}={quote_from_bytes(raw, safe='')}")
    return "&".join(found)


def path_parts(route: str) -> list[tuple[str, str]]:
    """Converter and name of each part of a route, ``("uuid", "pk")``."""
    return re.findall(r"<(?:(\w+):)?(\w+)>", route)
