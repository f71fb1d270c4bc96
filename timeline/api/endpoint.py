"""One address of the API: what it takes, what it answers, and who answers."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import SuspiciousOperation, ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from . import responses, throttle
from .api_parameters import FILTER, Parameter, bind_form
from .api_request import ApiError, ApiRedirect, ApiRequest, make_request
from .json_schema import Schema
from .responses import ApiResponse


@dataclass(frozen=True, slots=True)
class PathKey:
    """The part of an address that names one row."""

    name: str
    meaning: str
    pattern: str
    values: tuple[str, ...] = ()  # all that there are; empty: rows


@dataclass(frozen=True, slots=True)
class Endpoint:
    name: str  # of the address, "events" or "event"
    path: str  # below /api/v1/, "events/" or "events/{public_id}/"
    summary: str
    handler: Callable[[ApiRequest], ApiResponse]
    schema: Callable[[], Schema]  # of the answer's body
    extra_parameters: tuple[Parameter, ...] = ()  # parameters that it reads itself
    takes_filter: bool = False  # the one filter's parameters too
    key: PathKey | None = None
    refusals: tuple[int, ...] = ()  # beside 400 and 429

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        return (*(FILTER if self.takes_filter else ()), *self.extra_parameters)

    @property
    def route(self) -> str:
        """Return the path as Django routes it. Any text may stand for a key: a wrong one is not found, in JSON."""
        return self.path.replace(f"{{{self.key.name}}}", "<str:key>") if self.key else self.path

    def respond(self, request: HttpRequest, key: str) -> ApiResponse:
        """Return the answer. Raises ApiError, ApiRedirect, ValidationError, and SuspiciousOperation for too many parameters."""
        also = [parameter.name for parameter in self.parameters] if self.takes_filter else ()
        form = bind_form(request.GET, self.extra_parameters, also)
        return self.handler(make_request(form, request.path, request.GET, key, takes_filter=self.takes_filter))


def make_view(endpoint: Endpoint) -> Callable[..., HttpResponseBase]:
    @csrf_exempt  # so that a POST is told what is allowed
    def view(request: HttpRequest, key: str = "") -> HttpResponseBase:
        if early := early_response(request):
            return early
        try:
            return responses.to_http(request, endpoint.respond(request, key))
        except ApiError as error:
            return responses.error_response(error.status, error.errors)
        except ValidationError as error:
            return responses.error_response(400, error.message_dict)
        except SuspiciousOperation:
            return responses.error_response(400, {"parameters": ["There are too many parameters in this address."]})
        except ApiRedirect as redirect:
            return responses.redirect_response(redirect.url)

    return view


def early_response(request: HttpRequest) -> HttpResponseBase | None:
    """Return the answer to who does not read, or reads too often; None: he is to be answered."""
    if request.method == "OPTIONS":
        return responses.preflight_response()
    if request.method not in ("GET", "HEAD"):
        return responses.method_not_allowed(request.method)
    if seconds := throttle.seconds_to_wait(request):
        return responses.throttled_response(seconds)
    return None


@csrf_exempt
def not_found(request: HttpRequest, rest: str = "") -> HttpResponseBase:
    """Answer for addresses that do not exist."""
    return early_response(request) or responses.error_response(
        404, {"address": ["There is nothing at this address. See /api/v1/."]}
    )
