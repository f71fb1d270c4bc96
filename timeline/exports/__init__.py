"""The formats of an export. A format is one module with `extension`, `content_type`, `label` and `render`."""

from types import ModuleType

from . import to_csv, to_json

FORMATS: dict[str, ModuleType] = {module.extension: module for module in (to_csv, to_json)}
