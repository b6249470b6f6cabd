"""Settings for the test suite: real PostgreSQL as the application role, real Redis, no outside."""

from advocacy.embedded import paths
from advocacy.settings import env, files
from advocacy.settings.base import *  # noqa: F403

DEBUG = False
SECRET_KEY = "test-only-key-0123456789-0123456789-0123456789-0123456789"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]

DATABASES = {
    "default": {
        **env.database("DATABASE_URL", paths.database_url(paths.APP_ROLE, "test")),
        "TEST": {"MIRROR": "owner"},
    },
    "owner": {
        **env.database("DATABASE_OWNER_URL", paths.database_url(paths.OWNER_ROLE, "test")),
        # Made first, wherever it is: the application's side may reach it through a pooler.
        "TEST": {"DEPENDENCIES": []},
    },
}

REDIS_URL = env.text("REDIS_URL", paths.redis_url("test", database=15))
CELERY_BROKER_URL = env.broker(REDIS_URL)

if env.flag("PGBOUNCER"):
    DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = True

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STORAGES["files"] = files.storage(str(paths.data_dir("test") / "files"))
# It looks through every static file for each new client; tests/contracts/test_production.py has it.
MIDDLEWARE.remove("whitenoise.middleware.WhiteNoiseMiddleware")
# The real hasher takes a deliberate while; what it protects is tested on its own.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DEVELOPMENT_MAILBOX = False
AXES_ENABLED = False
LOGGING["root"]["level"] = "WARNING"  # type: ignore[index]
