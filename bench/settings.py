"""The server under measurement: production's settings, on loopback without TLS.

The files of the pages are not served, only named; nobody fetches them here.
"""

from pathlib import Path

from advocacy.settings import env
from advocacy.settings.production import *  # noqa: F403

SECURE_SSL_REDIRECT = False
TRUSTED_PROXIES = 0
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
ROOT_URLCONF = "bench.urls"
#: What the bare views answer, a file each.
BENCH_BODIES = Path(env.text("BENCH_BODIES"))
