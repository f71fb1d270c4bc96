"""Numbers that rise when rows change: of all rows, and of what the public can read."""
