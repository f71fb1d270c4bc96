"""The roles of the editors' desk, as groups. A role holds all that the one before it holds."""

from django.contrib.auth.management import create_permissions

ENTERED = (
    *("event", "participation", "citation", "eventrelation"),
    *("briefing", "briefingspeaker", "actor", "actoralias", "place", "placeexternalid"),
)
CURATED = ("conflict", "eventtype", "dataset")
ACCOUNTS = ("user", "group")
IMPORTS = ("importbatch",)  # an editor imports drafts and a reviewer undoes an import; publishing has its own permission
EVERY_WAY = ("view", "add", "change", "delete")


def _permissions(app, ways, tables):
    return [(app, f"{way}_{table}") for table in tables for way in ways]


VIEWER = _permissions("timeline", ["view"], ENTERED + CURATED + IMPORTS)
EDITOR = VIEWER + _permissions("timeline", EVERY_WAY, ENTERED) + _permissions("timeline", ["add"], IMPORTS)
REVIEWER = EDITOR + _permissions("timeline", EVERY_WAY, CURATED) + [("timeline", "publish_event")]
REVIEWER += _permissions("timeline", ["delete"], IMPORTS)
ADMINISTRATOR = REVIEWER + _permissions("auth", EVERY_WAY, ACCOUNTS)
ROLES = {"Viewer": VIEWER, "Editor": EDITOR, "Reviewer": REVIEWER, "Administrator": ADMINISTRATOR}


def add_roles(apps, schema_editor):
    """Add what is missing of each role. What a site has given a group of that name beside it stays."""
    database = schema_editor.connection.alias
    for app in ("auth", "timeline"):
        _make_permissions(apps, apps.get_app_config(app), database)
    permissions = apps.get_model("auth", "Permission").objects.using(database)
    known = {
        (app, codename): key for app, codename, key in permissions.values_list("content_type__app_label", "codename", "pk")
    }
    for name, wanted in ROLES.items():
        group, _ = apps.get_model("auth", "Group").objects.using(database).get_or_create(name=name)
        group.permissions.add(*{known[codename] for codename in wanted})


def add_place_ids(apps, schema_editor):
    """Let each role do with the ids of places what it may do with places, and change nothing else that a site has given it."""
    _make_permissions(apps, apps.get_app_config("timeline"), schema_editor.connection.alias)
    permissions = apps.get_model("auth", "Permission").objects.filter(codename__endswith="_placeexternalid")
    for group in apps.get_model("auth", "Group").objects.filter(name__in=ROLES):
        named = [codename for _, codename in ROLES[group.name]]
        group.permissions.add(*permissions.filter(codename__in=named))


def _make_permissions(apps, app_config, database):
    """Make an app's permissions now: on a new database Django makes them only after the last migration."""
    if not getattr(app_config, "models_module", None):
        app_config.models_module = True  # the apps of a migration have none, and would be passed over
    create_permissions(app_config, verbosity=0, using=database, apps=apps)
