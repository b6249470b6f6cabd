"""Settings of the Celery processes that fault tests start, kill and start again."""

from advocacy.settings import env
from advocacy.settings.test import *  # noqa: F403

DATABASES = {
    "default": {**DATABASES["default"], "NAME": env.text("TEST_DATABASE_NAME")},  # noqa: F405
}
REDIS_URL = env.text("REDIS_URL")
CELERY_BROKER_URL = env.broker(REDIS_URL)

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = "127.0.0.1"
EMAIL_PORT = env.number("TEST_SMTP_PORT", 25)
EMAIL_TIMEOUT = 20

LOGGING["root"]["level"] = "INFO"  # type: ignore[index]  # noqa: F405

# Before the roof, which gathers what the apps have registered.
INSTALLED_APPS.insert(-1, "tests.support.worker_app.WorkerProbe")  # noqa: F405
