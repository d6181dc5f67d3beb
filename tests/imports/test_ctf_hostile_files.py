"""Common transfer files that are broken, lie about themselves, or attack."""

import io
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consentry.imports.ctf.read import read_ctf
from consentry.imports.ctf.rows import Pupil
from consentry.imports.problems import Problems, Reason

TODAY = date(2025, 10, 1)
HEADER = (
    "<CTfile>\n<Header><CTFversion>25.0</CTFversion>"
    "<SourceSchool><LEA>860</LEA><Estab>4001</Estab></SourceSchool></Header>\n<CTFpupilData>\n"
)
PUPIL = (
    "<Pupil><UPN>R201100018042</UPN><Surname>{}</Surname><Forename>Zoë</Forename>"
    "<DOB>2014-02-01</DOB><Sex>F</Sex></Pupil>"
)
FOOTER = "\n</CTFpupilData></CTfile>"
GOOD = HEADER + PUPIL.format("Rees") + FOOTER
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BOMB = f'<!DOCTYPE CTfile [<!ENTITY l0 "lol">{LAUGHS}]>'


def outcome(data: bytes) -> tuple[list[str], list[tuple[int, Reason]]]:
    """The surnames read, and the problems."""
    problems = Problems()
    rows = list(read_ctf(io.BytesIO(data), on=TODAY, problems=problems))
    names = [row.legal_last_name for row in rows if isinstance(row, Pupil)]
    return names, [(problem.line, problem.reason) for problem in problems.kept]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_needs_no_declaration(encoding: str) -> None:
    assert outcome(GOOD.encode(encoding)) == (["Rees"], [])


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "windows-1252", "utf-16"])
def test_other_encodings_are_read_as_they_declare(encoding: str) -> None:
    declared = f'<?xml version="1.0" encoding="{encoding}"?>\n' + GOOD.replace("Rees", "Pé")
    assert outcome(declared.encode(encoding)) == (["Pé"], [])


def test_a_namespace_changes_nothing() -> None:
    assert outcome(GOOD.replace("<CTfile>", '<CTfile xmlns="urn:example:ctf">').encode()) == (["Rees"], [])


@pytest.mark.parametrize(
    ("data", "line", "reason"),
    [
        (b"", 1, Reason.EMPTY_FILE),
        (b"  \n ", 1, Reason.EMPTY_FILE),
        (b"upn,date,session,code\n", 1, Reason.XML_BROKEN),
        (b"<CensusReturn><Header/></CensusReturn>", 1, Reason.XML_ROOT),
        (b"<a>" + b"<b/>" * 50_000, 1, Reason.XML_ROOT),
        (b"<CTfile></CTfile>", 1, Reason.MISSING),
        ((HEADER.replace("</Header>", "</Header>\n<Header></Header>") + FOOTER).encode(), 3, Reason.DUPLICATE),
        ((HEADER.partition("<Header>")[0] + "<CTFpupilData>" + PUPIL + FOOTER).encode(), 2, Reason.MISSING),
        ((HEADER + "<Pupil>&nbsp;</Pupil>" + FOOTER).encode(), 4, Reason.XML_BROKEN),
        ((HEADER + "<Pupil>\n<UPN></Pupil>").encode(), 5, Reason.XML_BROKEN),
        ((HEADER + "<Pupil>\n\0").encode(), 5, Reason.XML_BROKEN),
        (HEADER.encode() + b"<Pupil>\n\n<Surname>P\xe9</Surname></Pupil>", 6, Reason.ENCODING),
        (('<?xml version="1.0" encoding="klingon"?>' + GOOD).encode(), 1, Reason.ENCODING),
        (('<?xml version="1.0" encoding="UTF-7"?>' + GOOD).encode("ascii", "replace"), 1, Reason.ENCODING),
        (('<?xml version="1.0" encoding="utf-16"?>' + GOOD).encode(), 1, Reason.ENCODING),
        ((BOMB + GOOD.replace("Rees", "&l9;")).encode(), 1, Reason.XML_DOCTYPE),
        ((BOMB + GOOD.replace("Rees", "&l9;")).encode("utf-16"), 1, Reason.XML_DOCTYPE),
        (('\n<!DOCTYPE CTfile [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + GOOD.replace("Rees", "&x;")).encode(),
         2, Reason.XML_DOCTYPE),
        (('\n\n<!DOCTYPE CTfile SYSTEM "http://127.0.0.1:9/x.dtd">' + GOOD).encode(), 3, Reason.XML_DOCTYPE),
        ((HEADER + "<Pupil>" * 400).encode(), 4, Reason.XML_BROKEN),
        ((HEADER + "<Pupil>" + "<x/>" * 1_300_000).encode(), 2, Reason.RECORD_TOO_LONG),
        ((HEADER + "<Pupil><Surname>" + "x" * 5_000_000).encode(), 2, Reason.RECORD_TOO_LONG),
        ((HEADER + f"<Pupil><x y='{'z' * 5_000_000}'>").encode(), 2, Reason.RECORD_TOO_LONG),
    ],
    ids=lambda value: value[:30].decode("utf-8", "replace") if isinstance(value, bytes) else str(value),
)  # fmt: skip
def test_a_bad_file_stops_with_its_line(data: bytes, line: int, reason: Reason) -> None:
    assert outcome(data) == ([], [(line, reason)])


def test_a_file_that_breaks_off_is_refused_after_its_good_pupils() -> None:
    assert outcome((HEADER + PUPIL.format("Rees") + "\n").encode()) == (["Rees"], [(5, Reason.XML_BROKEN)])


def test_the_root_comes_early_so_that_nothing_hides_before_it() -> None:
    hidden = (f"<!--{'x' * 70_000}-->" + BOMB + GOOD.replace("<CTfile>", "<CTfile x='&l9;'>")).encode()
    assert outcome(hidden) == ([], [(1, Reason.XML_ROOT)])
    assert outcome((f"<!--{'x' * 60_000}-->" + GOOD).encode()) == (["Rees"], [])


def test_formula_like_names_are_names() -> None:
    assert outcome((HEADER + PUPIL.format("=1+1") + FOOTER).encode()) == (["=1+1"], [])


@given(st.binary(max_size=300), st.integers(0, len(GOOD)))
def test_no_damage_at_all_makes_the_reader_fail(noise: bytes, at: int) -> None:
    data = GOOD.encode()
    names, problems = outcome(data[:at] + noise + data[at:])
    assert len(names) == 1 or problems


def test_the_stream_is_read_in_pieces() -> None:
    class Counting(io.BytesIO):
        largest = 0

        def read(self, size: int | None = -1, /) -> bytes:
            piece = super().read(size)
            Counting.largest = max(Counting.largest, len(piece))
            return piece

    def padded() -> Iterator[str]:
        yield HEADER
        for _ in range(20):
            yield "<Pupil>" + "<Old><Mark>1</Mark></Old>" * 5000 + "</Pupil>"
        yield FOOTER

    problems = Problems()
    rows = list(read_ctf(Counting("".join(padded()).encode()), on=TODAY, problems=problems))
    assert len(rows) == 21
    assert Counting.largest <= 64 * 1024
