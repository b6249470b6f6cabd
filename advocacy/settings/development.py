"""Settings for ``make run``: this checkout's embedded services, or what the environment names."""

from advocacy.embedded import paths
from advocacy.settings import env, files
from advocacy.settings.base import *  # noqa: F403

DEBUG = True
SECRET_KEY = env.text("SECRET_KEY", "development-only-key-never-used-in-production-0123456789")
ALLOWED_HOSTS = ["*"]

DATABASES = {
    "default": env.database("DATABASE_URL", paths.database_url(paths.APP_ROLE), keep_seconds=60),
    "owner": env.database("DATABASE_OWNER_URL", paths.database_url(paths.OWNER_ROLE)),
}
DATABASE_ROUTERS: list[str] = []

REDIS_URL = env.text("REDIS_URL", paths.redis_url())
CELERY_BROKER_URL = env.broker(REDIS_URL)

# Last, so that it sees what Django made of an address that leads nowhere.
MIDDLEWARE.append("advocacy.web.errors.designed_not_found")
# Where Caddy stands in front, it compresses.
MIDDLEWARE.insert(0, "advocacy.files.serving.CompressingButFiles")

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STORAGES["files"] = files.storage(str(paths.data_dir() / "files"))
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

# Mails land in a folder and are shown at /dev/mail/.
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = paths.data_dir() / "mail"
DEVELOPMENT_MAILBOX = True
