"""The timeline: events, the briefings that mention them, and every way to read them."""
