"""Revocations while 32 clients read, and whether any call was served that began after the commit.

The clients and the one who decides share this process and so its clock. A call counts as late when it began after
`reject_connection` had returned, ended before the next approval began, and was served all the same.
"""

import http.client
import json
import sys
import threading
import time
from bisect import bisect_right
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import django

CLIENTS = 32
_BETWEEN = 0.08


@dataclass
class Seen:
    """When calls began and ended and how they were answered, and between which moments no call may be served."""

    calls: list[tuple[float, float, int]] = field(default_factory=list)
    closed: list[tuple[float, float]] = field(default_factory=list)

    def told(self) -> dict[str, int]:
        """The counts."""
        starts = [start for start, _ in self.closed]
        late = 0
        for began, ended, status in self.calls:
            position = bisect_right(starts, began) - 1
            late += status == 200 and position >= 0 and ended <= self.closed[position][1]
        statuses = [status for _, _, status in self.calls]
        return {"late": late, "served": statuses.count(200), "refused": statuses.count(403), "times": len(self.closed)}


def main(address: str, times: int) -> None:
    """Reject and approve again `times` times under load; the counts as JSON."""
    from bench.promises.decider import Decider

    seen, stop, decider = Seen(), threading.Event(), Decider.from_world()
    clients = [threading.Thread(target=_read, args=(address, decider, seen, stop)) for _ in range(CLIENTS)]
    for client in clients:
        client.start()
    for _ in range(times):
        time.sleep(_BETWEEN)
        decider.reject()
        closed = time.monotonic()
        time.sleep(_BETWEEN)
        seen.closed.append((closed, time.monotonic()))
        decider.approve()
    stop.set()
    for client in clients:
        client.join()
    print(json.dumps(seen.told()))


def _read(address: str, decider: "Decider", seen: Seen, stop: threading.Event) -> None:  # noqa: F821
    line = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)
    while not stop.is_set():
        began = time.monotonic()
        line.request("GET", decider.path, headers=decider.headers)
        reply = line.getresponse()
        reply.read()
        seen.calls.append((began, time.monotonic(), reply.status))
    line.close()


if __name__ == "__main__":
    django.setup()
    main(sys.argv[1], int(sys.argv[2]))
