"""Imports go one way: each package of `timeline` knows those that are before it here, and none behind it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import timeline

ROOT = Path(timeline.__file__).parent
LAYERS = [  # of one line: none of them knows another
    {"dates", "text", "absolute_urls", "evidence", "site_identity"},
    {"request_limits"},
    {"quotes", "extraction", "capture"},
    {"database"},
    {"querysets"},
    {"models"},
    {"filters", "history", "suggest"},
    {"pages"},
    {"versions", "merging", "redaction"},
    {"index"},
    {"facets", "charts"},
    {"exports"},
    {"imports"},
    {"views", "api", "backups"},
    {"admin", "monitoring"},
    {"management", "templatetags", "urls", "apps"},
]
RANK = {package: rank for rank, packages in enumerate(LAYERS) for package in packages}


def run(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes that are run: all but those under `if TYPE_CHECKING`."""
    if not (isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"):
        yield node
        for child in ast.iter_child_nodes(node):
            yield from run(child)


def imports(path: Path) -> Iterator[str]:
    """Yield the package of `timeline` that each import of the module names; what is imported for types alone is not run."""
    package = path.relative_to(ROOT.parent).parent.parts
    for node in run(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            names = [*above, *filter(None, (node.module or "").split("."))]
            if names[0] == ROOT.name:
                yield from names[1:2] or (alias.name for alias in node.names)


def test_imports_go_one_way():
    upwards = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in ROOT.rglob("*.py")
        if "migrations" not in path.parts
        for name in imports(path)
        for package in [path.relative_to(ROOT).with_suffix("").parts[0]]
        if name in RANK and name != package and RANK[name] >= RANK[package]
    ]

    assert upwards == []


def test_every_package_has_its_layer():
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"migrations"}

    assert packages - RANK.keys() == set()


def test_every_file_that_the_architecture_names_is_there():
    text = (ROOT.parent / "docs/architecture.md").read_text()
    named = re.findall(r"`((?:timeline|tracker|tests)/[\w/]+\.\w+)`", text)

    assert [path for path in named if not (ROOT.parent / path).exists()] == []
    assert len(named) >= 20
