"""Exchanges packed as WARC, as web archives do: each request and answer as it was sent."""

from io import BytesIO

from warcio.timeutils import datetime_to_iso_date
from warcio.warcwriter import WARCWriter

from timeline.capture.fetch import Exchange


def warc_of(exchanges: list[Exchange], software: str) -> bytes:
    """Return a file of WARC 1.0, compressed record by record."""
    packed = BytesIO()
    writer = WARCWriter(packed, gzip=True)
    writer.write_record(writer.create_warcinfo_record("", {"software": software, "format": "WARC File Format 1.0"}))
    for exchange in exchanges:
        headers = {"WARC-Date": datetime_to_iso_date(exchange.at), "WARC-IP-Address": exchange.machine}
        request, response = (
            writer.create_warc_record(
                exchange.url, kind, payload=BytesIO(sent), length=len(sent), warc_headers_dict=dict(headers)
            )
            for kind, sent in (("request", exchange.request), ("response", exchange.answer))
        )
        writer.write_request_response_pair(request, response)
    return packed.getvalue()
