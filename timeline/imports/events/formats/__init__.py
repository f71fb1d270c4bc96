"""The formats that events come in: one module each, one registry."""

from types import ModuleType

from . import ucdp_ged

FORMATS: dict[str, ModuleType] = {module.name: module for module in (ucdp_ged,)}

__all__ = ["FORMATS"]
