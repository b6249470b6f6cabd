"""Third-party browser assets: taken from npm's ``node_modules``, never copied into the repository.
The reference page of the REST interface comes with a Python package instead, and the style sheets
are made of Tabler's and our own (:mod:`advocacy.web.stylesheets`).

Only the files listed in :data:`FILES` are served; collecting whole packages would fail on missing
source maps and publish thousands of files nobody asks for.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import drf_spectacular_sidecar
from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage

from advocacy.web.stylesheets import SHEETS, file_of

#: Name under ``static/`` → file in ``node_modules``.
FILES: dict[str, str] = {
    "vendor/inter.woff2": "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
    "vendor/htmx.js": "htmx.org/dist/htmx.min.js",
    "vendor/htmx-alpine.js": "htmx.org/dist/ext/hx-alpine-compat.min.js",
    "vendor/alpine.js": "@alpinejs/csp/dist/cdn.min.js",
}

#: Files of the package ``drf_spectacular_sidecar``, under the names its page asks for.
_SWAGGER = "drf_spectacular_sidecar/swagger-ui-dist"
REFERENCE_FILES = frozenset(
    f"{_SWAGGER}/{name}"
    for name in (
        "swagger-ui.css",
        "swagger-ui-bundle.js",
        "swagger-ui-standalone-preset.js",
        "favicon-32x32.png",
    )
)

_SOURCE_MAP = re.compile(rb"(?:/\*#\s*sourceMappingURL=.*?\*/|^//#\s*sourceMappingURL=.*$)", re.M)


def packages_dir() -> Path:
    """Where npm installed the packages.

    Raises ``ImproperlyConfigured`` with the command to run when they are not installed.
    """
    root = Path(settings.BASE_DIR) / "node_modules"
    if not root.is_dir():
        raise ImproperlyConfigured(
            "The browser assets are not installed: run `npm ci` in the project's folder"
            " (`make run` does it for you)."
        )
    return root


def _file_behind(name: str) -> Path:
    """The installed file behind a served name; KeyError for an unlisted one."""
    if name in SHEETS:
        return file_of(name)
    if name in REFERENCE_FILES:
        return Path(drf_spectacular_sidecar.__file__).parent / "static" / name
    return packages_dir() / FILES[name]


class PackageStorage(FileSystemStorage):
    """The listed files under their served names, without pointers to source maps."""

    prefix = ""

    def path(self, name: str) -> str:
        """The installed file behind a served name; KeyError for an unlisted one."""
        path = _file_behind(name.replace("\\", "/"))
        if not path.is_file():
            raise ImproperlyConfigured(
                f"{path.name} is missing from the installed browser assets: run `npm ci` again,"
                " and compare package.json with advocacy/web/assets.py."
            )
        return str(path)

    def exists(self, name: str) -> bool:
        return name in FILES or name in REFERENCE_FILES or name in SHEETS

    def _open(self, name: str, mode: str = "rb") -> File:
        # The manifest storage would fail on a map that is not collected.
        return ContentFile(_SOURCE_MAP.sub(b"", Path(self.path(name)).read_bytes()), name=name)


class PackageFinder(BaseFinder):
    """Static-files finder over :data:`FILES`."""

    storage = PackageStorage()

    def check(self, **kwargs: Any) -> list[Any]:
        """Nothing to check before a file is asked for: migrating needs no browser assets."""
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """The file behind a served name, or an empty list."""
        if not self.storage.exists(path):
            return []
        found = self.storage.path(path)
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, PackageStorage]]:
        """Every listed file, for collectstatic and WhiteNoise."""
        packages_dir()
        for name in (*FILES, *SHEETS, *sorted(REFERENCE_FILES)):
            yield name, self.storage
