"""The documentation holds: commands parse, links resolve, queries run, the reference is current."""

from __future__ import annotations

import asyncio
import json
import re
import shlex
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import fields
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import click
import httpx
import pyoxigraph as ox
import pytest

from amic_kg.cli import _commands, command_names
from amic_kg.cli.format_facts import FORMATS
from amic_kg.cli.source_reference import MEANINGS
from amic_kg.errors import InvalidSetting
from amic_kg.ports import QueryRequest
from amic_kg.settings import PREFIX, Settings
from amic_kg.wiring import Services
from amic_kg_api.app import create_app
from amic_kg_ingest.formats import ReadingLimits, read_document
from amic_kg_ingest.formats.sniffing import Format
from amic_kg_ingest.sources import tables_of
from amic_kg_ingest.sources.declarations import KINDS, Kind
from amic_kg_ingest.sources.options import settings_of

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "docs" / "reference"
PAGES = sorted({*ROOT.glob("*.md"), *ROOT.glob("*/README.md"), *ROOT.glob("docs/**/*.md")})
TEXTS = [*PAGES, *(ROOT / name for name in ("Makefile", "docker-compose.yml", "api/Dockerfile"))]

FENCED = re.compile(r"^```(?P<language>\w*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`(amic-kg [^`]+)`")
BEFORE = r"\$ |\w+=\S* |\.venv/bin/|docker compose run .* api |echo .* \| |> "
COMMAND = re.compile(rf"^\s*(?:{BEFORE})*(amic-kg(?: .*)?)$")
LINK = re.compile(r"!?\[[^\]]*\]\((?P<target>[^)\s]+)\)")
SETTING = re.compile(rf"\b{PREFIX}[A-Z][A-Z_]*[A-Z]\b")
TURTLE_PREFIXES = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix mrdi: <https://w3id.org/amic/ontology#> .
@prefix m: <https://w3id.org/amic/vocab/method/> .
@prefix o: <https://w3id.org/amic/id/organization/> .
@prefix t: <https://w3id.org/amic/vocab/theme/> .
@prefix pl: <https://w3id.org/amic/id/place/> .
"""
ACCEPT: Mapping[Any, str] = {
    "rows": "application/sparql-results+json",
    "boolean": "application/sparql-results+json",
    "graph": "application/n-triples",
}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def blocks(language: str) -> list[Any]:
    """Every fenced block of a language, with page and line as its id."""
    return [
        pytest.param(match["text"], id=f"{name_of(page)}:{line_of(text, match.start())}")
        for page in PAGES
        for text in [page.read_text("utf-8")]
        for match in FENCED.finditer(text)
        if match["language"] == language
    ]


def line_of(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def commands() -> Iterator[tuple[str, list[str]]]:
    """Every example of `amic-kg` in the pages: where it stands, and its arguments."""
    for page in PAGES:
        text = page.read_text("utf-8")
        lines = [
            (line_of(text, match.start("text")) + number, line)
            for match in FENCED.finditer(text)
            for number, line in enumerate(match["text"].splitlines())
        ]
        prose = FENCED.sub(lambda match: "\n" * match[0].count("\n"), text)
        lines += [(line_of(prose, match.start()), match[1]) for match in INLINE.finditer(prose)]
        for number, line in lines:
            if match := COMMAND.match(line):
                # What stands far to the right is a remark, as in --help.
                yield f"{name_of(page)}:{number}", arguments(re.split(r"\s{3,}", match[1])[0])


def arguments(line: str) -> list[str]:
    lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    words = list(lexer)
    end = next((i for i, word in enumerate(words) if set(word) <= set("|&;<>()")), len(words))
    return words[1:end]


EXAMPLES = [pytest.param(words, id=place) for place, words in commands()]


@pytest.mark.parametrize("words", EXAMPLES)
def test_an_example_of_the_command_line_is_a_command_with_known_options(words: list[str]) -> None:
    name, *rest = [word for word in words if word not in ("--help", "--version")] or [""]
    if not name or "…" in name:
        return
    assert name in command_names()
    root = click.Context(_commands, **_commands.context_settings)
    command = _commands.get_command(root, name)  # type: ignore[attr-defined]
    context = click.Context(command, info_name=name, parent=root)
    if isinstance(command, click.Group) and rest and not rest[0].startswith("-"):
        name, *rest = rest
        command = command.commands[name]
        context = click.Context(command, info_name=name, parent=context)
    values, left, _ = command.make_parser(context).parse_args(list(rest))
    assert left == []
    for parameter in command.params:
        value = values.get(parameter.name)
        if isinstance(parameter.type, click.Choice | click.IntRange) and isinstance(value, str):
            parameter.type.convert(value, parameter, context)
        if rest and parameter.required:
            assert value


def test_enough_examples_are_looked_at() -> None:
    assert len(EXAMPLES) > 60
    assert {example.values[0][0] for example in EXAMPLES if example.values[0]} >= {
        *command_names()
    } - {"docs"}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_and_images_of_a_page_lead_somewhere(page: Path) -> None:
    prose = FENCED.sub("", page.read_text("utf-8"))
    for match in LINK.finditer(prose):
        target, _, anchor = match["target"].partition("#")
        if target.startswith(("http://", "https://")):
            continue
        path = (page.parent / target).resolve() if target else page
        assert path.exists(), match[0]
        assert path.is_relative_to(ROOT), match[0]
        if anchor and path.suffix == ".md":
            assert anchor in anchors(path), match[0]


def anchors(page: Path) -> set[str]:
    """What GitHub makes of the headings of a page."""
    prose = FENCED.sub("", page.read_text("utf-8"))
    headings = re.findall(r"^#+ +(.+)$", prose, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_index_names_every_page() -> None:
    index = (ROOT / "docs" / "README.md").read_text("utf-8")
    linked = {(ROOT / "docs" / match["target"]).resolve() for match in LINK.finditer(index)}
    assert {page for page in PAGES if page.is_relative_to(ROOT / "docs")} - linked == {
        ROOT / "docs" / "README.md"
    }


@pytest.mark.parametrize("path", TEXTS, ids=name_of)
def test_every_setting_that_is_named_exists(path: Path) -> None:
    known = {f"{PREFIX}{field.name.upper()}" for field in fields(Settings)}
    named = set(SETTING.findall(path.read_text("utf-8")))
    assert {name for name in named if not name.startswith(f"{PREFIX}TEST_")} - known == set()


def test_every_setting_command_and_route_stands_in_the_reference(samples: Services) -> None:
    settings = (REFERENCE / "settings.md").read_text("utf-8")
    assert [f.name for f in fields(Settings) if f"`{PREFIX}{f.name.upper()}`" not in settings] == []
    commands_page = (REFERENCE / "cli.md").read_text("utf-8")
    assert [name for name in command_names() if f"## amic-kg {name}\n" not in commands_page] == []
    http = (REFERENCE / "http.md").read_text("utf-8")
    assert [path for path in create_app(samples).openapi()["paths"] if path not in http] == []


def test_the_reference_is_what_the_code_says(amic: Any) -> None:
    checked = amic("docs", "--check", "--folder", REFERENCE)
    assert checked.code == 0, checked.out


def test_stale_and_missing_pages_are_named(amic: Any, tmp_path: Path) -> None:
    folder = tmp_path / "reference"
    assert amic("docs", "--folder", folder).code == 0
    assert amic("docs", "--check", "--folder", folder).code == 0
    (folder / "errors.md").unlink()
    with (folder / "settings.md").open("a", encoding="utf-8") as page:
        page.write("by hand\n")
    checked = amic("docs", "--check", "--folder", folder)
    assert checked.code == 1
    assert f"{folder / 'errors.md'}: missing" in checked.out
    assert f"{folder / 'settings.md'}: stale" in checked.out
    assert "cli.md" not in checked.out


def test_the_reference_needs_a_folder_to_lie_in(amic: Any, tmp_path: Path) -> None:
    assert amic("docs", "--folder", tmp_path / "no" / "where").code == 2


@pytest.mark.parametrize("query", blocks("sparql"))
def test_a_query_of_the_documentation_answers_from_the_samples(
    query: str, samples: Services
) -> None:
    assert rows(samples, query)


def test_queries_on_the_command_line_run(samples: Services) -> None:
    queries = [
        words[1]
        for _, words in commands()
        if words[:1] == ["query"] and len(words) > 1 and words[1][:1] not in ("-", "")
    ]
    assert queries
    assert [query for query in queries if not rows(samples, query)] == []


def rows(services: Services, query: str) -> list[object]:
    """What a query gives: rows, the truth of an ASK, or triples."""
    answer = services.graph.answer(QueryRequest(query, ACCEPT))
    if answer.media_type == ACCEPT["graph"]:
        return list(answer.body.splitlines())
    result = json.loads(answer.body)
    return [True] if result.get("boolean") else result["results"]["bindings"]


@pytest.mark.parametrize("text", blocks("turtle"))
def test_turtle_of_the_documentation_parses(text: str) -> None:
    assert list(ox.parse((TURTLE_PREFIXES + text).encode(), format=ox.RdfFormat.TURTLE))


@pytest.mark.parametrize("text", blocks("json"))
def test_json_of_the_documentation_parses(text: str) -> None:
    json.loads(text)


def requests() -> list[Any]:
    """Each `curl` of the pages, as the line it is."""
    return [
        pytest.param(line, id=f"{name_of(page)}: {line[:60]}")
        for page in PAGES
        for match in FENCED.finditer(page.read_text("utf-8"))
        for line in match["text"].splitlines()
        if line.startswith("curl ")
    ]


@pytest.mark.parametrize("line", requests())
def test_a_request_of_the_documentation_is_answered(line: str, samples: Services) -> None:
    words = shlex.split(line, comments=True)
    after = dict(pairwise(words))
    headers = dict([after["-H"].split(": ")]) if "-H" in after else {}
    data = after.get("--data-urlencode", "").partition("=")[2] or "SELECT * {}"
    address = next(word for word in words if re.match(r"(http://)?(localhost|127\.0\.0\.1):", word))
    answer = asyncio.run(
        ask(
            samples,
            "POST" if "--data-urlencode" in words else "GET",
            f"http://{address.removeprefix('http://')}",
            headers=headers,
            data={"query": data} if "--data-urlencode" in words else None,
        )
    )
    assert answer.status_code == (400 if "# a problem" in line else 200), answer.text
    if "Accept" in headers:
        assert answer.headers["content-type"].startswith(headers["Accept"])


async def ask(services: Services, method: str, address: str, **request: Any) -> httpx.Response:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(create_app(services))) as client:
        return await client.request(method, address, **request)


def test_the_result_in_the_readme_is_what_comes(amic: Any, sample_settings: Settings) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    shown = re.search(r"search trust --lang en --size 2\n```\n```text\n(.*?)```", readme, re.S)
    assert shown
    result = amic("search", "trust", "--lang", "en", "--size", "2", data=sample_settings.data)
    titles = [line for line in result.out.splitlines() if re.match(r"\d\. ", line)]
    assert [line for line in shown[1].splitlines() if re.match(r"\d\. ", line)] == titles


def test_the_table_of_formats_is_that_of_the_readers(corpus: Path) -> None:
    assert set(FORMATS) == set(get_args(Format))
    for kind, suffix in {"pdf": ".pdf", "docx": ".docx", "html": ".html", "text": ".txt"}.items():
        path = sorted(corpus.glob(f"*{suffix}"))[0]
        parsed = read_document(path, path.name, ReadingLimits(ocr=False))
        assert parsed.media_type == FORMATS[kind].media_type


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_of_source_is_told_with_settings_that_it_takes(kind: Kind) -> None:
    assert MEANINGS.keys() == set(KINDS)
    for table in filter(None, tables_of(kind)):
        told = {
            x.name: tomllib.loads(f"{x.name} = {x.example}")[x.name] for x in settings_of(table)
        }
        needed = {x.name: told[x.name] for x in settings_of(table) if x.default == "needed"}
        for name, value in told.items():
            given = table.of({**needed, name: value}, kind)
            assert name in needed or given != table.of(needed, kind), "an example changes something"
        assert table.of(told, kind)
        with pytest.raises(InvalidSetting, match=", ".join(told)):
            table.of({"no": "such"}, kind)


def test_every_dependency_has_its_row_in_the_decision() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    wanted = [*project["dependencies"], *(each for extra in extras for each in extra)]
    names = {re.split(r"[\s<>=~!;\[]", each)[0] for each in wanted}
    page = (ROOT / "docs/decisions/0002-dependencies.md").read_text("utf-8")
    table = page.split("| package |")[1].split("\n\n")[0]
    rows_of = {row.split("|")[1].split()[0] for row in table.splitlines()[2:]}
    assert rows_of == names


def test_every_package_of_the_pages_script_has_its_row_in_the_decision() -> None:
    wanted = json.loads((ROOT / "api/web/package.json").read_text("utf-8"))["dependencies"]
    page = (ROOT / "docs/decisions/0002-dependencies.md").read_text("utf-8")
    table = page.split("| npm package |")[1].split("\n\n")[0]
    rows_of: set[str] = set()
    for row in table.splitlines()[2:]:
        first, *others = row.split("|")[1].strip().split(", ")
        rows_of |= {first, *(f"{first.rpartition('/')[0]}/{name}" for name in others)}
    assert rows_of == set(wanted)
