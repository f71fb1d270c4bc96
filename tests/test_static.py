"""What a page makes the browser load."""

import gzip
import re
from pathlib import Path

import pytest
from django.apps import apps

APP = Path(apps.get_app_config("timeline").path)
STATIC, TEMPLATES = APP / "static", APP / "templates"
LOADED = re.compile(r"""(?:src|srcset|@import|url\(|from|import\()\s*[=(]?\s*["']?((?:https?:)?//[^"')\s]+)""")


def test_all_scripts_together_are_small():
    scripts = [path for path in STATIC.rglob("*.js") if "admin" not in path.parts]

    assert scripts
    assert sum(len(gzip.compress(path.read_bytes())) for path in scripts) <= 40 * 1024


@pytest.mark.parametrize("folder", [STATIC, TEMPLATES], ids=["static", "templates"])
def test_nothing_is_loaded_from_another_host(folder):
    hosts_by_file = {}
    for path in folder.rglob("*"):
        if path.suffix in (".js", ".css", ".html", ".svg"):
            hosts_by_file[path.name] = LOADED.findall(path.read_text(encoding="utf-8"))

    assert {name: hosts for name, hosts in hosts_by_file.items() if hosts} == {}


def test_another_host_would_be_found():
    assert LOADED.findall('<script src="https://cdn.example/x.js">') == ["https://cdn.example/x.js"]
    assert LOADED.findall("background: url(//fonts.example/a.woff)") == ["//fonts.example/a.woff"]
    assert LOADED.findall('import x from "https://esm.example/d3"') == ["https://esm.example/d3"]
