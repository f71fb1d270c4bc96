"""The headers of every answer, and which of them a refusal has too."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.middleware.security import SecurityMiddleware

# What a page may ask of the browser: nothing that can watch, listen, locate or pay.
OFF = (
    *("accelerometer", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope", "hid"),
    *("magnetometer", "microphone", "midi", "payment", "publickey-credentials-get", "screen-wake-lock", "serial"),
    *("usb", "xr-spatial-tracking"),
)
POLICY = ", ".join(f"{feature}=()" for feature in OFF)


def permissions_policy(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: send with every answer what the page may ask of the browser."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers["Permissions-Policy"] = POLICY
        return response

    return respond


def security_headers(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: give the refusal of a wrong host the headers of every answer; Django's own stops before it sets them."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        return SecurityMiddleware(lambda request: response).process_response(request, response)

    return respond


def no_body_for_head(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: answer HEAD with the headers alone, as the server would send them with the body."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method != "HEAD":
            return response
        if response.streaming:
            response.streaming_content = ()
        elif response.content:
            response.headers["Content-Length"] = str(len(response.content))
            response.content = b""
        return response

    return respond
