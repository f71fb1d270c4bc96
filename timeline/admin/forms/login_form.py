"""Signing in, with few attempts: after too many, even the right password is not looked at for a while."""

from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError

from timeline.absolute_urls import client_address
from timeline.models import LoginAttempt


class LoginForm(AdminAuthenticationForm):
    """Says the same of a wrong password and of a name that is not known."""

    seconds_to_wait = 0

    def clean(self) -> dict:
        name, password = (self.cleaned_data.get(field_name) for field_name in ("username", "password"))
        if not (name and password):
            return super().clean()
        address = client_address(self.request)
        self._refuse(LoginAttempt.objects.register(name, address))
        try:
            cleaned = super().clean()
        except ValidationError:
            self._refuse(LoginAttempt.objects.seconds_to_wait(name, address))
            raise
        LoginAttempt.objects.clear(name, address)
        return cleaned

    def _refuse(self, seconds: int) -> None:
        if seconds:
            self.seconds_to_wait = seconds
            minutes = -(-seconds // 60)
            after = "1 minute" if minutes == 1 else f"{minutes} minutes"
            raise ValidationError(f"Too many attempts to sign in from here. Try again in {after}.", code="wait")
