"""One address of the API: what it takes, what it answers, and who answers."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import SuspiciousOperation, ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from timeline.api import api_request
from timeline.api.api_request import ApiError, ApiRedirect, ApiRequest, ApiResponse, make_request
from timeline.api.query_fields import FILTER, Parameter, bind_form
from timeline.api.record_schemas import Schema
from timeline.request_limits import API, seconds_to_wait


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
            return api_request.to_http(request, endpoint.respond(request, key))
        except ApiError as error:
            return api_request.error_response(error.status, error.errors)
        except ValidationError as error:
            return api_request.error_response(400, error.message_dict)
        except SuspiciousOperation:
            return api_request.error_response(400, {"parameters": ["There are too many parameters in this address."]})
        except ApiRedirect as redirect:
            return api_request.redirect_response(redirect.url)

    return view


def early_response(request: HttpRequest) -> HttpResponseBase | None:
    """Return the answer to who does not read, or reads too often; None: he is to be answered."""
    if request.method == "OPTIONS":
        return api_request.preflight_response()
    if request.method not in ("GET", "HEAD"):
        return api_request.method_not_allowed(request.method)
    if seconds := seconds_to_wait(request, API):
        return api_request.throttled_response(seconds)
    return None


@csrf_exempt
def not_found(request: HttpRequest, rest: str = "") -> HttpResponseBase:
    """Answer for addresses that do not exist."""
    return early_response(request) or api_request.error_response(
        404, {"address": ["There is nothing at this address. See /api/v1/."]}
    )
