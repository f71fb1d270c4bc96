"""How a line of the log is written: as text for people, or as JSON for programs. Neither holds a word of what was entered."""

import datetime as dt
import json
import logging
import re

from tracker.request_ids import WithRequestId

TEXT = "{asctime} {levelname} {name} [{request_id}] {message}"
# PostgreSQL says here which row broke a rule, with all its values. Source: postgresql.org/docs/current/protocol-error-fields.html
VALUES = re.compile(r"^(?:DETAIL|CONTEXT): .*(?:\n[ \t].*)*\n?", re.MULTILINE)


def without_values(text: str) -> str:
    """Return what an error says without the values of the row that it is about."""
    return VALUES.sub("", text)


class TextLine(logging.Formatter):
    def __init__(self) -> None:
        super().__init__(TEXT, style="{")

    def formatException(self, ei) -> str:  # noqa: N802 (logging's name)
        return without_values(super().formatException(ei))


class JsonLine(TextLine):
    """One object a line: `at` (UTC, ISO 8601), `level`, `logger`, `request` where there is one, `message`, `error`, and what
    the caller gave as `extra={"fields": {...}}`."""

    def format(self, record: logging.LogRecord) -> str:
        line = {"at": self._moment(record), "level": record.levelname, "logger": record.name}
        line |= {"request": record.request_id, "message": record.getMessage()} | getattr(record, "fields", {})
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)

    def _moment(self, record: logging.LogRecord) -> str:
        return dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds")


FORMATTERS = {"text": TextLine, "json": JsonLine}


def logging_settings(format_name: str) -> dict:
    """Return Django's LOGGING: everything to standard error, which gunicorn, systemd and containers keep. The mails of Django
    to ADMINS are off. Raises KeyError for a format that does not exist."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"request_id": {"()": WithRequestId}},
        "formatters": {"line": {"()": FORMATTERS[format_name]}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "filters": ["request_id"], "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {name: {"level": "INFO"} for name in ("django", "timeline", "tracker")}
        | {"waitress.queue": {"level": "ERROR"}},  # that requests wait for a thread is no fault
    }
