"""The server's entry: gunicorn tracker.wsgi."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
application = get_wsgi_application()
gc.freeze()  # what is loaded stays: the collector, which long exports keep busy, need not look through it each time
