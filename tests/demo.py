"""The demo, as rows that tests start from: loaded once for all modules that ask for it."""

from django.core.management import call_command

from .shared_fixtures import made_once


@made_once
def demo() -> None:
    call_command("load_demo", verbosity=0)
