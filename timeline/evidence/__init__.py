"""A leaf: with which acts sources mention an event, what supports it, and how it is known. No model, no request."""
