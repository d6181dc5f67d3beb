"""Memory of the server over many calls of ever different shapes."""

from random import Random
from urllib.parse import urlencode

from bench import cpu
from bench.calls import check_answers, paths
from bench.cells import A10K, MARK_FIELDS, S100, STUDENT_FIELDS
from bench.load import load
from bench.report import Check
from bench.servers import Server

MOST_MIB = 150
_FLAT = 1.05
_SHAPES = 2_000
_SECONDS = 3
_MORE = ("ethnicitySource", "bloodGroup", "legacySystemId", "nhsNumber", "hoursAtSetting", "fundedHours", "userTags")


def check_memory(server: Server, *, calls: int) -> list[Check]:
    """PSS of the two workers over calls of all shapes, then after pages of 10,000; their parent's is told beside."""
    paths_of_shapes = _shapes(server.database.world["slug"])
    check_answers(server, paths_of_shapes[:50])
    seen, done = [(0, _workers(server))], 0.0
    while done < calls:
        done += load(server, S100, paths_of_shapes, 8, _SECONDS).rate * _SECONDS
        seen.append((round(done), _workers(server)))
    settled = next(mib for count, mib in seen if count >= calls / 2)
    last = seen[-1][1]
    course = ", ".join(f"{mib:.0f} after {count:,}" for count, mib in seen[:: max(1, len(seen) // 5)])
    load(server, A10K, paths(server, A10K), 8, _SECONDS)
    large = _workers(server)
    parent = cpu.proportional_mib(server.process) - large
    return [
        Check(f"two workers under {MOST_MIB} MiB (PSS)", f"{last:.0f} MiB, their parent {parent:.0f}", last < MOST_MIB),
        Check(
            f"flat over {calls:,} calls of {_SHAPES:,} shapes (second half)",
            f"MiB: {course}; {last:.0f}",
            last <= settled * _FLAT,
        ),
        Check(f"under {MOST_MIB} MiB after pages of 10,000 by 8 clients", f"{large:.0f} MiB", large < MOST_MIB),
    ]


def _workers(server: Server) -> float:
    return sum(map(cpu.proportional_mib, cpu.family(server.process)[1:]))


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
