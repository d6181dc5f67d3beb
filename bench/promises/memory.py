"""Memory of the server over many calls of ever different shapes."""

from random import Random
from urllib.parse import urlencode

from bench import cpu
from bench.calls import check_answers
from bench.cells import MARK_FIELDS, S100, STUDENT_FIELDS
from bench.load import load
from bench.report import Check
from bench.servers import Server

MOST_MIB = 150
_FLAT = 1.05
_SHAPES = 2_000
_MORE = ("ethnicitySource", "bloodGroup", "legacySystemId", "nhsNumber", "hoursAtSetting", "fundedHours", "userTags")


def check_memory(server: Server, *, calls: int) -> list[Check]:
    """PSS of all the server's processes at a fifth of the calls and at their end."""
    paths = _shapes(server.database.world["slug"])
    check_answers(server, paths[:50])
    seen = [(0, cpu.proportional_mib(server.process))]
    done = 0.0
    while done < calls:
        seconds = 3
        done += load(server, S100, paths, 8, seconds).rate * seconds
        seen.append((round(done), cpu.proportional_mib(server.process)))
    settled = next(mib for count, mib in seen if count >= calls / 5)
    last = seen[-1][1]
    course = ", ".join(f"{mib:.0f} after {count:,}" for count, mib in seen[:: max(1, len(seen) // 5)])
    return [
        Check(
            f"two workers under {MOST_MIB} MiB (PSS, with the process that keeps them)",
            f"{last:.0f} MiB",
            last < MOST_MIB,
        ),
        Check(
            f"flat over {calls:,} calls of {_SHAPES:,} shapes",
            f"MiB: {course}, {last:.0f} at the end",
            last <= settled * _FLAT,
        ),
    ]


def _shapes(slug: str) -> list[str]:
    """Listings with different fields, filters, orders and expansions: more than plans and statements that are kept."""
    random = Random(7)  # noqa: S311 - the same shapes every time
    return [_students(slug, random) if random.random() < 0.8 else _marks(slug, random) for _ in range(_SHAPES)]


def _students(slug: str, random: Random) -> str:
    fields = random.sample(STUDENT_FIELDS + _MORE, random.randint(1, 9))
    query = {"fields": ",".join(fields), "page-size": str(random.choice([1, 10, 50]))}
    if random.random() < 0.5:
        query["filters.person.legalLastName.search"] = random.choice("abcdefgh")
    if random.random() < 0.5:
        query["filters.studentNumber." + random.choice(["from", "to", "after", "before"])] = (
            f"{random.randint(0, 1500):06}"
        )
    if random.random() < 0.3:
        query["expand"] = random.choice(["person", "person,person.gender"])
    if random.random() < 0.3:
        query["order-property"] = random.choice(["studentNumber", "person.legalLastName", "uniqueLearnerNumber"])
    return f"/{slug}/rest-v2/students?{urlencode(query, safe=',')}"


def _marks(slug: str, random: Random) -> str:
    fields = random.sample(MARK_FIELDS, random.randint(1, 6))
    query = {
        "fields": ",".join(fields),
        "page-size": "50",
        "filters.recordDate.from": f"2025-10-{random.randint(1, 31):02}",
    }
    if random.random() < 0.3:
        query["expand"] = "student,student.person"
    return f"/{slug}/rest-v2/attendance-roll-call-records?{urlencode(query, safe=',')}"
