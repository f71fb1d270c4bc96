"""The papers of a package: what it is, how to cite it, and on what terms it may be used."""

from timeline.exports.export_header import About

from .package_tables import TABLES


def readme(about: About) -> str:
    tables = "\n".join(
        f"- `{table.name}.csv`: {', '.join(column.name for column in table.columns)}" for table in TABLES
    )
    left_out = "".join(f"\n{withheld.words}\n" for withheld in about.left_out)
    return (
        f"# {about.sentence}\n\n{about.url}\n\n"
        f"{about.total} events, revision {about.revision} of the data"
        f"{f', as known on {about.known_by}' if about.known_by else ''}.\n{left_out}\n"
        "Dates are as precise as the sources are: `edtf` is the date, the four bounds are the days between which it "
        "lies, and an empty bound is open.\n\n"
        f"{tables}\n\n`datapackage.json` says what each column means. Files are UTF-8 with CRLF at the end of each row.\n"
    )


def citation(about: About) -> str:
    return f"{about.attribution}\n"


def licence(about: About) -> str:
    sources = "".join(
        f"\n{withheld.name}: {withheld.licence} {withheld.licence_url}\n{withheld.attribution}\n"
        for withheld in about.sources
    )
    return (
        f"{about.licence}\n{about.licence_url}\n\nIt covers what {about.publisher} has recorded. Quoted words and the texts "
        f"of briefings are their authors', under the rights named in briefings.csv.\n{sources}"
    )
