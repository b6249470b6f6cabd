"""The description of the interface: complete, committed, shown under the content policy (API-1)."""

import re
from typing import Any

from django.contrib.staticfiles import finders
from django.test import Client
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer
from drf_spectacular.settings import spectacular_settings
from drf_spectacular.validation import validate_schema

from tests.contracts.endpoints import ENDPOINTS
from tests.support.openapi import COMMITTED, description
from tests.support.urls import addresses


def made() -> bytes:
    """As ``make schema`` writes it. No test here asks for a database: making it reads none."""
    schema = SchemaGenerator().get_schema(request=None, public=True)
    rendered: bytes = OpenApiYamlRenderer().render(schema, renderer_context={})
    return rendered


def test_the_committed_description_is_the_real_one() -> None:
    """API-1.a: a change of the interface shows in review; ``make schema`` writes it."""
    assert COMMITTED.read_bytes() == made(), "run make schema"


def test_it_is_valid_and_complete() -> None:
    """API-1.a: OpenAPI 3.1, and every declared method of every address is in it."""
    schema: Any = description()
    assert schema["openapi"] == "3.1.0"
    validate_schema(schema)
    operations = sum(len(path) for path in schema["paths"].values())
    assert operations == sum(len(endpoint.methods) for endpoint in ENDPOINTS.values())
    for path in schema["paths"].values():
        for operation in path.values():
            assert operation["security"] == [{"token": []}]
            assert "4XX" in operation["responses"]


def test_a_field_is_called_as_the_model_calls_it() -> None:
    """API-1.d: no column of any resource, nor one of a row it points at, has another name."""
    views = {getattr(address.callback, "cls", None) for address in addresses()}
    checked = 0
    for view in views:
        serializer = getattr(view, "serializer_class", None)
        model = getattr(getattr(serializer, "Meta", None), "model", None)
        if serializer is None or model is None:
            continue
        checked += 1
        columns = {field.name for field in model._meta.get_fields()}
        for name, field in serializer().fields.items():
            if field.source in columns or "." in field.source:
                assert name == field.source.rsplit(".", 1)[-1], f"{serializer.__name__}.{name}"
    assert checked >= 10


def test_every_set_of_choices_was_named_by_us() -> None:
    """API-1: a name that is made up changes as soon as another field is called the same."""
    schema: Any = description()
    sets = {name for name, part in schema["components"]["schemas"].items() if "enum" in part}
    named = set(spectacular_settings.ENUM_NAME_OVERRIDES)
    assert sets - {"BlankEnum", "NullEnum"} == named, (
        "name it in ENUM_NAME_OVERRIDES (advocacy/settings/rest.py)"
    )


def test_it_is_served(client: Client) -> None:
    """API-1.a: to anybody; it holds nobody's data."""
    answer = client.get("/api/v1/schema/")
    assert answer.status_code == 200
    assert b"openapi: 3.1.0" in answer.content


def test_the_reference_page_keeps_the_content_policy(client: Client) -> None:
    """API-1.a, ID-4.b: no inline script or style, and every file it names is served from here."""
    page = client.get("/api/v1/docs/")
    assert page.status_code == 200
    html = page.content.decode()
    assert "<style" not in html and " style=" not in html
    assert "script-src 'self'" in page["Content-Security-Policy"]
    scripts = re.findall(r"<script([^>]*)>(.*?)</script>", html, re.S)
    assert len(scripts) == 5
    assert all("src=" in attributes and not inner for attributes, inner in scripts)
    for name in re.findall(r'(?:src|href)="/static/([^"]+)"', html):
        assert finders.find(name), name
    init = client.get(re.findall(r'src="(/api/[^"]+)"', html)[0].replace("&amp;", "&"))
    assert init["Content-Type"].startswith("application/javascript")
    assert b"/api/v1/schema/" in init.content
