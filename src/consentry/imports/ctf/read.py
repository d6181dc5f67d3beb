"""Reads a common transfer file as a stream: its header, then pupil after pupil, each forgotten once given.

The XML is fed to the parser in pieces. A document type is refused before the parser sees it, entities are never
resolved, nothing is fetched, and the bytes between two pupils are bounded, so memory stays the same however long
the file is.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import BinaryIO, Final

from lxml import etree
from lxml.etree import _Element

from consentry.imports.cells import Cells
from consentry.imports.ctf.elements import Part, line_of, name_of, part_of
from consentry.imports.ctf.pupils import read_pupil
from consentry.imports.ctf.rows import CtfHeader, Pupil
from consentry.imports.limits import PUPILS, XML_CHUNK, XML_PROLOG, XML_RECORD
from consentry.imports.problems import REASON_OF, Problem, Problems, Reason, StopReadingError
from consentry.rules.establishment import EstablishmentFault, laestab, urn

VERSIONS: Final = frozenset({"24.0", "25.0"})

_MARKS: Final = b"\xef\xbb\xbf\xff\xfe \t\r\n"  # byte order marks and space
_DECLARED: Final = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([^\"']{0,40})[\"']")
_ENCODINGS: Final = re.compile(rb"utf-?8|utf-?16(?:le|be)?|(?:us-)?ascii|iso-8859-15?|windows-1252")
_DOCTYPE: Final = b"<!DOCTYPE"
_OF_ENCODING: Final = frozenset(
    {
        etree.ErrorTypes.ERR_UNKNOWN_ENCODING,
        etree.ErrorTypes.ERR_UNSUPPORTED_ENCODING,
        etree.ErrorTypes.ERR_INVALID_ENCODING,
        etree.ErrorTypes.I18N_CONV_FAILED,
    }
)


def read_ctf(stream: BinaryIO, *, on: date, problems: Problems) -> Iterator[CtfHeader | Pupil]:
    """The header of `stream`, then its pupils; what is wrong is noted in `problems`.

    `on` is today. Pupils come while later ones may still be bad, so the caller stages them and applies nothing
    if `problems` is true at the end.
    """
    try:
        yield from _rows(stream, on, problems)
    except StopReadingError as stop:
        problems.keep(stop.problem)
    except etree.XMLSyntaxError as broken:
        found = getattr(broken.error_log, "last_error", None)  # not in the stubs
        reason = Reason.ENCODING if found and found.type in _OF_ENCODING else Reason.XML_BROKEN
        problems.note(found.line if found else 1, "", reason)


def _rows(stream: BinaryIO, on: date, problems: Problems) -> Iterator[CtfHeader | Pupil]:
    header: CtfHeader | None = None
    seen: set[str] = set()
    for element in _records(stream):
        if name_of(element) == "Header":
            if header is not None:
                raise StopReadingError(Problem(line_of(element), "Header", Reason.DUPLICATE))
            header = _header(part_of(element, problems))
            yield header
            continue
        if header is None:
            raise StopReadingError(Problem(line_of(element), "Header", Reason.MISSING))
        pupil = read_pupil(part_of(element, problems), header, on=on)
        if pupil.upn and pupil.upn in seen:
            problems.note(pupil.line, "UPN", Reason.DUPLICATE, pupil.upn)
        seen.add(pupil.upn)
        if len(seen) > PUPILS:
            raise StopReadingError(Problem(pupil.line, "UPN", Reason.TOO_MANY_PUPILS))
        yield pupil
    if header is None:
        raise StopReadingError(Problem(1, "Header", Reason.MISSING))


def _records(stream: BinaryIO) -> Iterator[_Element]:
    """The header and the pupils as whole elements, each emptied after it was taken."""
    parser = etree.XMLPullParser(
        events=("start", "end"),
        tag=("{*}CTfile", "{*}Header", "{*}Pupil"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    since_record, line, rooted = 0, 1, False
    chunk = _prolog(stream)
    while chunk:
        since_record += len(chunk)
        parser.feed(chunk)
        events = [(event, element) for event, element in parser.read_events() if isinstance(element, _Element)]
        for event, element in events:
            if event == "start":
                rooted = rooted or (name_of(element) == "CTfile" and element.getparent() is None)
            elif _is_record(element):
                since_record, line = 0, line_of(element)
                yield element
                _forget(element)
        if not rooted:
            raise StopReadingError(Problem(1, "", Reason.XML_ROOT))
        if since_record > XML_RECORD:
            raise StopReadingError(Problem(line, "", Reason.RECORD_TOO_LONG))
        chunk = stream.read(XML_CHUNK)
    parser.close()


def _prolog(stream: BinaryIO) -> bytes:
    """The first bytes: XML of a known encoding, in which no document type may stand. The root must start in them."""
    first = stream.read(XML_PROLOG)
    narrow = first.replace(b"\0", b"")
    start = narrow.lstrip(_MARKS)
    if not start:
        raise StopReadingError(Problem(1, "", Reason.EMPTY_FILE))
    if not start.startswith(b"<"):
        raise StopReadingError(Problem(1, "", Reason.XML_BROKEN))
    declared = _DECLARED.match(start)
    encoding = declared[1].lower() if declared else b"utf-8"
    wide = len(narrow) * 3 < len(first) * 2
    if _ENCODINGS.fullmatch(encoding) is None or (encoding.startswith(b"utf-16") and not wide):
        raise StopReadingError(Problem(1, "encoding", Reason.ENCODING, encoding.decode("ascii", "replace")))
    if _DOCTYPE in narrow:
        line = narrow[: narrow.index(_DOCTYPE)].count(b"\n") + 1
        raise StopReadingError(Problem(line, "", Reason.XML_DOCTYPE))
    return first


def _is_record(element: _Element) -> bool:
    parent = element.getparent()
    holder = {"Header": "CTfile", "Pupil": "CTFpupilData"}.get(name_of(element))
    return parent is not None and name_of(parent) == holder


def _forget(element: _Element) -> None:
    """Empty the element and drop what came before it, so that the tree does not grow."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _header(header: Part) -> CtfHeader:
    said = header.said
    version = said.raw("CTFversion", required=True)
    if version and version not in VERSIONS:
        raise StopReadingError(Problem(said.lines["CTFversion"], "CTFversion", Reason.VERSION, version))
    source = header.part("SourceSchool")
    school = source.said if source else Cells(said.line, {}, said.problems)
    number = laestab(school.raw("LEA", required=True) + school.raw("Estab", required=True).zfill(4))
    if isinstance(number, EstablishmentFault):
        school.note("Estab", REASON_OF[number], school.raw("LEA") + school.raw("Estab"))
        number = ""
    reference = urn(school.raw("URN")) if school.raw("URN") else ""
    if isinstance(reference, EstablishmentFault):
        school.note("URN", REASON_OF[reference], school.raw("URN"))
        reference = ""
    return CtfHeader(
        line=said.line,
        version=version,
        laestab=number,
        urn=reference,
        school_name=school.text("SchoolName"),
        academic_year=school.number("AcademicYear", most=2100),
    )
