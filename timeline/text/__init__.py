"""Leaves: a text normalised, folded for search, cut into turns, and marked. No model, no request."""
