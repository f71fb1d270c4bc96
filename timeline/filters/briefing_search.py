from .event_filter_form import EventFilterForm
from .filter_fields import TermsField


class BriefingSearch(EventFilterForm):
    """Words of briefings. As with events, a name that is not known is refused: it would show more than was meant."""

    also = frozenset({"page"})

    q = TermsField(required=False, label="Words in title or text")
