"""Times, money, icons, addresses: the small words of every page."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.contrib.staticfiles import finders
from django.core.exceptions import ImproperlyConfigured
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import NoReverseMatch
from django.utils import timezone
from pytest_django import Settings

from advocacy.web import assets, icons, navigation, status_styles
from advocacy.web import formatting as words
from advocacy.web.navigation import NavItem
from advocacy.web.urls import tenant_reverse
from tests.support.time import START, Clock

NOW = START  # Monday 2 March 2026, 10:00 UTC


@pytest.fixture
def berlin() -> Iterator[None]:
    """A reader one hour east of Greenwich."""
    with timezone.override("Europe/Berlin"):
        yield


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (NOW - timedelta(minutes=40), "40 min late"),
        (NOW - timedelta(hours=3), "3 h late"),
        (NOW - timedelta(days=2), "2 days late"),
        (NOW + timedelta(hours=2, minutes=12), "by 13:12"),
        (NOW.date(), "today"),
        (NOW.date() - timedelta(days=1), "1 day late"),
        (NOW + timedelta(hours=14), "tomorrow"),
        (NOW + timedelta(days=3), "Thu"),
        (NOW + timedelta(days=9), "Wed 11 Mar"),
        (NOW + timedelta(days=30), "Wed 1 Apr"),
        (NOW + timedelta(days=365), "2 Mar 2027"),
        (None, ""),
    ],
)
def test_due(clock: Clock, berlin: None, when: datetime | None, said: str) -> None:
    """UI-2: what is due reads as a person would say it, in the reader's own time."""
    assert words.due(when) == said


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (NOW, "just now"),
        (NOW - timedelta(minutes=5), "5 min ago"),
        (NOW - timedelta(hours=9), "9 h ago"),
        (NOW - timedelta(hours=30), "yesterday"),
        (NOW - timedelta(days=5), "5 days ago"),
        (NOW - timedelta(days=44), "6 weeks ago"),
        (NOW - timedelta(days=130), "4 months ago"),
        (NOW - timedelta(days=800), "2 years ago"),
        (NOW.date(), "today"),
        (None, "never"),
    ],
)
def test_since(clock: Clock, berlin: None, when: datetime | None, said: str) -> None:
    """UI-2: how long ago something was."""
    assert words.since(when) == said


@pytest.mark.parametrize(
    ("amount", "short", "said"),
    [
        (450_000, False, "€450,000"),
        (450_000, True, "€450k"),
        (Decimal("1250000"), True, "€1.2m"),
        (Decimal("19.5"), False, "€19.50"),
        (-300, False, "−€300"),
        (None, False, "–"),
    ],
)
def test_money(amount: Decimal | int | None, short: bool, said: str) -> None:
    """UI-2: amounts with their currency."""
    assert words.money(amount, "EUR", short=short) == said


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Ana Lima", "AL"), ("Cher", "C"), ("Jean-Luc van Damme", "JD"), ("  ", "?"), ("Ö Å", "ÖÅ")],
)
def test_initials(name: str, letters: str) -> None:
    """UI-1: an avatar's letters."""
    assert words.initials(name) == letters


def test_a_day_is_the_readers(clock: Clock, berlin: None) -> None:
    """BAD-3: late in the evening in UTC it is the next day where the reader is."""
    late = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    assert words.day(late) == words.day(late.date() + timedelta(days=1)) == "Tue 3 Mar"


def test_markup_of_a_name_stays_text() -> None:
    """BAD-1: what people typed is never markup."""
    drawn = Template(
        '{% avatar name %}{% chip name "fit" %}{% card title=name %}{{ name }}{% endcard %}'
    )
    html = drawn.render(Context({"name": "<script>alert(1)</script>"}))
    assert "<script>" not in html


def test_components_do_not_leak_into_each_other() -> None:
    """UI-1: a variable of the page named like a component's parameter does not slip in."""
    html = Template('{% card title="A" %}x{% endcard %}').render(Context({"aside": "LEAK"}))
    assert "LEAK" not in html


def test_query_changes_the_address() -> None:
    """UI-1: one part of an address changes, the others stay."""
    request = RequestFactory().get("/x/?role=sales&page=3&tag=a&tag=b")
    drawn = Template("{% query page=None sort='-name' %}").render(Context({"request": request}))
    assert drawn == "?role=sales&amp;tag=a&amp;tag=b&amp;sort=-name"


@pytest.mark.urls("tests.web.urls")
def test_tenant_addresses() -> None:
    """TEN-5: a tenant's page is only addressable with a tenant."""
    acme = SimpleNamespace(slug="acme")
    assert tenant_reverse(acme, "test-people") == "/t/acme/people/"
    with pytest.raises(NoReverseMatch, match="no tenant"):
        tenant_reverse(SimpleNamespace(tenant=None), "test-people")  # type: ignore[arg-type]


@pytest.mark.urls("tests.web.urls")
def test_navigation_shows_what_exists_and_is_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    """ID-2.a: a place is shown when its page exists and the role may go there, in the map's
    order.
    """
    monkeypatch.setattr(navigation, "_items", {})
    navigation.register(NavItem("impact", "Impact", "chart-bar", "no-such-page", "a"))
    navigation.register(NavItem("advocates", "Advocates", "users", "test-people", "a"))
    navigation.register(NavItem("today", "Today", "inbox", "test-holidays", "b"))
    navigation.register(NavItem("thanks", "Thanks", "heart", "test-people", "c"))
    request = RequestFactory().get("/t/acme/people/")
    request.resolver_match = None
    request.tenant = SimpleNamespace(slug="acme")  # type: ignore[attr-defined]
    request.membership = SimpleNamespace(can=lambda code: code in "ab")  # type: ignore[attr-defined]
    shown = navigation.entries(request)
    assert [entry.item.key for entry in shown] == ["today", "advocates"]
    assert [entry.active for entry in shown] == [False, True]
    with pytest.raises(ValueError, match="registered already"):
        navigation.register(NavItem("today", "Now", "inbox", "test-people", "a"))
    with pytest.raises(ValueError, match="no item of the page map"):
        navigation.register(NavItem("blog", "Blog", "inbox", "test-people", "a"))


def test_every_state_has_an_icon() -> None:
    """UI-1: colour is never alone."""
    for look in status_styles.all_styles().values():
        assert icons.shapes(look.icon)


def test_unknown_icon_is_named() -> None:
    """UI-1: a mistyped icon says so instead of leaving a hole."""
    for name in ("no-such-icon", "../../LICENSE"):
        with pytest.raises(ImproperlyConfigured, match="no icon named"):
            icons.svg(name)


def test_assets_are_served_without_source_maps() -> None:
    """UI-1: every listed file is found, and none points to a map nobody serves."""
    for name in assets.FILES:
        assert finders.find(name)
        with assets.PackageStorage().open(name) as served:
            assert b"sourceMappingURL" not in served.read()


def test_missing_packages_say_what_to_run(settings: Settings, tmp_path: Path) -> None:
    """UI-1: without node_modules the message is the command, not a riddle."""
    settings.BASE_DIR = tmp_path
    with pytest.raises(ImproperlyConfigured, match="npm ci"):
        list(assets.PackageFinder().list(None))


def test_time_is_machine_readable(clock: Clock, berlin: None) -> None:
    """UI-1: the words carry the moment they stand for."""
    moment = datetime(2026, 3, 2, 9, 20, tzinfo=UTC)
    html = Template("{{ at|due }}").render(Context({"at": moment}))
    assert 'datetime="2026-03-02T09:20:00+00:00"' in html
    assert "tone-danger" in html
    assert 'title="Mon 2 Mar, 10:20"' in html
