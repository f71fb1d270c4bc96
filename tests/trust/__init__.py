"""What the site must bear, tried on real servers: python -m tests.trust prints what it tried, and what came of it."""
