"""The options of one import."""

from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

from django.contrib.auth.models import User

from timeline.models import DataSet, ImportedEvent


@dataclass(slots=True)
class Options:
    path: Path
    file_name: str
    format: ModuleType
    data_set: DataSet | None  # not stored yet: it is made with the import. None: a package of our own
    publish: bool = False  # events that have a date and evidence become public at once
    overwrite: bool = False  # the file wins over the work of editors
    skip_refused: bool = False  # rows that are wrong are left out; else nothing is written
    may_change_public: bool = True  # whether published events may be changed
    actor_matches: dict[str, str] = field(default_factory=dict)  # name in the file -> slug of the actor it stands for
    places: dict[str, str] = field(
        default_factory=dict
    )  # name in the file, or name and precision -> slug of the place it stands for
    by: User | None = None  # None: a command of the site's owner

    @property
    def place_name_scheme(self) -> str:
        """Return the scheme of external ids under which names of places in the data set are stored."""
        return f"name-{self.data_set.slug}"[:40] if self.data_set else ""

    def imported(self):
        """Return what was brought in of the data set before; nothing of one that is not stored yet. No query."""
        if self.data_set and not self.data_set.pk:
            return ImportedEvent.objects.none()
        return ImportedEvent.objects.of_data_set(self.data_set.pk if self.data_set else None)
