"""What happens to a form that was sent in after somebody else had changed the row: nothing is written, nothing is lost.

Where the row can still be changed, the form comes back with what was typed; what only the other changed is taken into
it, and both are shown side by side. Where it cannot (deleted, published or merged meanwhile), what was typed is shown.
"""

from .double_submit import remember, sent_already
from .forms import Stale, answer_to_stale, is_stale
from .stale_confirmation import seen_since

__all__ = ["Stale", "answer_to_stale", "is_stale", "remember", "seen_since", "sent_already"]
