from pathlib import Path

from django.core.management import call_command


def test_diagram_in_the_docs_is_that_of_the_models(capsys):
    call_command("describe_models")

    page = (Path(__file__).parent.parent / "docs/model.md").read_text()
    assert page.split("```mermaid\n")[1].removesuffix("```\n") == capsys.readouterr().out
