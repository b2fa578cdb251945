"""`amic-kg docs`: the reference pages of docs/, written from the code so that they agree."""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from amic_kg import errors
from amic_kg.cli import source_reference
from amic_kg.cli.format_facts import FORMATS
from amic_kg.errors import AmicError, UnreadableInput
from amic_kg.settings import PREFIX, Settings

if TYPE_CHECKING:
    from amic_kg_api.openapi_view import Field, OperationView, SchemaView
    from amic_kg_api.problems import ProblemKind

_WIDTH = 88
_MADE = "<!-- Written by `amic-kg docs` from the code; `make docs` writes it anew. -->"


@click.command(
    epilog="""\b
Examples:
  amic-kg docs                       write docs/reference/ anew
  amic-kg docs --check               say which pages are stale; exit code 1 if any is"""
)
@click.option("--check", is_flag=True, help="Write nothing; name the pages that are stale.")
@click.option(
    "--folder", type=click.Path(path_type=Path, file_okay=False),
    default=Path("docs/reference"), show_default=True, help="Where the pages lie.",
)  # fmt: skip
@click.pass_context
def docs(context: click.Context, check: bool, folder: Path) -> None:
    """Write the reference pages from the code: settings, commands, errors, HTTP and so on."""
    pages = reference_pages(context.find_root())
    if check:
        stale = list(stale_pages(folder, pages))
        for line in stale:
            click.echo(line)
        if stale:
            click.echo("'amic-kg docs' writes them anew.")
            raise click.exceptions.Exit(1)
        click.echo(f"{len(pages)} pages in {folder} are what the code says")
        return
    if not folder.parent.is_dir():
        raise UnreadableInput(
            str(folder), "has no folder to lie in", "Run this in a checkout, or give --folder"
        )
    folder.mkdir(exist_ok=True)
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8")
    click.echo(f"{len(pages)} pages written to {folder}")


def reference_pages(root: click.Context) -> dict[str, str]:
    """File name to text of every page; `root` is the context of `amic-kg` itself."""
    return {
        "settings.md": _page("Settings", _settings()),
        "cli.md": _page("Command line", _commands(root)),
        "errors.md": _page("Errors", _errors()),
        "http.md": _page("HTTP", _http()),
        "formats.md": _page("Formats", _formats()),
        "sources.md": _page("Sources", _sources()),
    }


def stale_pages(folder: Path, pages: Mapping[str, str]) -> Iterator[str]:
    """A line for each page that is missing, differs, or that nothing generates any more."""
    for name, text in pages.items():
        path = folder / name
        if not path.is_file():
            yield f"{path}: missing"
        elif path.read_text(encoding="utf-8") != text:
            yield f"{path}: stale"
    for path in sorted(folder.glob("*.md")):
        if path.name not in pages and path.read_text(encoding="utf-8").startswith(_MADE):
            yield f"{path}: nothing writes it any more, remove it"


def _page(title: str, blocks: Iterable[str]) -> str:
    return "\n\n".join((_MADE, f"# {title}", *blocks)) + "\n"


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join(f"| {' | '.join(map(_cell, cells))} |" for cells in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _code(text: str, language: str = "text") -> str:
    return f"```{language}\n{text.strip()}\n```"


def _settings() -> Iterator[str]:
    yield (
        "Every setting is an environment variable, read once when a command starts. "
        "An unknown `AMIC_` name is refused, so that a slip of the pen does not pass unseen "
        "(names that begin with `AMIC_TEST_` belong to the tests)."
    )
    yield _table(
        ("setting", "default", "allowed", "meaning"),
        (
            (
                f"`{PREFIX}{field.name.upper()}`",
                f"`{field.default}`" if field.default != "" else "unset",
                _allowed(field),
                field.metadata["help"],
            )
            for field in dataclasses.fields(Settings)
        ),
    )
    yield _code(
        f"{PREFIX}DATA=/srv/amic {PREFIX}PORT=8080 amic-kg serve\n"
        f"{PREFIX}OCR=off amic-kg ingest reports",
        "sh",
    )


def _allowed(field: dataclasses.Field[object]) -> str:
    if choices := field.metadata["choices"]:
        return " or ".join(f"`{choice}`" for choice in choices)
    if field.type == "int":
        return f"whole number, {field.metadata['low']} or more"
    return "path" if field.type == "Path" else "text"


def _commands(root: click.Context) -> Iterator[str]:
    from amic_kg.cli import command_names

    group = root.command
    yield (
        "What `--help` says, command by command. Options may stand before or after arguments; "
        "`--json` gives machines one JSON object (`extract`: one a line)."
    )
    yield _code(_help(group, None))
    for name in command_names():
        command = group.get_command(root, name) if isinstance(group, click.Group) else None
        if command is not None:
            yield f"## amic-kg {name}"
            yield _code(_help(command, root))


def _help(command: click.Command, parent: click.Context | None) -> str:
    name = "amic-kg" if parent is None else command.name
    up = None if parent is None else click.Context(parent.command, info_name="amic-kg")
    # The width is fixed: the page must not depend on the terminal that wrote it.
    context = click.Context(
        command, parent=up, info_name=name, terminal_width=_WIDTH, max_content_width=_WIDTH,
        help_option_names=["-h", "--help"],
    )  # fmt: skip
    return command.get_help(context)


def _errors() -> Iterator[str]:
    from amic_kg_api import refusals
    from amic_kg_api.problems import TABLE

    yield (
        "What can go wrong, as one tree. An `InputError` is the user's to mend: it names input, "
        "cause and remedy. A `SystemFault` is ours, or of a service that we stand on."
    )
    yield _code(_drawing(errors.__doc__))
    yield (
        "On the command line an `InputError` of a whole command ends it with exit code 2, a "
        "`SystemFault` with 1. During `ingest` an error of one document is listed with it, the "
        "others go on, and the exit code is 3. Over HTTP each is an answer in "
        "[problem+json](https://www.rfc-editor.org/rfc/rfc9457) with `type`, `title`, `status`, "
        "`detail` and `remedy`; a person who asks for HTML gets a page that says the same."
    )
    yield _error_table(errors.__name__, TABLE)
    yield "## What the web server refuses by itself"
    yield _code(_drawing(refusals.__doc__))
    yield _error_table(refusals.__name__, TABLE)


def _error_table(module: str, table: Mapping[type[Exception], ProblemKind]) -> str:
    """Meanings stand in the drawing: here is what an error of `module` becomes over HTTP."""
    kinds = [kind for kind in _subclasses(AmicError) if kind.__module__ == module]
    problems = (next(table[a] for a in kind.__mro__ if a in table) for kind in kinds)
    return _table(
        ("error", "HTTP status", "type of the problem"),
        (
            (f"`{kind.__name__}`", str(problem.status), f"[`{problem.name}`](http.md#problems)")
            for kind, problem in zip(kinds, problems, strict=True)
        ),
    )


def _drawing(documentation: str | None) -> str:
    """The tree that a module's docstring draws, without the text around it."""
    lines = inspect.cleandoc(documentation or "").split("::\n\n", 1)[-1].split("\n")
    drawn = [line[4:] for line in lines if line.startswith("    ")]
    return "\n".join(drawn)


def _subclasses(root: type[AmicError]) -> Iterator[type[AmicError]]:
    for kind in root.__subclasses__():
        yield kind
        yield from _subclasses(kind)


def _http() -> Iterator[str]:
    from amic_kg_api.openapi_view import operations, schemas
    from amic_kg_api.problems import TABLE

    described, pages = _routes()
    yield (
        "Everything that the server answers. Reads need no key and may come from any site (CORS). "
        "The same list is at `/docs`, as OpenAPI at `/openapi.json`. Where a format can be chosen, "
        "`?format=` goes before the `Accept` header."
    )
    for tag, group in operations(described).items():
        yield f"## {tag}"
        for operation in group:
            yield from _operation(operation)
    yield "## Pages and files of the site"
    yield "For people and their browsers; not part of the OpenAPI document."
    yield _table(("address", "what it is"), pages)
    yield "## Objects"
    for schema in schemas(described):
        yield from _schema(schema)
    yield "## Problems"
    yield "What the `type` of an answer in problem+json can be."
    kinds = {(kind.status, kind.name): kind for kind in TABLE.values()}
    yield _table(
        ("status", "type", "title"),
        ((str(k.status), f"`{k.name}`", k.title) for _, k in sorted(kinds.items())),
    )


def _routes() -> tuple[Mapping[str, object], list[tuple[str, str]]]:
    """The OpenAPI document, and path and purpose of the routes that it leaves out.

    An application needs services: these are the real ones over an empty folder that is thrown
    away, since nothing of them is asked.
    """
    from amic_kg.wiring import open_services
    from amic_kg_api.app import create_app

    with TemporaryDirectory() as folder:
        services = open_services(Settings(data=Path(folder)))
        try:
            document = create_app(services).openapi()
        finally:
            services.close()
    return document, sorted(_hidden_routes())


def _hidden_routes() -> Iterator[tuple[str, str]]:
    from amic_kg_api import routes

    for module in iter_modules(routes.__path__, f"{routes.__name__}."):
        for route in import_module(module.name).router.routes:
            if not route.include_in_schema:
                yield f"`{route.path}`", _PAGES.get(route.path) or _purpose(route.endpoint)


def _purpose(endpoint: Callable[..., object]) -> str:
    documented = inspect.getdoc(endpoint) or endpoint.__name__.replace("_", " ").capitalize()
    return documented.split("\n\n", 1)[0]


_PAGES = {
    "/": "The search page, and its results when there is a `q`; takes what `/api/search` takes",
    "/docs": "The reference of the API as a page",
    "/documents/{key}": "Leads on to the page of the document",
    "/documents/{key}/pages/{number}": "The text of a page, the quote in `q` marked",
    "/id/{kind}": "All that is registered of a kind",
    "/favicon.ico": "The icon, for browsers that ask without being told",
    "/robots.txt": "What crawlers may read",
    "/vocab": "All vocabularies and what is registered",
}


def _operation(operation: OperationView) -> Iterator[str]:
    yield f"### {operation.method} {operation.path}"
    yield from (part for part in operation.meaning if part)
    if operation.parameters:
        yield _table(("parameter", "type", "meaning"), map(_field, operation.parameters))
    if operation.bodies:
        yield f"Body: {_listed(operation.bodies)}."
    facts = [f"Answers with {_listed(operation.media_types)}"] if operation.media_types else []
    if operation.schema:
        facts.append(f"object [{operation.schema}](#{operation.schema.lower()})")
    if facts:
        yield f"{'; '.join(facts)}."
    if operation.answers:
        yield _table(("status", "when"), ((s, meaning) for s, meaning in operation.answers))


def _schema(schema: SchemaView) -> Iterator[str]:
    yield f"### {schema.name}"
    if schema.meaning:
        yield " ".join(schema.meaning.split())
    yield _table(("member", "type", "meaning"), map(_field, schema.fields))


def _field(field: Field) -> tuple[str, str, str]:
    return f"`{field.name}`", f"{field.type}{', needed' if field.needed else ''}", field.meaning


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _formats() -> Iterator[str]:
    from amic_kg.extract.bibliography import KINDS
    from amic_kg_ingest.formats.sniffing import SUFFIXES
    from amic_kg_ingest.sources.sidecars import SIDECAR

    yield (
        "What a file is, its first bytes say; its ending only settles what the bytes leave open. "
        "In a folder, files with the endings below are read, and files without ending that begin "
        "like a PDF. A file that is named on its own is tried whatever it is called."
    )
    endings: dict[str, list[str]] = {}
    for suffix, kind in SUFFIXES.items():
        endings.setdefault(kind, []).append(suffix)
    yield _table(
        ("format", "endings", "media type", "a page is", "metadata of its own"),
        (
            (
                facts.name,
                _listed(endings.get(kind, ())) or "none",
                f"`{facts.media_type}`",
                facts.page,
                facts.metadata,
            )
            for kind, facts in FORMATS.items()
        ),
    )
    yield (
        f"`NAME{SIDECAR}` beside `NAME` describes it in the local names of Dublin Core terms; "
        "[how to ingest a folder](../how-to/ingest-a-folder.md) has the list of keys. "
        f"Its `type` is one of {_listed(KINDS)}; any other counts as `Output`."
    )
    yield "Limits on size, time, memory and OCR are [settings](settings.md)."


def _sources() -> Iterator[str]:
    yield (
        "A source that comes again is declared by a file `NAME.toml` in the folder `sources` of "
        "`AMIC_DATA`; `amic-kg ingest NAME` reads it, `amic-kg ingest NAME --dry-run` says what "
        "would come. A file of the same name goes before one that is shipped. A setting that is "
        "not listed here is refused."
    )
    yield _table(("key", "meaning", "example"), source_reference.declaration_rows())
    for kind, tables in source_reference.kinds():
        yield f"## {kind}"
        yield source_reference.MEANINGS[kind]
        if not tables:
            yield "It knows neither options nor a filter."
        for name, rows in tables.items():
            yield f"`[{name}]`"
            yield _table(("setting", "type", "default", "meaning", "example"), rows)
    yield "## Sources that are shipped"
    yield _table(
        ("name", "kind", "what it brings", "from", "settings"), source_reference.shipped_rows()
    )
