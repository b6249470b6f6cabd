"""The served style sheets hold what a template uses and nothing else, and are small."""

import brotli
import pytest

from advocacy.web.stylesheets import SHEETS, Used, file_of, made

#: kB over the wire, as brotli; a first visit may weigh 150 in all.
LIMITS = {"css/staff.css": 30, "css/personal.css": 17}


def kept(text: str, *words: str) -> str:
    return "".join(made(text, Used.of(words)).split())


def test_rules_of_used_classes_stay() -> None:
    """UI-1.a: every class of a selector must be used, except in :is(), :not() and their like."""
    sheet = ".btn{a:1} .btn.big,.box{a:2} p{a:3} .btn:not(.box){a:4} .box .btn{a:5}"
    assert kept(sheet, '<p class="btn">') == ".btn{a:1}p{a:3}.btn:not(.box){a:4}"
    assert kept(".tone-bad{a:1} .tome{a:2}", "tone-{{ tone }}") == ".tone-bad{a:1}"


def test_conditions_stay_with_what_they_hold() -> None:
    """UI-1.a: a media query without rules goes, an animation stays."""
    sheet = "@media print{.btn{a:1} .box{a:2}} @media screen{.box{a:3}} @keyframes x{from{a:4}}"
    assert kept(sheet, "btn") == "@mediaprint{.btn{a:1}}@keyframesx{from{a:4}}"


def test_variables_nobody_reads_go() -> None:
    """UI-1.a: also those that only another one read which goes itself."""
    sheet = ":root{--a:1;--b:var(--a);--c:2;--d:var(--c)} p{color:var(--d)}"
    assert kept(sheet, "p") == ":root{--c:2;--d:var(--c)}p{color:var(--d)}"


@pytest.mark.parametrize("name", SHEETS)
def test_the_sheets_are_small(name: str) -> None:
    """UI-1.a: what is loaded before the first paint has a limit."""
    text = file_of(name).read_text()
    weight = len(brotli.compress(text.encode())) / 1000
    assert weight <= LIMITS[name], f"{name} weighs {weight:.0f} kB"
    # The last ones only htmx puts on anything, in the middle of a request, and only staff have it.
    own = ".portal-card" if name == "css/personal.css" else ".htmx-indicator"
    for rule in (".btn-primary", ".card", "--accent-fill", own):
        assert rule in text
    assert ".accordion-item" not in text


def test_what_extends_a_page_that_extends_one_is_of_its_sheet() -> None:
    """UI-1.a: the gallery's pages share a frame of their own, and only they let buttons wrap."""
    assert ".flex-wrap" in file_of("css/personal.css").read_text()


def test_classes_that_only_code_names_stay() -> None:
    """UI-1.a: a form of the portal writes this one."""
    assert ".choice-detail" in file_of("css/personal.css").read_text()
