"""Settings for a server on the internet; docs/operations.md lists the variables."""

from urllib.parse import urlsplit

from advocacy.settings import env, files
from advocacy.settings.base import *  # noqa: F403

DEBUG = False
SECRET_KEY = env.text("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS")
PUBLIC_URL = env.text("PUBLIC_URL")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

DATABASES = {"default": env.database("DATABASE_URL", keep_seconds=60)}
if env.flag("MIGRATING"):
    # Only the release step (migrate, grants) holds the owner's password.
    DATABASES["owner"] = env.database("DATABASE_OWNER_URL")
if env.flag("PGBOUNCER"):
    # Transaction pooling: a server-side cursor would outlive its transaction's connection.
    DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = True

STORAGES["files"] = files.storage("/var/lib/advocacy/files")

REDIS_URL = env.text("REDIS_URL")
CELERY_BROKER_URL = env.broker(REDIS_URL)

EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.number("EMAIL_PORT", 587)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", default=True)
EMAIL_TIMEOUT = 20

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 1)
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
# A browser that learnt it of localhost would refuse every other program there.
SECURE_HSTS_SECONDS = 0 if urlsplit(PUBLIC_URL).hostname == "localhost" else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
DEVELOPMENT_MAILBOX = False
