"""When an app's secrets were last used, noted after the reply has gone: the read path writes nothing for it.

Each worker remembers which secrets it has noted within the hour, so that it asks the database once an hour for each;
and the database takes it once an hour from all workers together.
"""

import logging
import time
from collections.abc import Callable, Iterable, Iterator

from django import db
from django.utils import timezone

from consentry.partners.actions.note_secrets_used import TRUE_TO, note_secrets_used

_log = logging.getLogger(__name__)


class LastUse:
    """The secrets of one worker that were used, and those of them that are still to be noted."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._noted: dict[int, float] = {}
        self._waiting: set[int] = set()

    def used(self, credential: int) -> None:
        """The app proved itself by this secret just now."""
        now = self._clock()
        if now - self._noted.get(credential, -TRUE_TO.total_seconds()) >= TRUE_TO.total_seconds():
            self._noted[credential] = now
            self._waiting.add(credential)

    def note(self) -> None:
        """Note what waits. Where the database is away, it is noted with the next use: nobody waits for it."""
        if not self._waiting:
            return
        waiting, self._waiting = self._waiting, set()
        try:
            note_secrets_used(waiting, at=timezone.now())
        except db.Error:
            for credential in waiting:
                self._noted.pop(credential, None)
            _log.warning("the last use of %s secrets was not noted", len(waiting))

    def after(self, body: Iterable[bytes]) -> Iterable[bytes]:
        """The body, after which what waits is noted: the server closes it when the reply has gone (PEP 3333)."""
        return _Closing(body, self.note) if self._waiting else body


class _Closing:
    def __init__(self, body: Iterable[bytes], close: Callable[[], None]) -> None:
        self._body = body
        self.close = close

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._body)


LAST_USE = LastUse()
"""Of this process."""
