"""Settings of the site. Every value that differs between machines comes from the environment or `.env`."""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

from .databases import folder_of, with_options
from .file_cache import with_own_files
from .logs.fault_reports import report_to
from .logs.lines import logging_settings

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
env.read_env(BASE_DIR / ".env")

DEBUG = env.bool("DEBUG", default=False)
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
PRODUCTION = SITE_URL.lower().startswith("https://")  # a site with an https address is held to production's rules

SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    if PRODUCTION:
        raise ImproperlyConfigured("Set SECRET_KEY: a site with an https SITE_URL needs a secret that stays.")
    SECRET_KEY = get_random_secret_key()

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = [SITE_URL] if PRODUCTION else []

INSTALLED_APPS = [
    "timeline",
    "tracker.admin_config.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "csp",
    "django_filters",
    "simple_history",
]

MIDDLEWARE = [
    "tracker.request_ids.request_ids",
    "tracker.logs.slow_requests.slow_requests",
    "tracker.headers.no_body_for_head",
    "tracker.headers.security_headers",
    "tracker.headers.permissions_policy",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "tracker.health.health_at_any_host",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tracker.page_cache.PageCache",
    "django.middleware.gzip.GZipMiddleware",
    "tracker.limits.request_limits",
    "tracker.limits.statement_limits",
    "tracker.sessions.IdleSessions",
    "django.middleware.common.CommonMiddleware",
    "tracker.allowed_methods.AllowedMethods",
    "tracker.period_redirect.PeriodWords",
    "tracker.errors.DatabaseFaults",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

LOGGING = logging_settings(env.str("LOG_FORMAT", default="text"))  # or "json"
report_to(env.str("SENTRY_DSN", default=""))

ROOT_URLCONF = "tracker.urls"
WSGI_APPLICATION = "tracker.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {
    "default": with_options(env.db("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'tracker.sqlite3'}")),
}
# Results and pages, for all processes: files beside the database, or `CACHE_URL=rediscache://127.0.0.1:6379/1`
CACHES = {
    "default": {"OPTIONS": {"MAX_ENTRIES": 3_000}}
    | with_own_files(env.cache("CACHE_URL", default=f"filecache://{BASE_DIR / 'cache'}"))
}
PAGE_CACHE_SECONDS = env.int("PAGE_CACHE_SECONDS", default=60 * 60)  # that a public page is kept at most; 0: not at all
# Files of the index of public events, which all processes map: beside the database unless said; empty: each keeps its own
INDEX_DIR = env.str("INDEX_DIR", default=str(folder_of(DATABASES["default"], BASE_DIR) / "event-index"))
# Seconds that ordinary changes may take to reach readers; 0: none
SHOWN_WITHIN = env.float("SHOWN_WITHIN", default=2.5)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
CSRF_FAILURE_VIEW = "timeline.admin.unsaved.unsaved_pages.refuse_forged"
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"

# Event dates are plain days in the calendar of the place; clocks are stored in UTC.
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_TZ = True
FORMAT_MODULE_PATH = ["tracker.formats"]

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = not PRODUCTION
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = env.int("SESSION_HOURS", default=12) * 60 * 60  # seconds after the last form sent
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # asked on the machine itself, without the proxy
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)  # only where a proxy sets these headers itself
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True  # a reason is never cut short

# Who is behind the site. What is empty is said to be so on its pages; nothing is put in its place.
SITE_NAME = env.str("SITE_NAME", default="") or "Conflict event timeline"
SITE_OWNER = env.str("SITE_OWNER", default="")  # person or organisation that publishes the site
SITE_CONTACT = env.str("SITE_CONTACT", default="")  # an e-mail address, or the https address of a page
if SITE_CONTACT and "@" not in SITE_CONTACT and not SITE_CONTACT.startswith("https://"):
    raise ImproperlyConfigured("SITE_CONTACT has to be an e-mail address or begin with https://.")
ABOUT_FILE = env.str("ABOUT_FILE", default="")  # Markdown, shown at /about/
if ABOUT_FILE and not Path(ABOUT_FILE).is_file():
    raise ImproperlyConfigured(f"ABOUT_FILE names no file: {ABOUT_FILE}")
PUBLISHER = env.str("PUBLISHER", default="") or SITE_OWNER or SITE_NAME  # who is cited for the data
DATA_LICENCE = env.str("DATA_LICENCE", default="")  # of what was entered here, as “CC BY 4.0”
DATA_LICENCE_URL = env.str("DATA_LICENCE_URL", default="")
THREADS = env.int("THREADS", default=4)  # of each process of the server; gunicorn.conf.py reads it too
EXPORTS_AT_ONCE = env.int("EXPORTS_AT_ONCE", default=max(1, THREADS // 2))  # live ones in each process; then 429
API_REQUESTS_PER_MINUTE = env.int("API_REQUESTS_PER_MINUTE", default=120)  # of one address in each process; 0: no limit

FILES_PER_MINUTE = env.int("FILES_PER_MINUTE", default=60)  # exports, likewise
REPORTS_PER_HOUR = env.int("REPORTS_PER_HOUR", default=10)  # errors that readers report, likewise, in an hour
PAGES_PER_MINUTE = env.int("PAGES_PER_MINUTE", default=600)  # public pages, likewise
STATEMENT_SECONDS = env.float("STATEMENT_SECONDS", default=10)  # one statement for a public address; 0: no limit

IMPORT_DIR = env.str("IMPORT_DIR", default=str(BASE_DIR / "imports"))  # uploaded files that wait; not served
BACKUP_DIR = env.str("BACKUP_DIR", default=str(BASE_DIR / "backups"))
# Public key of age, for which backups are encrypted; empty: they are not
BACKUP_RECIPIENT = env.str("BACKUP_RECIPIENT", default="")
SHOWN_DATA_SETS = env.list("SHOWN_DATA_SETS", default=[])  # slugs of data sets for the desk only that may be shown
SELF_REVIEW = env.bool("SELF_REVIEW", default=False)  # true: who entered an event may publish it

DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000  # bytes without files; a text has at most a million characters, in any script
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
EVENTS_PER_PAGE = 50
FIRST_PAGE_ORDER = env.str("FIRST_PAGE_ORDER", default="") or "-date"  # of the list at the address without a query
if FIRST_PAGE_ORDER not in ("date", "-date", "-published", "-recorded"):
    raise ImproperlyConfigured("FIRST_PAGE_ORDER has to be date, -date, -published or -recorded.")
