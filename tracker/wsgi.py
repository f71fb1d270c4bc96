"""The server's entry: gunicorn tracker.wsgi."""

import gc
import os

from django.conf import settings
from django.core.signals import request_started
from django.core.wsgi import get_wsgi_application
from django.db.backends.signals import connection_created

from .databases import close_replaced, hold_open, note_file

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
application = get_wsgi_application()
connection_created.connect(note_file)  # connections outlast requests
request_started.connect(close_replaced)
open_connection = hold_open(settings.DATABASES["default"])
gc.freeze()  # what is loaded stays: the collector, which long exports keep busy, need not look through it each time
