"""The timeline: events, the briefings that speak of them, and every way to read them."""
