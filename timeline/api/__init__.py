"""The record for programs, read-only: one module a resource, each an Endpoint; `registry` names them all.

Requests are read by the one filter; answers hold the records of the exports.
"""
