"""The public addresses. The path and query string of a list is the same for the page and for every export."""

from django.urls import path

from .views import (
    actor,
    briefing,
    cite,
    compare,
    conflict,
    download,
    embed,
    event,
    export,
    facet,
    health,
    marks,
    oembed,
    place,
    timeline,
    verify,
)

urlpatterns = [
    path("", timeline.event_list, name="event-list"),
    path("events.<str:extension>.manifest", export.export_manifest, name="export-manifest"),
    path("events.<str:extension>", export.event_export, name="event-export"),
    path("events/<slug:public_id>/", event.event_detail, name="event-detail"),
    path("events/<slug:public_id>/cite/", cite.event_cite, name="event-cite"),
    path("events/<slug:public_id>/card/", marks.event_card, name="event-card"),
    path("marks.<str:extension>", marks.marks_as, name="marks"),
    path("marks/cell/", marks.cell_events, name="marks-cell"),
    path("export/", download.export_choice, name="export-choice"),
    path("verify/", verify.verify_file, name="verify"),
    path("compare/", compare.compare, name="compare"),
    path("embed/", embed.embed, name="embed"),
    path("embed/events/<slug:public_id>/", embed.embed_event, name="embed-event"),
    path("oembed/", oembed.oembed, name="oembed"),
    path("facets/<slug:name>/", facet.facet, name="facet"),
    path("healthz", health.healthz, name="healthz"),
    path("briefings/", briefing.briefing_list, name="briefing-list"),
    path("briefings/<slug:slug>/", briefing.briefing_detail, name="briefing-detail"),
    path("actors/", actor.actor_list, name="actor-list"),
    path("actors/<slug:slug>/", actor.actor_detail, name="actor-detail"),
    path("places/", place.place_list, name="place-list"),
    path("places/<slug:slug>/", place.place_detail, name="place-detail"),
    path("conflicts/", conflict.conflict_list, name="conflict-list"),
    path("conflicts/<slug:slug>/", conflict.conflict_detail, name="conflict-detail"),
]
