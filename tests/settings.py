"""The site's settings, made quick and independent of the machine."""

from tracker.settings import *  # noqa: F403
from tracker.settings import DATABASES

SECRET_KEY = "only for tests"
SITE_URL = "http://testserver"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
SITE_NAME = PUBLISHER = "Conflict event timeline"  # whatever `.env` says, here and below
SITE_OWNER = SITE_CONTACT = ABOUT_FILE = ""
DATA_LICENCE, DATA_LICENCE_URL = "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"
SELF_REVIEW = False  # whatever the `.env` of a desk of one says
API_REQUESTS_PER_MINUTE = FILES_PER_MINUTE = PAGES_PER_MINUTE = REPORTS_PER_HOUR = 0  # the tests of the limit set one
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STATEMENT_SECONDS = 300  # nothing is ended because the machine is busy
INDEX_DIR = ""  # tests of its files name a folder
PAGE_CACHE_SECONDS = SHOWN_WITHIN = 0  # tests of pages see what was just written; those of the cache set them
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # for speed
if "sqlite" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA synchronous=OFF;"
