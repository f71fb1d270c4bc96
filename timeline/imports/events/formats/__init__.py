"""The formats that events come in: one module each, one registry."""

from types import ModuleType

from timeline.imports.package import package_archive as data_package

from . import acled, gdelt, our_csv, our_export, timelinejs, ucdp_ged

FORMATS: dict[str, ModuleType] = {
    module.name: module for module in (our_csv, our_export, ucdp_ged, acled, gdelt, timelinejs, data_package)
}

__all__ = ["FORMATS"]
