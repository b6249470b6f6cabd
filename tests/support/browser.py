"""A Chromium for browser tests: the one named, the one installed, else one fetched now.

``$CHROMIUM`` wins; then an installed Chromium or Chrome; then one that Playwright fetched before;
then Debian's package (apt and root at hand) or Playwright's own build.
"""

import atexit
import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import handlers
from django.db import connections
from django.http import HttpResponseBase
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from advocacy.embedded import paths
from advocacy.settings import env

#: Milliseconds a page may take.
PATIENCE = 120_000
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


class NoBrowser(Exception):
    """No Chromium here, and none could be installed."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium; without one the test is skipped, under ``CI=true`` it fails.

    One serves all tests of a process, because starting it takes longer than most of what is done
    with it; a test's contexts, with their cookies and pages, are closed behind it.
    """
    try:
        browser = _running()
    except NoBrowser as missing:
        if env.flag("CI"):
            raise
        pytest.skip(str(missing))
    try:
        yield browser
    finally:
        for context in browser.contexts:
            context.close()


def queue_ready(page: Page) -> None:
    """A key before htmx has looked at the rows opens the plain page, as without scripts."""
    page.wait_for_selector("[data-queue] [data-open][data-htmx-powered]")


_browsers: list[Browser] = []


@cache
def _let_static_files_be_kept() -> None:
    """As in production, where they are named after what they hold: fetched once a browser."""
    serve = handlers.serve

    def served(*args: Any, **kwargs: Any) -> HttpResponseBase:
        answer = serve(*args, **kwargs)
        answer["Cache-Control"] = "max-age=3600"
        return answer

    handlers.serve = served  # type: ignore[assignment]


def _running() -> Browser:
    if _browsers and _browsers[-1].is_connected():
        return _browsers[-1]
    _let_static_files_be_kept()
    # Playwright's loop lives in this thread, which makes Django suspect asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    if _browsers:
        kind = _browsers[-1].browser_type
    else:
        playwright = sync_playwright().start()
        atexit.register(playwright.stop)
        kind = playwright.chromium
    # Chromium's sandbox refuses to work for root; the pages are our own.
    options = ["--no-sandbox"] if os.geteuid() == 0 else []
    program = find_or_install(Path(kind.executable_path))
    _browsers.append(_patient(kind.launch(executable_path=program, args=options)))
    return _browsers[-1]


def _patient(browser: Browser) -> Browser:
    """Its pages wait longer than a busy machine lets them: half a minute is not always enough."""
    make = browser.new_context

    def made(*args: Any, **kwargs: Any) -> BrowserContext:
        context = make(*args, **kwargs)
        context.set_default_timeout(PATIENCE)
        return context

    browser.new_context = made  # type: ignore[method-assign]
    return browser


def aside(work: Callable[[], Any]) -> Any:
    """Run database work in a thread of its own: the browser's loop lives in the test's."""

    def run() -> Any:
        try:
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result()


def find_or_install(playwrights_own: Path) -> Path:
    """Path of a Chromium; the first of several test processes installs it, the others wait.

    Raises:
        NoBrowser: ``$CHROMIUM`` leads nowhere, or nothing could be installed.
    """
    if named := env.text("CHROMIUM", ""):
        found = shutil.which(named)
        if found is None:
            raise NoBrowser(f"CHROMIUM={named} is not a program.")
        return Path(found)
    lock = paths.ROOT / ".data" / "browser.lock"
    lock.parent.mkdir(exist_ok=True)
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        return _installed(playwrights_own) or _install(playwrights_own)


def _installed(playwrights_own: Path) -> Path | None:
    for name in NAMES:
        if found := shutil.which(name):
            return Path(found)
    return playwrights_own if playwrights_own.exists() else None


def _install(playwrights_own: Path) -> Path:
    apt = shutil.which("apt-get")
    attempts = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if apt and os.geteuid() == 0:
        attempts.insert(0, [apt, "install", "--yes", "--no-install-recommends", "chromium"])
        subprocess.run([apt, "update"], capture_output=True, check=False)
        # Playwright's build lacks the system's libraries on a bare machine.
        attempts.append([*attempts.pop(), "--with-deps"])
    said = ""
    for attempt in attempts:
        done = subprocess.run(attempt, capture_output=True, text=True, check=False)
        said = done.stderr.strip()[-500:]
        if done.returncode == 0 and (found := _installed(playwrights_own)):
            return found
    raise NoBrowser(f"No Chromium here, and none could be installed: {said}")
