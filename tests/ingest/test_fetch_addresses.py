"""Which addresses are fetched from: public ones, whatever they are written as."""

from __future__ import annotations

import socket

import pytest

from amic_kg.errors import InvalidSetting, RefusedAddress
from amic_kg_ingest.fetch import AddressGuard, read_networks

PUBLIC = ["193.166.4.1", "2001:708:10::1", "::ffff:193.166.4.1", "64:ff9b::193.166.4.1"]
NOT_PUBLIC = {
    "loopback": "127.0.0.1",
    "loopback, another": "127.8.9.10",
    "this host": "0.0.0.0",
    "private, ten": "10.1.2.3",
    "private, 172": "172.16.0.1",
    "private, 192": "192.168.1.1",
    "carrier's own": "100.64.0.1",
    "link-local, where clouds keep their keys": "169.254.169.254",
    "multicast": "224.0.0.1",
    "reserved": "240.0.0.1",
    "broadcast": "255.255.255.255",
    "for documentation": "192.0.2.1",
    "6to4 relay": "192.88.99.1",
    "IPv6 loopback": "::1",
    "IPv6 unspecified": "::",
    "IPv6 unique local": "fd00::1",
    "IPv6 link-local": "fe80::1",
    "IPv6 link-local with its interface": "fe80::1%lo",
    "IPv6 site-local": "fec0::1",
    "IPv6 multicast": "ff02::1",
    "IPv6 for documentation": "2001:db8::1",
    "loopback, mapped": "::ffff:127.0.0.1",
    "loopback, mapped in hex": "::ffff:7f00:1",
    "private, mapped": "::ffff:10.0.0.1",
    "loopback, compatible": "::127.0.0.1",
    "loopback behind NAT64": "64:ff9b::127.0.0.1",
    "link-local behind NAT64": "64:ff9b::a9fe:a9fe",
    "NAT64 of local use": "64:ff9b:1::193.166.4.1",
    "loopback in 6to4": "2002:7f00:1::",
    "private in 6to4": "2002:0a00:0001::1",
    "Teredo": "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "no address": "mine.example",
}


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_allowed(address):
    assert AddressGuard().allows(address)


@pytest.mark.parametrize("address", NOT_PUBLIC.values(), ids=NOT_PUBLIC.keys())
def test_an_address_that_is_not_public_is_refused(address):
    assert not AddressGuard().allows(address)


@pytest.mark.parametrize(
    ("networks", "address"),
    [
        ("127.0.0.0/8", "127.0.0.1"),
        ("10.0.0.0/8, 127.0.0.1", "::ffff:127.0.0.1"),
        ("::1 fd00::/8", "fd12::3"),
    ],
)
def test_the_operator_may_allow_a_network(networks, address):
    assert AddressGuard(read_networks(networks, "here")).allows(address)


def test_what_the_operator_allows_allows_nothing_else():
    guard = AddressGuard(read_networks("10.0.0.0/8", "here"))
    assert not guard.allows("127.0.0.1")
    assert not guard.allows("192.168.0.1")


@pytest.mark.parametrize("text", ["10.0.0.1/8", "intranet", "10.0.0.0/8;::1"])
def test_networks_that_are_none_are_named(text):
    with pytest.raises(InvalidSetting, match="is no list of networks"):
        read_networks(text, "AMIC_FETCH_ALLOW")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "0x7f000001", "2130706433"])
def test_a_host_is_judged_by_the_address_it_leads_to(host):
    with pytest.raises(RefusedAddress, match="no public address"):
        AddressGuard().resolve(host, 80)


@pytest.mark.parametrize("host", ["a..b", "x" * 70, ""])
def test_a_name_that_cannot_be_one_is_unknown(host):
    with pytest.raises((socket.gaierror, RefusedAddress)):
        AddressGuard().resolve(host, 80)
