"""Why a call of an app was refused, in words for the people of a site."""

from consentry.connections.reading.read import Door
from consentry.records.catalogue import catalogue
from consentry.rules.disclosure import Reason

_DOORS = {
    Door.NONE.value: "the app had not asked to connect",
    Door.PENDING.value: "the school had not decided yet",
    Door.REJECTED.value: "the school had rejected it",
    Door.SUSPENDED.value: "the operator of Consentry had suspended it",
    Door.NOT_LIVE.value: "it was not live yet",
    Door.CREDENTIAL.value: "its secret was no longer valid",
}
_CALLS = {
    Reason.DATA_TYPE_NOT_GRANTED.value: "it asked for {what}, which is not part of what was approved",
    Reason.FIELD_NOT_GRANTED.value: "it asked for {what}, which is not part of what was approved",
    Reason.UNKNOWN_DATA_TYPE.value: "it asked for {what}, which does not exist",
    Reason.UNKNOWN_FIELD.value: "it asked for {what}, which does not exist",
    Reason.NOT_A_REFERENCE.value: "it asked to follow {what}, which leads nowhere",
    Reason.UNREADABLE.value: "the call could not be understood",
    Reason.SECOND_COLLECTION.value: "it asked to open up {what}, a second list on one path",
    "unknown address": "it asked for an address that does not exist",
    "too costly": "it asked for too much at once",
}


def because(why: str) -> str:
    """The clause for AccessEvent.why: "because the school had not decided yet"; what is not known stays as it is."""
    if why in _DOORS:
        return f"because {_DOORS[why]}"
    reason, _, what = why.partition(": ")
    if reason in _CALLS:
        return f"because {_CALLS[reason].format(what=_named(what) or 'something')}"
    return f"with the reason “{why}”" if why else "without a recorded reason"


def _named(path: str) -> str:
    """A path such as "Student.ethnicity" in the catalogue's words: “Ethnicity” of Students; else as it is."""
    name, _, field = path.partition(".")
    data_type = catalogue().get(name)
    if data_type is None:
        return f"“{path}”" if path else ""
    known = data_type.fields.get(field)
    return f"“{known.label if known else field}” of {data_type.plural}" if field else f"“{data_type.plural}”"
