"""The import page: a file is sent, looked through, decided on and written; each import can be taken back."""

from .batch_pages import ImportBatchAdmin

__all__ = ["ImportBatchAdmin"]
