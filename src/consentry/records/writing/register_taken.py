"""Telling the history of marks why marks are written, and that new ones are of a register that is taken."""

from django.db import connection

_TELL = "select set_config('app.taking_register', 'on', true), set_config('app.mark_reason', %s, true)"


def take_register(reason: str) -> None:
    """From here to the end of the transaction new marks go into the history too, each line with this reason ("": none).

    Without it new marks make no history of their own (an import of a year of marks is nobody's change), while whatever
    changes or removes a mark always does.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TELL, [reason])
