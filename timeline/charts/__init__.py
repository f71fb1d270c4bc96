"""Time drawn: the overview's bars, the lanes with their marks, and two filters compared."""
