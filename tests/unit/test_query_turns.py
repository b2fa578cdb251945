"""Whose query is next, and who is told to wait."""

from __future__ import annotations

import pytest

from amic_kg.errors import ServiceBusy, TooManyQueries
from amic_kg.graph.query_limits import QueryShares
from amic_kg.graph.query_turns import SITE, Turns


def turns(*, per_client: int = 10, in_all: int = 100, at_once: int = 10) -> Turns[str]:
    return Turns(QueryShares(per_client, in_all), at_once=at_once)


def test_a_free_item_is_had_at_once():
    line = turns()
    line.put("item")
    assert line.enter("a").wait(0) == "item"


def test_clients_are_served_in_turn_however_much_one_of_them_asks():
    line = turns()
    asked = {client: [line.enter(client) for _ in range(n)] for client, n in [("a", 4), ("b", 2)]}
    line.put("first")
    order = []
    left = [(client, turn) for client, given in asked.items() for turn in given]
    while left:
        (client, turn) = next(each for each in left if each[1].got.done())
        left.remove((client, turn))
        order.append(client)
        line.finish(turn)
        line.leave(turn)
        line.put("next")
    assert "".join(order) == "ababaa"


def test_one_client_never_has_all():
    line = turns(at_once=1)
    line.put("one")
    line.put("two")
    first, second = line.enter("a"), line.enter("a")
    assert first.got.done()
    assert not second.got.done()
    assert line.enter("b").wait(0) in ("one", "two")
    line.finish(first)
    line.put("one")
    assert second.wait(0) == "one"


def test_the_site_has_what_is_reserved_and_its_turn_among_the_others():
    line = turns()
    line.put("reserved", reserved=True)
    stranger, own, another = line.enter("a"), line.enter(SITE), line.enter(SITE)
    assert own.wait(0) == "reserved"
    assert not stranger.got.done()
    line.put("one")
    line.put("two")
    assert {stranger.wait(0), another.wait(0)} == {"one", "two"}


def test_a_client_beyond_its_share_is_told_so_until_one_has_ended():
    line = turns(per_client=2)
    first = line.enter("a")
    line.enter("a")
    with pytest.raises(TooManyQueries, match="2 queries from this address"):
        line.enter("a")
    line.enter("b")
    line.leave(first)
    line.enter("a")


def test_what_is_still_being_read_is_in_hand():
    line = turns(per_client=1)
    line.put("item")
    turn = line.enter("a")
    line.finish(turn)
    line.put("item")
    with pytest.raises(TooManyQueries):
        line.enter("a")
    line.leave(turn)
    assert line.enter("a").wait(0) == "item"


def test_when_all_is_full_everybody_is_told_but_the_site():
    line = turns(in_all=2)
    line.enter("a")
    line.enter("b")
    with pytest.raises(ServiceBusy):
        line.enter("c")
    line.enter(SITE)


def test_who_waits_too_long_is_told_to_try_again():
    line = turns()
    with pytest.raises(ServiceBusy, match="All query workers are taken"):
        line.enter("a").wait(0.01)


def test_who_leaves_while_waiting_is_passed_over():
    line = turns()
    gone, next_one = line.enter("a"), line.enter("b")
    assert line.leave(gone) is None
    line.put("item")
    assert next_one.wait(0) == "item"


def test_what_came_to_one_who_left_is_given_back():
    line = turns()
    turn = line.enter("a")
    line.put("item")
    assert line.leave(turn) == "item"
    assert line.leave(turn) is None


def test_clients_that_are_gone_are_forgotten():
    line = turns()
    for number in range(1000):
        line.put("item")
        turn = line.enter(f"client {number}")
        line.finish(turn)
        line.leave(turn)
    assert line.in_hand() == line.waiting() == 0
    assert not line._running
    assert not line._in_hand
    assert not line._waiting
