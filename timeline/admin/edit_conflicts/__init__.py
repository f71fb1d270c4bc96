"""What happens to a form that was sent in after somebody else had changed the row: nothing is written, nothing is lost.

Where the row can still be changed, the form comes back with what was typed; what only the other changed is taken into
it, and both are shown side by side. Where it cannot (deleted, published or merged meanwhile), what was typed is shown.
"""

from timeline.admin.edit_conflicts.bound_form import changes_since_seen
from timeline.admin.edit_conflicts.forms import answer_to_repeat, record_submission

from .forms import StaleRow, answer_to_stale, is_stale

__all__ = ["StaleRow", "answer_to_stale", "is_stale", "record_submission", "changes_since_seen", "answer_to_repeat"]
