"""What the events of a filter are about: the values of each facet with exact counts, each a link."""

from .facet import Facet, Value, facets

__all__ = ["Facet", "Value", "facets"]
