"""What the sentence of a filter calls the values of how events are known, where not by their labels."""

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
    "not_told": "without a word on how it is known",
    "hearsay": "from hearsay alone",
    "presupposed": "only by taking them for granted",
    "question": "in a question alone",
    "none": "by nobody",
}
CONTEST_WORDS = {"denied": "denied", "disputed": "disputed", "none": "uncontested"}
