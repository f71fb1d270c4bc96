"""The same for programs: JSON, and the text that Prometheus reads, on a port of its own that only the machine reaches."""

import json
from collections.abc import Iterable, Iterator
from http import HTTPStatus

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily

from .checks import Finding, findings


class Findings:
    """What Prometheus collects: each number as `tracker_<name>`, and whether each check found the site well."""

    def __init__(self, results: Iterable[Finding]):
        self.results = list(results)

    def collect(self) -> Iterator[GaugeMetricFamily]:
        well = GaugeMetricFamily("tracker_well", "1: this check found nothing wrong", labels=["check"])
        for finding in self.results:
            well.add_metric([finding.name], finding.is_well)
            for name, number in finding.numbers.items():
                yield GaugeMetricFamily(f"tracker_{name}", finding.name, value=number)
        yield well


def metrics(results: Iterable[Finding]) -> bytes:
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Findings(results))
    return generate_latest(registry)


def as_json(results: Iterable[Finding]) -> dict:
    listed = list(results)
    checks = {finding.name: {"well": finding.is_well, "words": finding.words} for finding in listed}
    return {"well": all(finding.is_well for finding in listed), "checks": checks}


def application(environ: dict, start_response) -> list[bytes]:
    """Answer `/metrics` and `/healthz`; 503 where something is wrong, so that a watcher need not read on."""
    path = environ["PATH_INFO"]
    if path not in ("/metrics", "/healthz"):
        return _answer(start_response, HTTPStatus.NOT_FOUND, "text/plain", b"See /metrics and /healthz.\n")
    results = list(findings())
    if path == "/metrics":
        return _answer(start_response, HTTPStatus.OK, "text/plain; version=0.0.4; charset=utf-8", metrics(results))
    health = as_json(results)
    status = HTTPStatus.OK if health["well"] else HTTPStatus.SERVICE_UNAVAILABLE
    return _answer(start_response, status, "application/json", json.dumps(health).encode() + b"\n")


def _answer(start_response, status: HTTPStatus, content_type: str, body: bytes) -> list[bytes]:
    start_response(
        f"{status.value} {status.phrase}", [("Content-Type", content_type), ("Content-Length", str(len(body)))]
    )
    return [body]
