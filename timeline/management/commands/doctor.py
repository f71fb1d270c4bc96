import sys

from django.core.management.base import BaseCommand
from django.db import DatabaseError

from timeline.monitoring.machine import machine_findings


class Command(BaseCommand):
    help = "Check whether this machine is set up for the site, and say how to correct what is not. Exit code 1 where it is not."
    requires_system_checks = ()

    def handle(self, **options) -> None:
        is_well = True
        try:
            for finding in machine_findings():
                is_well = is_well and finding.is_well
                self.stdout.write(f"{'well' if finding.is_well else 'WRONG':5}  {finding.name:12}  {finding.words}")
        except DatabaseError as error:
            self.stdout.write(f"WRONG  database      it does not answer at DATABASE_URL: {error}")
            is_well = False
        if not is_well:
            sys.exit(1)
