"""A Data Package of our own, brought in again: what is missing here is made with the ids it had, what is here stays."""
