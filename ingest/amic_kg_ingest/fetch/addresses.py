"""Which addresses may be connected to: public ones, and those that the operator allows."""

from __future__ import annotations

import socket
from collections.abc import Iterator, Sequence
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

from amic_kg.errors import InvalidSetting, RefusedAddress

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# RFC 6052 §2.1: the well-known prefix of addresses that a NAT64 turns into IPv4.
_NAT64 = IPv6Network("64:ff9b::/96")
# RFC 4291 §2.5.5.1: deprecated, some systems still connect.
_IPV4_COMPATIBLE = IPv6Network("::/96")
# RFC 8215: NAT64 prefixes of local use, so that the IPv4 address stands where nobody knows.
_REFUSED = (IPv6Network("64:ff9b:1::/48"), IPv6Network("fec0::/10"), IPv4Network("192.88.99.0/24"))


def read_networks(text: str, where: str) -> tuple[Network, ...]:
    """A list such as "10.0.0.0/8, ::1"; raises InvalidSetting."""
    try:
        return tuple(ip_network(part) for part in text.replace(",", " ").split())
    except ValueError as error:
        raise InvalidSetting(
            f"{where}={text}", f"is no list of networks ({error})", "Write it as 10.0.0.0/8, ::1"
        ) from None


class AddressGuard:
    """Refuses what is loopback, private, link-local, multicast or reserved, in any disguise."""

    def __init__(self, allowed: Sequence[Network] = ()) -> None:
        self._allowed = allowed

    def allows(self, text: str) -> bool:
        """`text` is an address as the resolver gives it."""
        try:
            forms = list(_forms(ip_address(text)))
        except ValueError:
            return False
        if any(form in network for form in forms for network in self._allowed):
            return True
        return all(_is_public(form) for form in forms)

    def resolve(self, host: str, port: int) -> list[str]:
        """The addresses of `host` that may be connected to, in the resolver's order.

        Raises RefusedAddress when there are none such, socket.gaierror when there are none at all.
        """
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except UnicodeError:
            # A label that is empty or too long.
            raise socket.gaierror(socket.EAI_NONAME, "no name of a host") from None
        addresses = list(dict.fromkeys(str(place[4][0]) for place in found))
        if open_ones := [address for address in addresses if self.allows(address)]:
            return open_ones
        raise RefusedAddress(
            host,
            f"is at {', '.join(addresses[:3])}, which is no public address",
            "Documents are fetched from public addresses; AMIC_FETCH_ALLOW names further networks",
        )


def _forms(address: Address) -> Iterator[Address]:
    """The address, and the IPv4 addresses that are written inside it."""
    yield address
    if isinstance(address, IPv4Address):
        return
    # RFC 4291 §2.5.5.2, RFC 3056 §2, RFC 4380 §4.
    if address.ipv4_mapped is not None:
        yield address.ipv4_mapped
    if address.sixtofour is not None:
        yield address.sixtofour
    if address.teredo is not None:
        yield from address.teredo
    if address in _NAT64 or (address in _IPV4_COMPATIBLE and int(address) > 1):
        yield IPv4Address(int(address) & 0xFFFFFFFF)


def _is_public(address: Address) -> bool:
    if isinstance(address, IPv6Address) and (address.ipv4_mapped is not None or address in _NAT64):
        # Only a wrapping: what it wraps decides.
        return True
    if any(address in network for network in _REFUSED):
        return False
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_unspecified
    )
