"""Takes the pictures of the README: ``make screenshots``.

Starts the product with a fresh demo of its own, does the main job in a browser and keeps what a
person sees on the way in ``docs/pictures/``, in light and dark.
"""

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page

from advocacy.embedded import paths
from advocacy.settings import env
from demo import world
from tests.support.browser import chromium

PICTURES = paths.ROOT / "docs" / "pictures"
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
START_SECONDS = 600
MAIL_SECONDS = 60
#: How many of the newest letters are looked through.
LETTERS = 8


@contextmanager
def product(port: int) -> Iterator[str]:
    """The product as ``make run`` starts it, beside a demo that stands; yields its address."""
    data = paths.ROOT / ".data" / "pictures"
    shutil.rmtree(data, ignore_errors=True)
    command = [sys.executable, "-m", "advocacy.embedded", "up", "--data", str(data)]
    running = subprocess.Popen(
        [*command, "--end-with-parent"],
        env={**os.environ, "PORT": str(port)},
        cwd=paths.ROOT,
        stdout=subprocess.DEVNULL,
    )
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_for(url, running)
        yield url
    finally:
        running.terminate()
        running.wait()
        shutil.rmtree(data, ignore_errors=True)


def _wait_for(url: str, running: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if running.poll() is not None:
            raise SystemExit("The product did not start; make run says why.")
        with contextlib.suppress(OSError, urllib.error.URLError):
            with urllib.request.urlopen(f"{url}/healthz", timeout=5) as answer:
                json.load(answer)
                return
        time.sleep(0.5)
    raise SystemExit(f"{url}/healthz does not answer.")


def signed_in(browser: Browser, url: str, role: str) -> Page:
    """The demo's first colleague of a role, in a browser of their own."""
    colleague = next(one for one in world.COLLEAGUES if one.role == role)
    page = browser.new_context(viewport=DESK, reduced_motion="reduce").new_page()
    page.goto(f"{url}/sign-in/")
    page.fill("[name=username]", colleague.email)
    page.fill("[name=password]", world.PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url("**/t/demo/")
    return page


def keep(page: Page, name: str) -> None:
    """Two pictures of what the page shows now: ``name-light.png`` and ``name-dark.png``."""
    page.wait_for_load_state("networkidle")
    for theme in ("light", "dark"):
        page.evaluate(
            "theme => document.documentElement.setAttribute('data-bs-theme', theme)", theme
        )
        # Without what still fades from the other theme.
        page.screenshot(path=PICTURES / f"{name}-{theme}.png", animations="disabled")
    page.evaluate("document.documentElement.setAttribute('data-bs-theme', 'light')")


def link_in_mail(browser: Browser, url: str, kind: str) -> str:
    """The newest personal link of a kind in the demo's mailbox, as soon as it arrives."""
    page = browser.new_page()
    deadline = time.monotonic() + MAIL_SECONDS
    while time.monotonic() < deadline:
        page.goto(f"{url}/dev/mail/")
        addresses = [
            one.get_attribute("href") for one in page.locator("main a.list-group-item").all()
        ]
        for address in addresses[:LETTERS]:
            page.goto(f"{url}{address}")
            if found := re.search(rf"/p/[^/\s\"<]+/{kind}/", page.content()):
                page.close()
                return url + found.group()
        page.wait_for_timeout(1000)
    raise SystemExit(f"No mail with a link to {kind} arrived.")


def take(browser: Browser, url: str) -> None:
    """Walk the main job and stop where there is something to see."""
    manager = signed_in(browser, url, "program_manager")
    keep(manager, "today")

    manager.goto(f"{url}/t/demo/requests/?state=submitted")
    manager.click("#list tbody a")
    manager.wait_for_selector("#ranking")
    keep(manager, "match")

    manager.locator("#ranking >> text=Draft ask").first.click()
    manager.wait_for_selector("#panel[open] textarea")
    reason = manager.locator("#panel-body [name$=override_reason]")
    if reason.count():
        reason.fill("Offered it at the user conference.")
    manager.click("#panel-body >> button:has-text('Send')")
    owner = browser.new_page(viewport=PHONE)
    owner.goto(link_in_mail(browser, url, "say"))
    owner.click("button:has-text('Go, ask')")
    owner.close()
    manager.wait_for_selector("#asks")

    phone = browser.new_context(viewport=PHONE, device_scale_factor=2).new_page()
    phone.goto(link_in_mail(browser, url, "ask"))
    phone.locator("[name=slots]").first.check()
    keep(phone, "phone")


def main() -> None:
    """Start, walk, keep."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with product(env.number("PORT", 8900)) as url, chromium() as browser:
        take(browser, url)
    for picture in sorted(PICTURES.iterdir()):
        print(picture.relative_to(paths.ROOT), f"{picture.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
