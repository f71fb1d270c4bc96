"""Four thousand events of real files go out as a workbook, are saved by a spreadsheet with three cells changed, and come back."""

import shutil
import subprocess
from pathlib import Path

import pytest

from timeline.imports.events.event_import import check, run
from timeline.imports.events.event_record import Options
from timeline.imports.events.formats import FORMATS
from timeline.models import Event

from .beside import SHARED
from .export_events import taken
from .import_files import brought_in, counts
from .our_table import REASON, edits, with_workbook_cells

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.long, pytest.mark.beside("data/ucdp-ged")]

FILES = ("hdx_conflict_data_ukr_2023.csv", "hdx_conflict_data_ukr_2021.csv", "ged231_sample1000.csv")


def saved_by_a_spreadsheet(folder: Path, workbook: bytes) -> Path:
    """Return the workbook as LibreOffice saves it, by way of its own format; where it is not installed, as it is."""
    file = folder / "edited.xlsx"
    file.write_bytes(workbook)
    if office := shutil.which("soffice"):
        for ending, name in (("ods", "edited.xlsx"), ("xlsx", "edited.ods")):
            command = [
                office,
                f"-env:UserInstallation=file://{folder}/profile",
                "--headless",
                "--convert-to",
                ending,
                name,
            ]
            subprocess.run(command, cwd=folder, check=True, capture_output=True)  # noqa: S603 (our own command)
    return file


def test_three_changed_cells_change_three_events(client, tmp_path):
    for name in FILES:
        text = (SHARED / "data" / "ucdp-ged" / name).read_bytes()
        brought_in(tmp_path, text, publish=True, skip_refused=True)
    ids = list(Event.objects.order_by("pk").values_list("public_id", flat=True))
    before = dict(Event.objects.values_list("public_id", "revision"))
    typed = {
        ids[10]: {"title": "Renamed by hand"},
        ids[2000]: {"edtf": "[2014-08-01..2014-08-03]"},
        ids[-1]: {"deaths_high": 99},
    }
    workbook = with_workbook_cells(taken(client, "xlsx"), typed)
    options = Options(saved_by_a_spreadsheet(tmp_path, workbook), "edited.xlsx", FORMATS["our-export"], None, **REASON)
    summary = check(options)
    batch = run(options, summary)

    after = dict(Event.objects.values_list("public_id", "revision"))
    assert len(ids) > 4_000
    assert {name: [cell[0] for cell in cells] for name, cells in edits(summary).items()} == {
        ids[10]: ["title"],
        ids[2000]: ["edtf"],
        ids[-1]: ["deaths_high"],
    }
    assert (counts(batch), summary.not_read) == ((0, 3, len(ids) - 3, 0), {})
    assert {name for name in ids if before[name] != after[name]} == set(typed)
