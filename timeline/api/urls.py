"""The addresses below /api/. What is not there is answered in JSON too."""

from django.urls import path, re_path

from .docs_page import documentation
from .endpoint import make_view, not_found
from .openapi import openapi_schema
from .registry import ENDPOINTS

urlpatterns = [
    *(path(f"v1/{endpoint.route}", make_view(endpoint), name=f"api-{endpoint.name}") for endpoint in ENDPOINTS),
    path("schema/", openapi_schema, name="api-schema"),
    path("docs/", documentation, name="api-docs"),
    re_path(r"^(?P<rest>(?s:.*/))?$", not_found),
]
