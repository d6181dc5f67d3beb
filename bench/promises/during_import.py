"""Decisions and reads at a school into which a year of marks is being imported."""

import io
import json
import sys
import threading
import time
from datetime import date

import django
import requests

_PUPILS, _FIRST, _LAST = 1_500, date(2024, 9, 3), date(2025, 7, 22)


def main(address: str, most: int) -> None:
    """Import pupils, then `most` marks beside decisions and reads at the same school; the times in ms as JSON."""
    from django.utils import timezone

    from bench.promises.decider import Decider
    from consentry.audit.actor import OPERATOR
    from consentry.imports.actions.import_ctf import import_ctf
    from consentry.imports.sample.school import make_school

    decider = Decider.from_world()
    school = make_school(
        3, _PUPILS, decider.site.urn or "", decider.site.laestab or "", "Import Academy", school_year=2024
    )
    import_ctf(decider.site, io.BytesIO(school.ctf()), by=OPERATOR, at=timezone.now())
    lines = school.marks(_FIRST, _LAST).splitlines(keepends=True)[: most + 1]
    importing = threading.Thread(target=_import, args=(decider.site, b"".join(lines)))
    began = time.monotonic()
    importing.start()
    told = _meanwhile(address, decider, importing)
    print(json.dumps({**told, "marks": len(lines) - 1, "seconds": time.monotonic() - began}))


def _import(site: "Site", content: bytes) -> None:  # noqa: F821
    """In a process of its own, so that what is timed is not the interpreter's lock."""
    import subprocess
    import tempfile

    with tempfile.NamedTemporaryFile(suffix=".csv") as file:
        file.write(content)
        file.flush()
        command = [
            "-c",
            "from consentry.project.command_line import main; main()",
            "import",
            "marks",
            file.name,
            "--site",
            site.slug,
        ]
        subprocess.run([sys.executable, *command], check=True, stdout=sys.stderr)


def _meanwhile(address: str, decider: "Decider", importing: threading.Thread) -> dict[str, list[float]]:  # noqa: F821
    told: dict[str, list[float]] = {"revocation": [], "read": []}
    with requests.Session() as session:
        while importing.is_alive():
            told["read"].append(
                _timed(lambda: session.get(address + decider.path, headers=decider.headers).raise_for_status())
            )
            told["revocation"].append(_timed(decider.reject))
            told["revocation"].append(_timed(decider.approve))
            time.sleep(0.1)
    return told


def _timed(act: object) -> float:
    began = time.monotonic()
    act()  # type: ignore[operator]
    return (time.monotonic() - began) * 1000


if __name__ == "__main__":
    django.setup()
    main(sys.argv[1], int(sys.argv[2]))
