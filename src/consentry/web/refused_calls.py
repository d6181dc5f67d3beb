"""Why a call of an app was refused, in words for the people of a site."""

from collections.abc import Sequence

from consentry.connections.reading.plans import UNKNOWN
from consentry.connections.reading.read import Door
from consentry.records.catalogue import catalogue
from consentry.rules.disclosure import Reason
from consentry.rules.trouble_facts import RefusalFacts
from consentry.web.sentences import counted, joined

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


_MOST_NAMED = 4


def asked_and_refused(refused: RefusalFacts) -> str:
    """What calls of this kind asked for, as a sentence: "It asked for “Ethnicity” of Students, which version 2 …"."""
    why, names = refused["why"], [each for each in refused["names"] if UNKNOWN not in each]
    reason = why.partition(": ")[0]
    not_granted = {Reason.FIELD_NOT_GRANTED.value, Reason.DATA_TYPE_NOT_GRANTED.value}
    if reason in not_granted and names:
        version = f"version {refused['version']}" if refused["version"] else "what was approved"
        unknown = len(refused["names"]) - len(names)
        more = f" It also named {counted(unknown, 'field')} that there is not." if unknown else ""
        return f"It asked for {_all_named(names)}, which {version} does not include.{more}"
    if why in _DOORS:
        return f"It was refused because {_DOORS[why]}."
    about = _named(refused["data_type"]) if refused["data_type"] != UNKNOWN else ""
    if reason == Reason.UNKNOWN_FIELD.value and about:
        also = f" It also named {_all_named(names)}." if names else ""
        return f"It asked for a field of {about} that does not exist.{also}"
    if reason in {Reason.UNREADABLE.value, "too costly"} and about:
        said = "could not be understood" if reason == Reason.UNREADABLE.value else "asked for too much at once"
        return f"A call for {about} {said}."
    return f"It was refused {because(why)}."


def _all_named(names: Sequence[str]) -> str:
    """The first of them in the catalogue's words, those of one data type together, and how many more there are."""
    by_type: dict[str, list[str]] = {}
    for name in names[:_MOST_NAMED]:
        data_type, _, field = name.partition(".")
        by_type.setdefault(data_type, []).append(field)
    words = []
    for name, fields in by_type.items():
        known = catalogue().get(name)
        plural = known.plural if known else name
        said = [known.fields[each].label if known and each in known.fields else each for each in fields]
        labels = [f"“{label}”" for label in said if label]
        words.append(f"{joined(labels)} of {plural}" if labels else f"“{plural}”")
    more = len(names) - _MOST_NAMED
    return joined([*words, f"{more} more"] if more > 0 else words)


def _named(path: str) -> str:
    """A path such as "Student.ethnicity" in the catalogue's words: “Ethnicity” of Students; else as it is."""
    name, _, field = path.partition(".")
    data_type = catalogue().get(name)
    if data_type is None:
        return f"“{path}”" if path else ""
    known = data_type.fields.get(field)
    return f"“{known.label if known else field}” of {data_type.plural}" if field else f"“{data_type.plural}”"
