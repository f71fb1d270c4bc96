"""The page that shows what was typed where no form can take it any more."""

from collections.abc import Sequence

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from .conflict_lines import Row


def unsaved_page(
    table, request: HttpRequest, row: models.Model | None, message: str, rows: Sequence[Row], status: int
) -> HttpResponse:
    """Show what was typed, beside what stands in the row now. `row` None: it is deleted."""
    context = table.admin_site.each_context(request) | {
        "title": "Not saved, not lost",
        "subtitle": str(row or "deleted"),
        "object": row,
        "opts": table.opts,
        "message": message,
        "rows": [conflict_row for conflict_row in rows if conflict_row.mine],
        "into": getattr(row, "merged_into", None),
        "notices": table.notices(request, row) if row else [],
    }
    return TemplateResponse(request, "admin/timeline/unsaved.html", context, status=status)
