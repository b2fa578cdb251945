"""What a fetch may take: sizes, times, tries."""

from __future__ import annotations

from dataclasses import dataclass

from amic_kg.settings import Settings

MEGABYTE = 1_000_000
SMALL = 64 * MEGABYTE


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """Sizes in bytes, times in seconds.

    `idle_seconds` is the longest silence of a server, `request_seconds` one exchange from the
    connection to the last byte, `total_seconds` all exchanges for one address: redirects and
    further tries, with the pauses between the tries. `ratio` is how much more may come out of a
    compressed body than went in, once more than a megabyte came out.
    """

    most_bytes: int = 512 * MEGABYTE
    small_bytes: int = SMALL
    ratio: int = 100
    connect_seconds: float = 15
    idle_seconds: float = 30
    request_seconds: float = 600
    total_seconds: float = 1800
    redirects: int = 10
    tries: int = 4
    first_pause_seconds: float = 1
    longest_pause_seconds: float = 300
    host_pause_seconds: float = 1

    @classmethod
    def of(cls, settings: Settings) -> FetchLimits:
        most = settings.file_megabytes * MEGABYTE
        return cls(
            most_bytes=most,
            small_bytes=min(most, SMALL),
            request_seconds=settings.fetch_seconds,
            total_seconds=3 * settings.fetch_seconds,
            host_pause_seconds=settings.fetch_pause_milliseconds / 1000,
        )
