"""The record for programs, read-only: one module a resource, each an Endpoint; `registry` names them all.

What is asked is read by the one filter, what is answered is the record of the exports.
"""
