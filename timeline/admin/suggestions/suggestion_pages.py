"""The page of proposed events, as a part of the briefing's admin."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from timeline.admin.forms.fields import DateWordsInput
from timeline.models import Briefing, EventType

from .offer_forms import OfferForm, SuggestionOffer, accept, offer_suggestions

NEEDED = ("timeline.add_event", "timeline.add_citation", "timeline.add_participation")  # all of them, to accept


class SuggestedPages:
    """For the admin of briefings. Stands before `WorkspacePages`, whose way to a briefing it goes."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.suggestions_view)
        return [path("<int:briefing_id>/suggestions/", view, name="timeline_briefing_suggestions"), *super().get_urls()]

    @transaction.atomic
    def suggestions_view(self, request: HttpRequest, briefing_id: int) -> HttpResponse:
        """Show the proposed events; make drafts of those that are ticked. Nothing else is written."""
        if request.method == "POST":  # two who accept at once: the second sees what the first has entered
            Briefing.objects.locked(briefing_id)
        briefing = self._briefing(request, briefing_id)
        if request.method != "POST":
            return self._suggestions_page(request, briefing, offer_suggestions(briefing))
        if not self._may_accept(request):
            raise PermissionDenied
        offers = offer_suggestions(briefing)
        if request.POST.get("text") != briefing.text_sha256:
            messages.error(request, "Nothing was entered: the text has changed since you opened this page. Look again.")
            return self._suggestions_page(request, briefing, offers)
        refused = self._accept_all(request, offers)
        if refused:
            return self._suggestions_page(request, briefing, offer_suggestions(briefing), refused)
        return redirect("admin:timeline_briefing_suggestions", briefing.pk)

    def _may_accept(self, request: HttpRequest) -> bool:
        return all(map(request.user.has_perm, NEEDED))

    def _accept_all(self, request: HttpRequest, offers: list[SuggestionOffer]) -> set[str]:
        """Make a draft of each ticked proposal; return the keys of those that were refused, each with a message."""
        by_key, types, made, refused = {offer.key: offer for offer in offers}, _types(), 0, set()
        selected = list(dict.fromkeys(request.POST.getlist("accept")))
        if not selected:
            messages.warning(request, "Nothing was entered: tick the proposals that you accept.")
        for key in selected:
            if (offer := by_key.get(key)) is None:
                messages.warning(request, "A proposal you chose is no longer made from this text.")
                continue
            try:
                event = accept(OfferForm(offer, types, request.POST), request.user)
            except ValidationError as error:
                title = request.POST.get(f"{key}-title", "") or offer.suggestion.title
                messages.error(request, f"“{title}” was not entered: {' '.join(error.messages)}")
                refused.add(key)
            else:
                self.event_admin.log_addition(request, event, f"Accepted as proposed from “{offer.words.briefing}”.")
                made += 1
        if made:
            events = "1 event is" if made == 1 else f"{made} events are"
            messages.success(request, f"{events} entered as draft{'' if made == 1 else 's'}, each with its quote.")
        return refused

    def _suggestions_page(
        self, request: HttpRequest, briefing: Briefing, offers: list[SuggestionOffer], refused: set[str] = frozenset()
    ) -> HttpResponse:
        """Show the proposals; those refused as they were sent in, the others as they are proposed."""
        types = _types()
        new = [
            OfferForm(offer, types, request.POST if offer.key in refused else None)
            for offer in offers
            if not offer.coded
        ]
        context = {
            "form": DateWordsInput(),
            "new": [(form, form.offer, form.offer.address(request.user)) for form in new],
            "coded": [offer for offer in offers if offer.coded],
            "refused_keys": refused,
            "type_names": dict(types),
            "may_accept": self._may_accept(request),
        }
        return self._page(request, briefing, "suggestions", "Proposed events", context)


def _types() -> list[tuple[str, str]]:
    return list(EventType.objects.order_by("name").values_list("slug", "name"))
