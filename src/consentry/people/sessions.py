"""Sessions, in rows of our own: whoever reads the table can take over none, and all of one person can be ended."""

from __future__ import annotations

from base64 import b64decode, b64encode
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from asgiref.sync import sync_to_async
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as RowsStore
from django.db.models import Q, QuerySet
from django.utils import timezone

from consentry.people.models import Session
from consentry.people.queries.who_may_sign_in import who_may_sign_in
from consentry.people.sealed import CannotUnsealError, seal, unseal

if TYPE_CHECKING:
    _Rows = RowsStore[Session]
else:
    _Rows = RowsStore

_LENGTH = 40
"""Of a row's key: 160 bits of a hash, of a random key of as many."""


def _apart(synchronous: Any) -> Any:
    return sync_to_async(synchronous)


class SessionStore(_Rows):
    """Django's database-backed engine, extended as its documentation has it: by another model.

    A row holds a hash of the key in the cookie, and whose session it is. What the session holds is sealed: there may
    be secrets in it, such as that of an authenticator app while it is set up. A session of somebody who may not sign in
    any more ends when it is next looked for, and does not come back with their account.
    """

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Where the sessions are."""
        return Session

    def exists(self, session_key: str) -> bool:
        """Whether there is a session of this key."""
        return _rows(session_key).exists()

    def encode(self, session_dict: dict[str, Any]) -> str:
        """The sealed form of what this session holds."""
        return b64encode(seal(self._purpose(), self.serializer().dumps(session_dict))).decode()

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """What this session holds; nothing where no configured key opens it, or it was another session's."""
        try:
            held: dict[str, Any] = self.serializer().loads(unseal(self._purpose(), b64decode(session_data)))
        except (CannotUnsealError, ValueError):
            return {}
        return held

    def _purpose(self) -> str:
        return f"session {_hash(self.session_key or '')}"

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row of this session."""
        row = super().create_model_instance(data)
        row.session_key = _hash(row.session_key)
        row.user_id = data.get(SESSION_KEY)
        return row

    def delete(self, session_key: str | None = None) -> None:
        """End the session of this key, or this one."""
        _rows(session_key or self.session_key).delete()

    def _get_session_from_db(self) -> Session | None:
        rows = _rows(self.session_key)
        found = rows.filter(Q(user=None) | Q(user__in=who_may_sign_in()), expire_date__gt=timezone.now()).first()
        if found is None:
            rows.delete()
            self._session_key = None
        return found

    # Django's asynchronous twins ask for rows by the key itself: they must not go round the hash.
    aexists = _apart(exists)
    acreate_model_instance = _apart(create_model_instance)
    adelete = _apart(delete)
    _aget_session_from_db = _apart(_get_session_from_db)


def _rows(key: str | None) -> QuerySet[Session]:
    return Session.objects.filter(session_key=_hash(key or ""))


def _hash(key: str) -> str:
    return sha256(key.encode()).hexdigest()[:_LENGTH]
