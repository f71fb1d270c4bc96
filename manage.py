#!/usr/bin/env python
"""Django's command line."""

import os
import sys

from tracker.logs.commands import execute

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    execute(sys.argv)
