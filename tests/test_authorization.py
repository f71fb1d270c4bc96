"""Every address of the site, every method, every kind of person: as `authorization.csv` declares it, and nothing else."""

import hashlib
import logging

import pytest
from django.db import connection, transaction
from django.template.response import TemplateResponse

from .authorization import FORBIDDEN, IDENTITIES, METHODS, Line, declared
from .authorization_matrix import World, addresses, observed
from .hypothesis_examples import PROFILE

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    """Let the refusals that are asked for fill no log, and draw the admin's pages for GET alone, by day for a superuser alone:
    the status is before."""
    drawn = TemplateResponse.rendered_content.fget

    def draw(answer) -> str:
        request = answer._request
        is_drawn = request.method == "GET" and (request.user.is_superuser or PROFILE == "thorough")
        return drawn(answer) if is_drawn else ""

    monkeypatch.setattr(TemplateResponse, "rendered_content", property(draw))
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE", "ALTER", "DROP", "TRUNCATE")
LINES = declared()
ADDRESSES = {address.key: address for address in addresses()}


def test_every_address_and_method_is_declared():
    known = {(line.address, method) for line in LINES if not line.case for method in line.methods}
    missing = [address for key, address in ADDRESSES.items() if not {(key, method) for method in METHODS} <= known]
    if missing:
        world = World()
        lines = [text for address in missing for text in observed(world, address) if not _is_known(text, known)]
        pytest.fail(
            "These addresses or methods are not declared. If each status is what it should be, add to "
            "tests/authorization.csv:\n\n" + "\n".join(lines),
            pytrace=False,
        )


def _is_known(text: str, known: set) -> bool:
    name, methods, *_ = text.split(",")
    return {(name, method) for method in methods.split()} <= known


def test_every_line_is_of_an_address_that_is_there():
    gone = [f"line {line.number}: {line.name}" for line in LINES if line.address not in ADDRESSES]
    twice = [(line.name, method) for line in LINES for method in line.methods]

    assert gone == []
    assert sorted(twice) == sorted(set(twice))
    assert {len(line.statuses) for line in LINES} <= {len(IDENTITIES)}


@pytest.mark.long
@pytest.mark.security
@pytest.mark.parametrize("identity", IDENTITIES)
def test_each_person_is_answered_as_declared_and_what_is_forbidden_writes_nothing(identity):
    world, place, wrong = World(), IDENTITIES.index(identity), []
    before = hash_of_all_tables()
    for line in LINES:
        path = world.path(ADDRESSES[line.address], identity, line.case)
        for method in [method for method in line.methods if _is_asked(path, method, identity)]:
            wrong += _undeclared(world, line, path, method, identity, line.statuses[place])

    assert wrong == []
    assert hash_of_all_tables() == before


def _is_asked(path: str, method: str, identity: str) -> bool:
    """Return whether to ask: at night always. By day two alone ask for public pages, for HEAD, which what answers GET answers,
    and for methods that no address takes, which are refused before it is known who asks."""
    is_of_desk = path.startswith("/admin/") and method in ("GET", "POST")
    return is_of_desk or identity in ("anonymous", "superuser") or PROFILE == "thorough"


def _undeclared(world: World, line: Line, path: str, method: str, identity: str, expected: int) -> list[str]:
    """Ask, and return what was not as declared. What is allowed is taken back; what is forbidden must not need that."""
    is_forbidden, writes = expected in FORBIDDEN, Writes()
    with connection.execute_wrapper(writes), transaction.atomic():
        status = world.ask(path, method, identity)
        transaction.set_rollback(not is_forbidden)
    where = f"line {line.number}, {line.name}: {method} {path} as {identity}"
    wrong = [f"{where} answers {status}, declared {expected}"] if status != expected else []
    must_not_write = is_forbidden or method in ("GET", "HEAD")
    return wrong + ([f"{where} writes: {writes.heard[0][:200]}"] if must_not_write and writes.heard else [])


class Writes:
    """Hears which statements write."""

    def __init__(self):
        self.heard: list[str] = []

    def __call__(self, execute, sql, params, many, context):
        if sql.lstrip().upper().startswith(WRITES):
            self.heard.append(sql)
        return execute(sql, params, many, context)


def hash_of_all_tables() -> str:
    """Return a hash of every row of every table of the database."""
    digest = hashlib.sha256()
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 (a name the database gave)
            digest.update(f"{table}{sorted(map(repr, cursor.fetchall()))}".encode())
    return digest.hexdigest()
