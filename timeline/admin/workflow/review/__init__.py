"""Review: the queue, the page as readers would see it, and what a reviewer does there."""

from .review_pages import ReviewPages

__all__ = ["ReviewPages"]
