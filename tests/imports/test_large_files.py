"""Large files are read in steady memory, each in a process of its own that tells its peak."""

import io
import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest

from consentry.imports.ctf.read import read_ctf
from consentry.imports.limits import PUPILS
from consentry.imports.marks.read import read_marks
from consentry.imports.problems import Problems, Reason
from consentry.rules.upn import check_letter

TODAY = date(2026, 7, 31)
MIB = 1024 * 1024

pytestmark = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peak memory is told by Linux only")

PRELUDE = """
import io, json
from pathlib import Path
from datetime import date
from itertools import chain
from consentry.imports.problems import Problems
from consentry.rules.upn import check_letter

TODAY = date(2026, 7, 31)

class Stream(io.RawIOBase):
    "A file that is made while it is read."
    def __init__(self, pieces):
        self.pieces, self.rest, self.size = pieces, b"", 0
    def readable(self):
        return True
    def readinto(self, buffer):
        if not self.rest:
            self.rest = next(self.pieces, b"")
        taken, self.rest = self.rest[: len(buffer)], self.rest[len(buffer):]
        buffer[: len(taken)] = taken
        self.size += len(taken)
        return len(taken)

def upn(number):
    rest = f"86040012{number:04d}"[:12]
    return check_letter(rest) + rest

def tell(stream, rows, problems):
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    peak = int(status["VmHWM"].split()[0]) // 1024
    counts = {"problems": problems.total, "kept": len(problems.kept)}
    print(json.dumps({"bytes": stream.size, "rows": rows, "mib": peak} | counts))
"""

CTF = """
from consentry.imports.ctf.read import read_ctf

head = (
    "<CTfile><Header><CTFversion>25.0</CTFversion><SourceSchool><LEA>860</LEA><Estab>4001</Estab></SourceSchool>"
    "</Header><CTFpupilData>"
)
results = "<StageAssessment><Subject>ENG</Subject><Result>" + "x" * 120 + "</Result></StageAssessment>\\n"
more = "<StageAssessments><KeyStage>" + results * 110 + "</KeyStage></StageAssessments></Pupil>\\n"

def pupil(number):
    said = f"<UPN>{upn(number)}</UPN><Surname>Rees</Surname><Forename>Ann</Forename><DOB>2014-02-01</DOB><Sex>F</Sex>"
    return ("<Pupil>" + said + more).encode()

pieces = chain([head.encode()], (pupil(number) for number in range(10_000)), [b"</CTFpupilData></CTfile>"])
stream, problems = Stream(pieces), Problems()
rows = sum(1 for _ in read_ctf(io.BufferedReader(stream), on=TODAY, problems=problems))
tell(stream, rows, problems)
"""

MARKS = """
from consentry.imports.marks.read import read_marks

known = [upn(number) for number in range(1500)]
days = [f"2025-{month:02d}-{day:02d}" for month in range(1, 13) for day in range(1, 29)]

def day(text):
    return "".join(f"{one},{text},AM,/\\n{one},{text},PM,\\\\\\n" for one in known).encode()

pieces = chain([b"upn,date,session,code\\n"], (day(text) for _ in range(2) for text in days))
stream, problems = Stream(pieces), Problems()
rows = sum(1 for _ in read_marks(io.BufferedReader(stream), on=TODAY, problems=problems))
tell(stream, rows, problems)
"""

JUNK = """
from consentry.imports.marks.read import read_marks

lines = (f"{number:013d},{number % 9999:04d}-01-01,AM,{number}\\n".encode() for number in range(10**9))
pieces = chain([b"upn,date,session,code\\n"], (b"".join(next(lines) for _ in range(2000)) for _ in range(250)))
stream, problems = Stream(pieces), Problems()
rows = sum(1 for _ in read_marks(io.BufferedReader(stream), on=TODAY, problems=problems))
tell(stream, rows, problems)
"""


def run(script: str) -> dict[str, int]:
    done = subprocess.run(
        [sys.executable, "-c", PRELUDE + dedent(script)], capture_output=True, check=True, timeout=300
    )
    told: dict[str, int] = json.loads(done.stdout)
    return told


def test_a_transfer_file_of_200_mb_is_read_in_steady_memory() -> None:
    told = run(CTF)
    assert told["bytes"] > 200 * MIB
    assert (told["rows"], told["problems"]) == (10_001, 0)
    assert told["mib"] < 80


def test_repeats_by_the_million_are_counted_and_few_of_them_kept() -> None:
    told = run(MARKS)
    assert told["rows"] == told["problems"] == 1500 * 2 * 336
    assert told["kept"] == 500
    assert told["mib"] < 60


def test_lines_of_junk_leave_nothing_behind() -> None:
    told = run(JUNK)
    assert told["rows"] == 0
    assert told["problems"] >= 1_000_000
    assert told["mib"] < 60


def test_a_file_of_more_pupils_than_any_school_has_stops() -> None:
    upns = [check_letter(rest) + rest for rest in (f"{number:012d}" for number in range(PUPILS + 1))]
    marks, problems = "".join(f"{upn},2025-09-03,AM,/\n" for upn in upns), Problems()
    rows = list(read_marks(io.BytesIO(f"upn,date,session,code\n{marks}".encode()), on=TODAY, problems=problems))
    assert len(rows) == PUPILS
    assert [(found.line, found.reason) for found in problems.kept] == [(PUPILS + 2, Reason.TOO_MANY_PUPILS)]

    source = "<SourceSchool><LEA>860</LEA><Estab>4001</Estab></SourceSchool>"
    head = f"<CTfile><Header><CTFversion>25.0</CTFversion>{source}</Header><CTFpupilData>"
    known = "<Surname>A</Surname><Forename>B</Forename><DOB>2014-02-01</DOB><Sex>F</Sex>"
    body = "".join(f"<Pupil><UPN>{upn}</UPN>{known}</Pupil>" for upn in upns)
    problems = Problems()
    transfer = io.BytesIO(f"{head}{body}</CTFpupilData></CTfile>".encode())
    assert sum(1 for _ in read_ctf(transfer, on=TODAY, problems=problems)) == PUPILS + 1
    assert [found.reason for found in problems.kept] == [Reason.TOO_MANY_PUPILS]
