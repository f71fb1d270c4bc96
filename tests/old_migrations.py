"""Going back to migrations that a squashed one replaces, and forward again, one by one."""

from django.apps.registry import Apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def migrate(name: str | None = None) -> Apps:
    """Bring the tables to where this migration leaves them; None: the last one. Return their models as of then."""
    executor = MigrationExecutor(connection)
    loader = executor.loader
    loader.replace_migrations = False
    loader.build_graph()
    for squashed in loader.replacements:
        loader.applied_migrations.pop(squashed, None)
    leaves = [leaf for leaf in loader.graph.leaf_nodes() if leaf not in loader.replacements]
    targets = [("timeline", name)] if name else leaves
    executor.migrate(targets)
    return executor.loader.project_state(targets).apps
