from django.db.models import Q


def redistributable_condition(event: str = "") -> Q:
    """Return the condition that an event may leave the site, `event__` being the way to it: entered here, or of a data set
    whose licence lets it go on."""
    return Q(**{f"{event}data_set": None}) | Q(**{f"{event}data_set__redistributable": True})
