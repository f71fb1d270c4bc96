import datetime as dt
import math

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac

from timeline.querysets import SubmissionQuerySet

PERIOD = dt.timedelta(minutes=15)  # in which attempts are counted
OF_ACCOUNT = 5  # attempts of one address to sign in under one name; other addresses are not kept out
OF_ADDRESS = 30  # attempts of one address under any name


class LoginAttemptManager(models.Manager):
    def register(self, name: str, address: str) -> int:
        """Count an attempt before its password is looked at, so that many at one moment are counted too. Return the seconds
        to wait, 0: none; one that has to wait is not counted. Six queries at most."""
        self.filter(at__lte=timezone.now() - PERIOD).delete()
        attempt = self.create(account=_account(name), address=address, at=timezone.now())
        seconds = self._wait(name, address, OF_ACCOUNT + 1, OF_ADDRESS + 1)
        if seconds:
            attempt.delete()
        return seconds

    def seconds_to_wait(self, name: str, address: str) -> int:
        """Return the seconds until one may try again, 0: at once. Two queries."""
        return self._wait(name, address, OF_ACCOUNT, OF_ADDRESS)

    def clear(self, name: str, address: str) -> None:
        """Forget the attempts of somebody who has signed in. Those under other names count on."""
        self.filter(account=_account(name), address=address).delete()

    def _wait(self, name: str, address: str, of_account: int, of_address: int) -> int:
        attempts = self.filter(address=address).order_by("-at").values_list("at", flat=True)
        ends = [at + PERIOD for at in attempts.filter(account=_account(name))[of_account - 1 : of_account]]
        ends += [at + PERIOD for at in attempts[of_address - 1 : of_address]]
        return max([math.ceil((end - timezone.now()).total_seconds()) for end in ends], default=0)


class LoginAttempt(models.Model):
    """An attempt to sign in that has not succeeded, in the last minutes."""

    account = models.CharField(max_length=64)  # hash of the name typed, which may be a password in the wrong field
    address = models.CharField(max_length=50)  # see timeline.absolute_urls.client_address
    at = models.DateTimeField(db_index=True)  # UTC

    objects = LoginAttemptManager()

    class Meta:
        indexes = [models.Index(fields=["address", "account", "at"], name="login_attempt_of_account")]

    def __str__(self) -> str:
        return f"from {self.address}, {self.at:%Y-%m-%d %H:%M}"


def _account(name: str) -> str:
    """Return a name of an account as it is counted; Unicode and case make no other account of it."""
    return salted_hmac("timeline.login", name.casefold(), algorithm="sha256").hexdigest()


class Submission(models.Model):
    """A form that was sent in and made a row: sent twice, it makes one."""

    key = models.UUIDField(primary_key=True)  # drawn when the empty form was shown
    table = models.CharField(max_length=50)  # of the row, as `timeline.event`
    # SHA-256 of what was typed: a form may come again with other words
    digest = models.CharField(max_length=64, default="")
    row = models.BigIntegerField()  # its primary key
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="submissions")
    sent_at = models.DateTimeField(auto_now_add=True)  # UTC

    objects = SubmissionQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.table} {self.row}"
