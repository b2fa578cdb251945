"""What can go wrong, as one tree.

::

    AmicError
    ├── InputError              the user's: names the input, the cause and what to do
    │   ├── UnsupportedFormat   a kind of file that is not read
    │   ├── UnreadableInput     the file system or the server does not give it
    │   │   ├── UnreachableSource   the network or the server fails just now
    │   │   ├── NotFound            the server knows no such address (any more)
    │   │   │   └── Gone            the server says that it was taken away for good
    │   │   └── RefusedAddress      at an address that nothing is fetched from
    │   ├── EmptyInput          nothing in it
    │   ├── DamagedDocument     begins like its format, cannot be read to the end
    │   ├── EncryptedDocument   needs a password
    │   ├── LimitExceeded       larger, longer or slower than the limits allow
    │   ├── NoText              read, but holds no text
    │   ├── InvalidSetting      a setting or option that cannot be
    │   ├── InvalidVocabulary   a vocabulary file that is broken
    │   ├── InvalidGold         a gold set or corpus that is not in its format
    │   ├── InvalidQuery        a query or update that does not parse, or asks for what is refused
    │   ├── InvalidPayload      RDF sent to be written that does not parse
    │   ├── OwnedGraph          a write into a graph that the pipeline makes
    │   ├── TooManyQueries      one client asks more at once than is its share
    │   └── UnknownThing        no such document, concept or graph
    └── SystemFault             ours: an engine or a service failed
        ├── QueryTimeout        a query ran past its deadline and was ended
        ├── ServiceBusy         all query workers are taken
        ├── ServiceUnavailable  a configured service does not answer, or not as it should
        │   └── ServiceDown     it is away for now: a run waits for it
        ├── StoreLocked         another process writes to the same stores
        ├── GenerationGone      a generation of the graph went before it was opened
        ├── UnexpectedFault     an error of our own code, met in one document
        └── WorkerLost          a worker process died with its document

No HTTP status stands here: the API maps these classes to responses in one table.
"""

from __future__ import annotations


class AmicError(Exception):
    """The root; `str(error)` is one line that a user can read."""


class InputError(AmicError):
    """What the user gave: `subject` is the input, `cause` why it fails, `remedy` what to do."""

    def __init__(self, subject: str, cause: str, remedy: str) -> None:
        super().__init__(f"{subject}: {cause}. {remedy}.")
        self.subject = subject
        self.cause = cause
        self.remedy = remedy

    def __reduce__(self) -> tuple[type[InputError], tuple[str, str, str]]:
        # Errors cross process borders; the default reduction would call __init__ with one argument.
        return (type(self), (self.subject, self.cause, self.remedy))


class UnsupportedFormat(InputError):
    pass


class UnreadableInput(InputError):
    pass


class UnreachableSource(UnreadableInput):
    pass


class NotFound(UnreadableInput):
    pass


class Gone(NotFound):
    pass


class RefusedAddress(UnreadableInput):
    pass


class EmptyInput(InputError):
    pass


class DamagedDocument(InputError):
    pass


class EncryptedDocument(InputError):
    pass


class LimitExceeded(InputError):
    pass


class NoText(InputError):
    pass


class InvalidSetting(InputError):
    pass


class InvalidVocabulary(InputError):
    pass


class InvalidGold(InputError):
    pass


class InvalidQuery(InputError):
    pass


class InvalidPayload(InputError):
    pass


class OwnedGraph(InputError):
    pass


class TooManyQueries(InputError):
    pass


class UnknownThing(InputError):
    pass


class SystemFault(AmicError):
    """Ours: the message says which part failed; `remedy` what the operator can do."""

    def __init__(self, cause: str, remedy: str) -> None:
        super().__init__(f"{cause}. {remedy}.")
        self.cause = cause
        self.remedy = remedy

    def __reduce__(self) -> tuple[type[SystemFault], tuple[str, str]]:
        return (type(self), (self.cause, self.remedy))


class QueryTimeout(SystemFault):
    pass


class ServiceBusy(SystemFault):
    pass


class ServiceUnavailable(SystemFault):
    pass


class ServiceDown(ServiceUnavailable):
    pass


class StoreLocked(SystemFault):
    pass


class UnexpectedFault(SystemFault):
    pass


class GenerationGone(SystemFault):
    """The generation was let go of before it was opened; a newer one is published."""


class WorkerLost(SystemFault):
    pass
