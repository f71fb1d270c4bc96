import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.db.backends.signals import connection_created
from django.template.base import Template
from django.test import Client
from django.test.utils import _TestState

from tests.races import plain_pages, shared  # noqa: F401 (fixtures)
from tests.shard_sizes import set_shard_size  # noqa: F401 (fixture)

from . import hypothesis_examples, migrated_database  # noqa: F401 (every module has its profile)
from .beside import skip_missing
from .clients import Reader, let_go
from .shared_fixtures import Stage, follow, has_file, wanted

WIDGETS = ("django/forms/", "admin/widgets/")


def pytest_collection() -> None:
    """Collect without the collector of garbage: nothing that collecting makes goes, and looking takes a fifth of it."""
    gc.disable()


@pytest.hookimpl(trylast=True)  # when they are in their random order
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    skip_missing(items)
    follow(items)


def pytest_collection_finish() -> None:
    """Spare the collector of garbage what stays until the end, modules and tests, and have it look more seldom."""
    gc.freeze()
    gc.set_threshold(20_000, 50, 50)
    gc.enable()


@pytest.fixture(scope="session", autouse=True)
def _only_pages_recorded(django_test_environment):
    """Have Django's client record no widget of a form: copying a context for each takes a fifth of an admin test."""
    draw, draw_and_record = _TestState.saved_data.template_render, Template._render

    def render(template, context):
        is_widget = (template.name or "").startswith(WIDGETS)
        return draw(template, context) if is_widget else draw_and_record(template, context)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", render)
        yield


@pytest.fixture(scope="session", autouse=True)
def _files_are_made_at_once(django_test_environment):
    """Have small files sent whole, with their length and digest, however busy the machine is. The tests of that limit set one."""
    from timeline.exports import stream

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stream, "QUICK", 300)  # seconds
        yield


@pytest.fixture(scope="session")
def migrated_copy(pytestconfig) -> Path | None:
    """Return where the copy of the migrated database is, or will be; None: there is none on PostgreSQL, or without a cache."""
    if connection.vendor != "sqlite" or not hasattr(pytestconfig, "cache"):
        return None
    return pytestconfig.cache.mkdir("migrated") / f"{migrated_database.digest()}.sqlite3"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, migrated_copy) -> Iterator[None]:
    """Have the test database filled from the copy as soon as it is opened."""
    if migrated_copy is None:
        return (yield)
    fill = lambda connection, **signal: migrated_database.fill(connection, migrated_copy)  # noqa: E731 (kept by a name)
    connection_created.connect(fill)
    yield
    connection_created.disconnect(fill)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker, migrated_copy) -> None:
    if migrated_copy:
        with django_db_blocker.unblock():
            migrated_database.keep(connection, migrated_copy)


@pytest.fixture(scope="session")
def stage(django_db_setup, django_db_blocker) -> Iterator[Stage]:
    stage = Stage()
    yield stage
    with django_db_blocker.unblock():
        stage.clear()


@pytest.fixture
def staged(request, stage, django_db_blocker) -> None:
    with django_db_blocker.unblock():
        stage.set_for(wanted(request.node))


@pytest.fixture
def _django_db_helper(request, staged, django_db_setup, django_db_blocker) -> Iterator[None]:
    """Set the stage before the transaction of the test begins: pytest-django's, which whatever needs a database asks for. A test
    with a file of its own leaves nothing in the database of the others: there is nothing to put back, which takes a quarter of a second."""
    if has_file(request.node):
        with django_db_blocker.unblock():
            yield
    else:
        request.getfixturevalue("_django_db_helper")
        yield


@pytest.fixture
def client() -> Iterator[Client]:
    """Return an anonymous reader: the public. Files that it asked for and did not read are closed, as a server does."""
    reader = Reader()
    yield reader
    for answer in list(reader.files):
        let_go(answer)
