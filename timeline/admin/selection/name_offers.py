"""The names in a text that are those of no actor yet, and adding one of them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from timeline.admin.pickers.quick_add import quick_add_address
from timeline.admin.pickers.ranking import alike
from timeline.models import Actor, Briefing
from timeline.models.actor import ActorKind
from timeline.suggest import KnownActors, UnknownName, known_actors, unknown_names


class NamePages:
    """For the admin of briefings."""

    def get_urls(self):
        view = self.admin_site.admin_view(require_POST(self.add_name_view))
        return [path("<int:briefing_id>/add-name/", view, name="timeline_briefing_add_name"), *super().get_urls()]

    def name_context(self, request: HttpRequest, briefing: Briefing, actors: KnownActors) -> dict:
        """Return what the list of names needs: none for those who may not add actors. No query."""
        may_add = bool(quick_add_address(self.admin_site, request, Actor))
        names = _unknown_names(briefing, actors) if may_add else []
        described = [(name, ActorKind(name.listed.kind).label.lower() if name.listed else "") for name in names]
        return {"unknown_names": described, "actor_kinds": ActorKind.choices}

    def add_name_view(self, request: HttpRequest, briefing_id: int) -> HttpResponse:
        """Make an actor of the `name` of the list, of the `kind` of the table or of the one given, and return to the text."""
        briefing = self._briefing(request, briefing_id)
        if not quick_add_address(self.admin_site, request, Actor):
            raise PermissionDenied
        typed = request.POST.get("name", "")
        unknown = next((name for name in _unknown_names(briefing, known_actors()) if name.name == typed), None)
        if unknown is None:
            messages.warning(request, "This name is no longer in the list: it may have been added in the meantime.")
        else:
            self._add_name(request, unknown, request.POST.get("kind", ""))
        return redirect(f"{reverse('admin:timeline_briefing_workspace', args=[briefing.pk])}#names")

    def _add_name(self, request: HttpRequest, unknown: UnknownName, kind: str) -> None:
        actor_admin = self.admin_site.get_model_admin(Actor)
        values = actor_admin.quick_values(unknown.name)
        form = actor_admin.quick_form(values if unknown.listed else values | {"kind": kind}, values)
        if similar := alike(Actor.objects.not_merged(), unknown.name)[:1]:
            address = reverse("admin:timeline_actor_change", args=[similar[0].pk])
            message = "Nothing was added: <a href='{}'>{}</a> has a similar name. If it is the same actor, add “{}” to its other names; if not, add it in the list of actors."
            messages.warning(request, format_html(message, address, similar[0], unknown.name))
        elif form.is_valid():
            actor = actor_admin.quick_add(request, form)
            messages.success(request, f"“{actor}” is an actor now: {actor_admin.offer_detail(actor)}.")
        else:
            errors = " ".join(" ".join(errors) for errors in form.errors.values())
            messages.error(request, f"“{unknown.name}” was not added. {errors}")


def _unknown_names(briefing: Briefing, actors: KnownActors) -> list[UnknownName]:
    return unknown_names((briefing.text[start:end] for start, end in briefing.transcript.paragraphs), actors)
