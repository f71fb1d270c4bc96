"""Which methods an address answers to. All else is refused with 405, before authentication.

Views need not say it themselves. Their own refusal would come after the check for forged forms, which answers 403 and says
nothing of methods. And the admin's pages take any unknown method for GET.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from timeline.urls import TAKES_FORMS

READ = ("GET", "HEAD")
READ_AND_SENT = ("GET", "HEAD", "POST")
FORMS_OF = {"admin"}  # namespaces in which every address may be sent a form
ANSWERS_ITSELF = "api/"  # addresses below it refuse in their own words, and answer OPTIONS


class AllowedMethods:
    """Middleware, before the check for forged forms."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> HttpResponse | None:
        """Return the refusal; None where the method is one of the address's."""
        if request.resolver_match.route.startswith(ANSWERS_ITSELF):
            return None
        allowed = allowed_methods(request)
        return None if request.method in allowed else HttpResponseNotAllowed(allowed)


def allowed_methods(request: HttpRequest) -> tuple[str, ...]:
    match = request.resolver_match
    takes_forms = match.view_name in TAKES_FORMS or FORMS_OF.intersection(match.namespaces)
    return READ_AND_SENT if takes_forms else READ
