"""Events proposed from the text of a briefing, each with its exact words and why it is proposed. Saves nothing.

    suggestions(briefing, known_actors())

The language is English, the rules are in the modules, one each; what they miss is in docs/suggestions.md.
"""

from .actor_names import KnownActors, known_actors
from .proposals import Suggestion, suggestions
from .unknown_names import UnknownName, unknown_names

__all__ = ["KnownActors", "Suggestion", "UnknownName", "known_actors", "suggestions", "unknown_names"]
