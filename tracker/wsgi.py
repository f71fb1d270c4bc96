"""The server's entry: gunicorn tracker.wsgi."""

import gc
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from .databases import hold_open

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
application = get_wsgi_application()
open_connection = hold_open(settings.DATABASES["default"])
gc.freeze()  # what is loaded stays: the collector, which long exports keep busy, need not look through it each time
