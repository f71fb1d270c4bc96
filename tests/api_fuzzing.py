"""schemathesis asks an endpoint of the API for whatever it can think of. Slow to import: only where it is asked for."""

import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from timeline.api.openapi import endpoint_address
from timeline.api.registry import ENDPOINTS
from tracker.wsgi import application

from .hypothesis_examples import examples

# Not `positive_data_acceptance`: a slug that nothing has is of the right form and refused all the same.
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
    unsupported_method,
]
FEW = settings(
    max_examples=examples(15), deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None
)
PLAIN = {"Accept-Encoding": "identity"}  # schemathesis does not unpack what a WSGI program has packed


def ask(case) -> None:
    case.call_and_validate(checks=CHECKS, headers=PLAIN)


def ask_all(mode: str) -> None:
    """Ask each endpoint in a mode, `positive` or `negative`. Raises what schemathesis finds wrong."""
    described = schemathesis.openapi.from_wsgi("/api/schema/", application)
    for endpoint in ENDPOINTS:
        if endpoint.parameters or endpoint.key or mode == "positive":  # else nothing can be wrong
            cases = described[endpoint_address(endpoint)]["GET"].as_strategy(generation_mode=GenerationMode(mode))
            FEW(given(cases)(ask))()
