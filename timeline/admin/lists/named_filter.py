from django.contrib.admin import ChoicesFieldListFilter


def titled_filter(title: str) -> type[ChoicesFieldListFilter]:
    """Return the filter of a field with choices under a title of our own: a field may be called as another table's is."""

    class Named(ChoicesFieldListFilter):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            self.title = title

    return Named
