"""A server whose every export breaks at its end, after all its events were sent: gunicorn tests.breaking_server."""

from tracker.wsgi import application

__all__ = ["application"]


def _break_exports() -> None:
    from timeline.exports import stream, to_csv
    from timeline.exports.export import Export, ExportBroken

    def broken(export: Export, count: int) -> None:
        raise ExportBroken("The data changed while this file was written. Request it again.")

    Export._check = broken
    stream.LOT = to_csv.AT_ONCE = 1  # each part is sent at once
    stream.SMALL = 0


_break_exports()
