"""The short lists that parameters of the filter choose from, where no model declares them: code and label.

What the sentence of a filter calls the values of short lists, where not by their labels.
"""

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
UNSET = [
    ("place", "a place"),
    ("conflict", "a conflict"),
    ("actor", "any participant"),
    ("start", "a known start"),
    ("deaths", "a count of deaths"),
    ("data_set", "a data set"),
]

QUAD_WORDS = {str(quad.value): quad.label for quad in Quad}
UNSET_WORDS = {code: f"without {label}" for code, label in UNSET}
EVIDENCE_WORDS = {
    "verified": "with a matched quote",
    "unverified": "without a matched quote",
    "disputed": "that a source denies or disputes",
}
ACTUALITY_WORDS = {
    "occurred": "happened",
    "announced": "are announced",
    "did_not_occur": "did not happen",
    "unclear": "may have happened",
}
FORM_WORDS = {
    "quote": "a matched quote",
    "source": "a named source without its text",
    "data_set": "the record of a data set",
}
ASSERTION_WORDS = {
    "first_hand": "first-hand",
    "not_told": "without saying how it is known",
    "hearsay": "only from hearsay",
    "presupposed": "only as already known",
    "question": "only in a question",
    "none": "by nobody",
}
CONTEST_WORDS = {"denied": "denied", "disputed": "disputed", "none": "uncontested"}
