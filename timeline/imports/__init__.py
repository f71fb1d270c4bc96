"""Bringing data in from files: what cannot be understood is refused with its place, and nothing is half written."""
