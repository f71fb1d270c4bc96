"""Bytes of documents into words. Knows neither Django nor the database: it runs in a process of its own, with limits."""
