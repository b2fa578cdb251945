"""What the API itself refuses, as branches of the core's tree of errors.

::

    InputError
    ├── InvalidParameter    a parameter of the request that cannot be
    │   ├── UnknownParameter  one that there is not
    │   └── UnfitValue      one whose value does not fit its type, or names nothing
    ├── NotAcceptable       none of the formats asked for is offered
    ├── UnsupportedBody     a request body of a kind that is not read
    ├── BodyTooLarge        a request body that is larger than is read
    ├── Restricted          there, but its words may not be shown
    ├── KeyRequired         a write without the key that it needs
    ├── WritingOff          a write that this server takes from nobody
    ├── NoSuchGraph         a graph asked for that has nothing in it
    └── UnknownThing
        ├── NoSuchPage      an address of this site, or a page of a document, that is not there
        └── Gone            a document that was here and has been withdrawn
"""

from __future__ import annotations

from amic_kg.errors import InputError, UnknownThing


class InvalidParameter(InputError):
    """`subject` is the parameter's name as it stands in the request."""


class UnfitValue(InvalidParameter):
    pass


class UnknownParameter(InvalidParameter):
    """`offers` are the names that there are."""

    def __init__(self, subject: str, cause: str, remedy: str, offers: tuple[str, ...]) -> None:
        super().__init__(subject, cause, remedy)
        self.offers = offers


class NotAcceptable(InputError):
    """`offers` are the media types that there are."""

    def __init__(self, subject: str, cause: str, remedy: str, offers: tuple[str, ...] = ()) -> None:
        super().__init__(subject, cause, remedy)
        self.offers = offers


class UnsupportedBody(InputError):
    pass


class BodyTooLarge(InputError):
    pass


class Restricted(InputError):
    pass


class KeyRequired(InputError):
    pass


class WritingOff(InputError):
    pass


class NoSuchGraph(InputError):
    pass


class NoSuchPage(UnknownThing):
    pass


class Gone(UnknownThing):
    pass
