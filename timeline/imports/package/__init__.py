"""A Data Package of our own, imported again: what is missing here is made with the ids it had, what is here stays."""
