"""From draft to published and withdrawn: one event, many events, the review queue."""
