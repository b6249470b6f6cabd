"""Settings common to every environment."""

from pathlib import Path

from csp.constants import NONE, SELF

from advocacy.settings import env
from advocacy.settings.rest import *  # noqa: F403

BASE_DIR = Path(__file__).resolve().parents[2]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "axes",
    "csp",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "advocacy.tenancy",
    "advocacy.events",
    "advocacy.search",
    "advocacy.tenant_settings",
    "advocacy.files",
    "advocacy.messaging",
    "advocacy.web",
    "advocacy.identity",
    "advocacy.rest",
    "advocates",
    "activities",
    "requests",
    "benefits",
    "imports",
    "reporting",
    "demo",
    "portal",
    # The roof: after every app.
    "advocacy.apps.AdvocacyConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "advocacy.door.Door",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "advocacy.languages.SpokenLocale",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "advocacy.tenancy.middleware.TenantMiddleware",
    "advocacy.rest.middleware.TokenMiddleware",
]

ROOT_URLCONF = "advocacy.urls"
WSGI_APPLICATION = "advocacy.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "advocacy.web.context.shell",
            ],
            "builtins": ["django.templatetags.i18n", "advocacy.web.templatetags.ui"],
        },
    }
]
FORM_RENDERER = "advocacy.web.forms.Renderer"

AUTH_USER_MODEL = "tenancy.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign-in"

# Sign-in throttling (ID-4): five wrong passwords for one address and account pause both.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "advocacy.tenancy.throttling.machine"
AXES_USERNAME_CALLABLE = "advocacy.tenancy.throttling.attempted_name"
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "tenancy/locked_out.html"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# How many proxies of our own stand before the web process and add to X-Forwarded-For.
TRUSTED_PROXIES = 0

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "advocacy.web.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.fallback.FallbackStorage"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", "English"),
    ("de", "Deutsch"),
    ("id", "Bahasa Indonesia"),
    ("ms", "Bahasa Melayu"),
    ("pt-br", "Português (Brasil)"),
]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "advocacy.web.assets.PackageFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEST_RUNNER = "django.test.runner.DiscoverRunner"

# Uploads: an import file may be large, a form never is.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# A whole request: the 100 MB of an import and what surrounds its files (IMP-1, BAD-1).
UPLOAD_MAX_BYTES = 105 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_HANDLERS = [
    "advocacy.web.uploads.BodyLimit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# The columns of ten files of 500 each are said in one form (IMP-1).
DATA_UPLOAD_MAX_NUMBER_FIELDS = 6000
# Whatever people put in is looked at by this scanner before anybody gets it (advocacy/files):
# tcp://host:3310 or unix:///path; none by default.
FILES_CLAMD = env.text("FILES_CLAMD", "")

REDIS_SOCKET_TIMEOUT = 3
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_SOFT_TIME_LIMIT = 540
CELERY_TASK_IGNORE_RESULT = True
# Longer than the longest task, or Redis hands a running task to a second worker.
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600, "socket_keepalive": True}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "UTC"

DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "Advocacy <advocacy@localhost>")
#: The mailbox of what comes in, for ``manage.py incoming_mail``: reports of undeliverable mail, and
#: answers to mails that may be answered where it has an address of its own.
INCOMING_MAIL_URL = env.text("INCOMING_MAIL_URL", "")
REPLY_ADDRESS = env.text("REPLY_ADDRESS", "")
# Absolute links in mails start with this.
PUBLIC_URL = env.text("PUBLIC_URL", f"http://localhost:{env.number('PORT', 8000)}")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {
        "secrets": {"()": "advocacy.masking.SecretsMasked"},
        "no_storm": {"()": "advocacy.tenancy.outage.NoStorm"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["secrets"],
        }
    },
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO")},
    "loggers": {
        # Django's own handlers (console, mail to ADMINS) know nothing of our secrets.
        "django": {"level": "INFO"},
        "django.request": {"filters": ["no_storm"]},
        "django.server": {"level": "INFO", "propagate": True},
        # The day's anchors of the event log are evidence, however quiet the rest is (AUD-2).
        "advocacy.events.anchor": {"level": "INFO"},
    },
}
