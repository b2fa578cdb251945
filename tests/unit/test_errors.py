"""The tree of errors: whole across processes, one line for a reader."""

from __future__ import annotations

import pickle

import pytest

from amic_kg import errors
from amic_kg.errors import AmicError, InputError, SystemFault


def classes(base: type[AmicError]) -> list[type[AmicError]]:
    """The classes of the tree; the API's own stand in its table of problems, not in it."""
    found = [base, *(below for child in base.__subclasses__() for below in classes(child))]
    return [kind for kind in found if kind.__module__ == errors.__name__]


@pytest.mark.parametrize("kind", classes(InputError), ids=lambda kind: kind.__name__)
def test_an_input_error_crosses_a_process_border_whole(kind):
    error = pickle.loads(pickle.dumps(kind("a.pdf", "is empty", "Get it again")))
    assert type(error) is kind
    assert (error.subject, error.cause, error.remedy) == ("a.pdf", "is empty", "Get it again")
    assert str(error) == "a.pdf: is empty. Get it again."


@pytest.mark.parametrize("kind", classes(SystemFault), ids=lambda kind: kind.__name__)
def test_a_system_fault_crosses_a_process_border_whole(kind):
    error = pickle.loads(pickle.dumps(kind("The store is gone", "Start it")))
    assert type(error) is kind
    assert (error.cause, error.remedy) == ("The store is gone", "Start it")
    assert str(error) == "The store is gone. Start it."


def test_every_error_is_drawn_in_the_tree_of_the_docstring():
    for kind in classes(AmicError):
        assert f"{kind.__name__}" in errors.__doc__


def test_no_error_is_both_the_users_and_ours():
    assert not set(classes(InputError)) & set(classes(SystemFault))
