"""More tabs than fit stand behind a menu (UI-1.b)."""

from django.template.loader import render_to_string

from advocacy.web.tabs import SHOWN, folded


def tabs(count: int, here: int) -> list[dict[str, object]]:
    return [
        {"url": f"/{n}/", "label": f"Tab {n}", "count": None, "active": n == here}
        for n in range(count)
    ]


def test_what_fits_is_not_folded() -> None:
    """UI-1.b: a menu for one tab would be worse than the tab."""
    assert folded(tabs(SHOWN + 1, 0)) == tabs(SHOWN + 1, 0)


def test_where_one_is_stands_outside() -> None:
    """UI-1.b: every tab is there once, the present one beside the first."""
    found = folded(tabs(12, 10))
    assert sorted(tab["url"] for tab in found) == sorted(tab["url"] for tab in tabs(12, 10))
    outside = [tab["label"] for tab in found if not tab.get("more")]
    assert outside == [*(f"Tab {n}" for n in range(SHOWN)), "Tab 10"]
    page = render_to_string("components/tabs.html", {"items": found, "label": "Parts"})
    assert page.count("<details") == page.count("</details>") == 1
    assert page.count('class="menu-item"') == 4 and page.count('aria-current="page"') == 1
