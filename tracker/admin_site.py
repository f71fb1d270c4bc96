from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse


class DeskSite(AdminSite):
    def login(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """Return the page to sign in; 429 where its form says how long to wait."""
        answer = super().login(request, extra_context)
        form = (getattr(answer, "context_data", None) or {}).get("form")
        if seconds := getattr(form, "seconds_to_wait", 0):
            answer.status_code = 429
            answer.headers["Retry-After"] = str(seconds)
        return answer
