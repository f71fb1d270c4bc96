"""The public addresses. The path and query string of a list is the same for the page and for every export."""

from django.contrib.sitemaps.views import index, sitemap
from django.urls import include, path

from .views import (
    briefing,
    changes,
    chart_marks,
    compare,
    embed,
    event,
    export_page,
    report_error,
    site_pages,
    subject_page,
    text_versions,
    timeline,
    verify_page,
)
from .views.sitemaps import SITEMAPS

TAKES_FORMS = {"verify", "event-report"}  # names of the addresses to which a form is sent; all others are only read

urlpatterns = [
    path("", timeline.event_list, name="event-list"),
    path("events.<str:extension>.manifest", export_page.export_manifest, name="export-manifest"),
    path("events.<str:extension>", export_page.event_export, name="event-export"),
    path("events/<slug:public_id>/", event.event_detail, name="event-detail"),
    path("events/<slug:public_id>/cite/", event.event_cite, name="event-cite"),
    path("events/<slug:public_id>/report/", report_error.report_error, name="event-report"),
    path("events/<slug:public_id>/card/", chart_marks.event_card, name="event-card"),
    path("marks.html", chart_marks.marks_drawing, name="marks"),
    path("marks.json", chart_marks.marks_gone, name="marks-json"),
    path("marks/cell/", chart_marks.cell_events, name="marks-cell"),
    path("export/", export_page.export_choice, name="export-choice"),
    path("redactions/", text_versions.redactions, name="redactions"),
    path("verify/", verify_page.verify_file, name="verify"),
    path("compare/", compare.compare, name="compare"),
    path("api/", include("timeline.api.urls")),
    path("embed/", embed.embed, name="embed"),
    path("embed/events/<slug:public_id>/", embed.embed_event, name="embed-event"),
    path("oembed/", embed.oembed, name="oembed"),
    path("changes/", changes.changes, name="changes"),
    path("changes.atom", changes.feed, name="changes-feed"),
    path("about/", site_pages.about, name="about"),
    path("method/", site_pages.method, name="method"),
    path("codebook/", site_pages.codebook, name="codebook"),
    path("codebook.csv", site_pages.codebook_file, name="codebook-file"),
    path("robots.txt", site_pages.robots, name="robots"),
    path(".well-known/security.txt", site_pages.security, name="security"),
    path("sitemap.xml", index, {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap-section"}, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap-section"),
    path("facets/<slug:name>/", timeline.facet, name="facet"),
    path("briefings/", briefing.briefing_list, name="briefing-list"),
    path("briefings/<slug:slug>/", briefing.briefing_detail, name="briefing-detail"),
    path("briefings/<slug:slug>/texts/", text_versions.earlier_texts, name="briefing-texts"),
    path("briefings/<slug:slug>/texts/<slug:sha256>/", text_versions.earlier_text, name="briefing-text"),
    path(
        "briefings/<slug:slug>/texts/<slug:sha256>/to/<slug:other>/",
        text_versions.text_difference,
        name="briefing-text-difference",
    ),
    path("actors/", subject_page.actor_list, name="actor-list"),
    path("actors/<slug:slug>/", subject_page.actor_detail, name="actor-detail"),
    path("places/", subject_page.place_list, name="place-list"),
    path("places/<slug:slug>/", subject_page.place_detail, name="place-detail"),
    path("conflicts/", subject_page.conflict_list, name="conflict-list"),
    path("conflicts/<slug:slug>/", subject_page.conflict_detail, name="conflict-detail"),
]
