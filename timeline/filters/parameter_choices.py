"""The short lists that parameters of the filter choose from, where no model declares them: code and label."""

from timeline.models.taxonomy import Quad

WHEN = [("possible", "May fall in this period"), ("certain", "Definitely in this period")]
EVIDENCE = [("verified", "Quote matched"), ("unverified", "No quote matched"), ("disputed", "Disputed")]
QUADS = [(str(quad.value), quad.label.capitalize()) for quad in Quad]
ORDER = [
    ("date", "Oldest first"),
    ("-date", "Newest first"),
    ("-published", "Most recently reported first"),
    ("-recorded", "Most recently added first"),
]
