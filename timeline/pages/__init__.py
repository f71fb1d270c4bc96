"""What pages show of a text or a list, before a template writes it."""
