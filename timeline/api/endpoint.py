"""One address of the API: what it takes, what it answers, and who answers."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import SuspiciousOperation, ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from . import responses, throttle
from .api_parameters import FILTER, Parameter, bound
from .api_request import Asked, Moved, Refused, question
from .json_schema import Schema
from .responses import Answer


@dataclass(frozen=True, slots=True)
class Key:
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
    answer: Callable[[Asked], Answer]
    schema: Callable[[], Schema]  # of the answer's body
    own: tuple[Parameter, ...] = ()  # parameters that it reads itself
    takes_filter: bool = False  # the one filter's parameters too
    key: Key | None = None
    refusals: tuple[int, ...] = ()  # beside 400 and 429

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        return (*(FILTER if self.takes_filter else ()), *self.own)

    @property
    def route(self) -> str:
        """Return the path as Django routes it. Any text may stand for a key: a wrong one is not found, in JSON."""
        return self.path.replace(f"{{{self.key.name}}}", "<str:key>") if self.key else self.path

    def ask(self, request: HttpRequest, key: str) -> Answer:
        """Return the answer. Raises Refused, Moved, ValidationError, and SuspiciousOperation for too many parameters."""
        also = [parameter.name for parameter in self.parameters] if self.takes_filter else ()
        form = bound(request.GET, self.own, also)
        return self.answer(question(form, request.path, request.GET, key, takes_filter=self.takes_filter))


def view_of(endpoint: Endpoint) -> Callable[..., HttpResponseBase]:
    @csrf_exempt  # so that a POST is told what is allowed
    def view(request: HttpRequest, key: str = "") -> HttpResponseBase:
        if early := greeted(request):
            return early
        try:
            return responses.answered(request, endpoint.ask(request, key))
        except Refused as no:
            return responses.refused(no.status, no.errors)
        except ValidationError as error:
            return responses.refused(400, error.message_dict)
        except SuspiciousOperation:
            return responses.refused(400, {"parameters": ["There are too many parameters in this address."]})
        except Moved as elsewhere:
            return responses.moved(elsewhere.url)

    return view


def greeted(request: HttpRequest) -> HttpResponseBase | None:
    """Return the answer to who does not read, or reads too often; None: he is to be answered."""
    if request.method == "OPTIONS":
        return responses.preflight()
    if request.method not in ("GET", "HEAD"):
        return responses.not_allowed(request.method)
    if seconds := throttle.wait(request):
        return responses.too_many(seconds)
    return None


@csrf_exempt
def nothing(request: HttpRequest, rest: str = "") -> HttpResponseBase:
    """Answer for addresses that do not exist."""
    return greeted(request) or responses.refused(404, {"address": ["There is nothing at this address. See /api/v1/."]})
