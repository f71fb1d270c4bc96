import json
import sys

import waitress
from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from timeline.monitoring import second_port
from timeline.monitoring.checks import findings


class Command(BaseCommand):
    help = "Say whether the site is well: migrations, disk, index, age of the backup, uploads. Exit code 1 where it is not."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="for programs")
        parser.add_argument("--metrics", action="store_true", help="as Prometheus reads it")
        parser.add_argument(
            "--serve", metavar="HOST:PORT", help="answer /healthz and /metrics there until it is stopped"
        )

    def handle(self, *, serve: str | None, **options) -> None:
        if serve:
            waitress.serve(_with_fresh_connection, listen=serve, threads=1, ident=None)
            return
        results = list(findings())
        if options["metrics"]:
            self.stdout.write(second_port.metrics(results).decode(), ending="")
        elif options["json"]:
            self.stdout.write(json.dumps(second_port.as_json(results)))
        else:
            for finding in results:
                self.stdout.write(f"{'well' if finding.is_well else 'WRONG':5}  {finding.name:10}  {finding.words}")
        if not all(finding.is_well for finding in results):
            sys.exit(1)


def _with_fresh_connection(environ: dict, start_response) -> list[bytes]:
    close_old_connections()
    return second_port.application(environ, start_response)
