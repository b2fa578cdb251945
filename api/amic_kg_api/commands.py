"""`amic-kg serve` and `amic-kg mcp`, and the server as `amic-kg demo` starts it."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import click

from amic_kg.errors import InvalidSetting
from amic_kg.settings import Settings

_BACKLOG = 2048


@click.command(
    epilog="""\b
Examples:
  amic-kg serve
  amic-kg serve --port 0 --open
  AMIC_DATA=/srv/amic amic-kg serve --host 0.0.0.0 --port 8080"""
)
@click.option("--host", help="Address to listen on; AMIC_HOST, else 127.0.0.1.")
@click.option("--port", type=click.IntRange(0, 65535),
              help="Port to listen on, 0 for a free one; AMIC_PORT, else 8000.")  # fmt: skip
@click.option("--open", "open_browser", is_flag=True, help="Open the site in a browser.")
def serve(host: str | None, port: int | None, open_browser: bool) -> None:
    """Serve the website, the API and SPARQL on this machine until Ctrl-C."""
    settings = Settings.from_environment()
    settings = replace(
        settings,
        host=settings.host if host is None else host,
        port=settings.port if port is None else port,
    )

    def ready(url: str) -> None:
        click.echo(f"AMIC-KG is at {url}   (Ctrl-C ends it)")
        if open_browser:
            click.launch(url)

    run_server(settings, ready)


@click.command(
    epilog="""\b
Examples:
  amic-kg mcp                                    as a program's configuration names it
  amic-kg mcp --site https://kg.example.org/     links lead to that website
  AMIC_DATA=/srv/amic amic-kg mcp

\b
It is started by an assistant, not by hand: docs/how-to/connect-an-assistant.md."""
)
@click.option("--site", metavar="URL",
              help="Website that links lead to; else AMIC_BASE_IRI, or this machine.")  # fmt: skip
def mcp(site: str | None) -> None:
    """Answer an AI assistant by the Model Context Protocol, on standard input and output."""
    from amic_kg.wiring import open_services
    from amic_kg_api.assistant.collection import Collection, site_address
    from amic_kg_api.assistant.server import serve_stdio

    settings = Settings.from_environment()
    address = site_address(settings, site)
    services = open_services(settings)
    if sys.stdin.isatty():
        click.echo("Waiting for an assistant on standard input   (Ctrl-D ends it)", err=True)
    try:
        serve_stdio(Collection(services, address))
    finally:
        services.close()


def run_server(settings: Settings, on_ready: Callable[[str], None]) -> None:
    """Serve until interrupted; `on_ready` gets the URL, ending in /, once requests are answered.

    Raises InvalidSetting when the address cannot be listened on.
    """
    # Imported here: `amic-kg --help` must not wait for a web framework.
    import uvicorn

    from amic_kg.wiring import open_services
    from amic_kg_api.app import create_app

    listening = listen(settings.host, settings.port)
    url = _url(settings.host, listening.getsockname()[1])

    class Announcing(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                on_ready(url)

    services = open_services(settings)
    try:
        config = uvicorn.Config(
            create_app(services),
            log_level="warning",
            access_log=False,
            # Behind a proxy on the same machine, addresses are those that the proxy was asked at.
            proxy_headers=True,
            server_header=False,
        )
        # uvicorn raises the signal again once it has ended; that it was asked to is no error.
        with suppress(KeyboardInterrupt):
            Announcing(config).run(sockets=[listening])
    finally:
        listening.close()
        services.close()


def listen(host: str, port: int) -> socket.socket:
    """A socket bound before anything is loaded, so that a taken port is told at once.

    Raises InvalidSetting.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol by name: of a socket without, asyncio does not turn Nagle's algorithm off, and
    # every answer on a kept connection waits 40 ms for the client's acknowledgement.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    # Connections of a server that ended a moment ago must not block the next one.
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(_BACKLOG)
    except OSError as error:
        listening.close()
        raise InvalidSetting(
            f"{host}:{port}",
            f"cannot be listened on: {(error.strerror or str(error)).lower()}",
            "Give another port with --port or AMIC_PORT, or 0 for a free one",
        ) from None
    return listening


def _url(host: str, port: int) -> str:
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{shown}:{port}/"
