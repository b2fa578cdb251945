"""The command line `amic-kg`: each command loads when it is called, so --help is instant."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import cast

import click

from amic_kg.errors import AmicError, InputError

EXIT_FAULT = 1
EXIT_USAGE = 2
EXIT_SOME_FAILED = 3
EXIT_INTERRUPTED = 130

# Name, module and attribute, and the line in the list: the module is imported when the command is
# called or asked for its own help.
_COMMANDS = {
    "demo": ("amic_kg.cli.demo:demo", "Ingest the sample corpus and open the site"),
    "ingest": ("amic_kg_ingest.commands:ingest", "Read documents into the graph and the index"),
    "sources": ("amic_kg_ingest.commands:sources", "List the declared sources"),
    "search": ("amic_kg.cli.reading:search", "Search as the website's box does"),
    "query": ("amic_kg.cli.reading:query", "Run a SPARQL query over the graph"),
    "questions": ("amic_kg.cli.questions:questions", "List the competency questions, or ask one"),
    "extract": ("amic_kg_ingest.commands:extract", "Show what would be extracted, storing nothing"),
    "vocab": ("amic_kg.cli.vocab:vocab", "Load vocabularies of others beside ours"),
    "status": ("amic_kg.cli.status:status", "What is in, what is missing and why"),
    "doctor": ("amic_kg.cli.operating:doctor", "Check this machine, and say what to install"),
    "check": ("amic_kg.cli.checking:check", "Verify that every quote stands where it says"),
    "review": ("amic_kg.cli.curating:review", "Decide on what was extracted, as a curator"),
    "works": ("amic_kg.cli.works:works", "Which documents are one work, in copies and versions"),
    "rebuild": ("amic_kg.cli.curating:rebuild", "Project documents anew, without reading them"),
    "export": ("amic_kg.cli.operating:export", "Write the whole graph to a file"),
    "dump": ("amic_kg.cli.operating:dump", "Make the graph ready for download"),
    "serve": ("amic_kg_api.commands:serve", "Serve the website, the API and SPARQL"),
    "mcp": ("amic_kg_api.commands:mcp", "Answer AI assistants (Model Context Protocol)"),
    "bench": ("amic_kg.cli.bench:bench", "Measure this machine against named alternatives"),
    "evaluate": ("amic_kg.cli.evaluate:evaluate", "Measure extraction against gold sets"),
    "train": ("amic_kg.cli.training:train", "Make the learned parts anew from your data"),
    "docs": ("amic_kg.cli.reference:docs", "Write the reference pages of docs/ from the code"),
}


class _LazyGroup(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        module, attribute = _COMMANDS[cmd_name][0].split(":")
        command = getattr(import_module(module), attribute)
        return cast(click.Command, command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in _COMMANDS:
            from difflib import get_close_matches

            close = get_close_matches(args[0], _COMMANDS, n=1)
            hint = f" Did you mean '{close[0]}'?" if close else ""
            ctx.fail(f"There is no command '{args[0]}'.{hint} 'amic-kg --help' lists them.")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        try:
            try:
                return super().invoke(ctx)
            finally:
                sys.stdout.flush()
        except BrokenPipeError:
            # The reader of our output has left ("amic-kg search … | head"): nothing is wrong.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in _COMMANDS.items()])


def _print_version(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        from amic_kg import __version__

        click.echo(f"amic-kg {__version__}")
        ctx.exit()


@click.group(
    cls=_LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="""\b
Examples:
  amic-kg demo                       try it with the sample corpus
  amic-kg ingest ~/reports           read a folder of documents
  amic-kg search "kaivosvesi"        find them again
  amic-kg serve                      website, API and SPARQL on this machine

\b
Exit codes: 0 all went well, 1 a fault of a service or of ours, 2 wrong usage or input,
3 some documents failed and the others are in, 130 interrupted.
Settings are AMIC_* variables; docs/reference/settings.md lists them.""",
)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_print_version,
    help="Show the version and exit.",
)  # fmt: skip
def _commands() -> None:
    """Turn the documents of a mining cluster into a knowledge graph and a search."""


def main() -> None:
    """Entry point: the one place where errors become lines on the terminal and exit codes."""
    try:
        code = _commands.main(standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("Interrupted; what was finished is kept.", err=True)
        sys.exit(EXIT_INTERRUPTED)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except InputError as error:
        click.echo(f"amic-kg: {error}", err=True)
        sys.exit(EXIT_USAGE)
    except AmicError as error:
        click.echo(f"amic-kg: {error}", err=True)
        sys.exit(EXIT_FAULT)
    sys.exit(code if isinstance(code, int) else 0)


def command_names() -> tuple[str, ...]:
    """All commands, for the reference and its test."""
    return tuple(_COMMANDS)
