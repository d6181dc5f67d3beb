"""How often an app may call: token buckets in the memory of each worker, which holds its share of the limit.

No row, no lock, no round trip. Exact over all workers only while they get equal shares of the calls.
"""

import time
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock


@dataclass
class _Bucket:
    left: float
    filled_at: float


class RateLimit:
    """`per_minute` calls for each key, as many at once as a minute allows. Keeps the `most` keys used last."""

    def __init__(self, per_minute: float, *, most: int = 10_000) -> None:
        self.size = max(1.0, per_minute)
        self.per_second = self.size / 60
        self.most = most
        self._buckets: OrderedDict[object, _Bucket] = OrderedDict()
        self._lock = Lock()

    def take(self, key: object, now: float | None = None) -> int:
        """Take one call. 0 when it may go on, else the whole seconds until the next may (for Retry-After)."""
        at = time.monotonic() if now is None else now
        with self._lock:
            bucket = self._bucket(key, at)
            bucket.left = min(self.size, bucket.left + (at - bucket.filled_at) * self.per_second)
            bucket.filled_at = at
            if bucket.left >= 1:
                bucket.left -= 1
                return 0
            return int((1 - bucket.left) / self.per_second) + 1

    def charge(self, key: object, calls: int) -> None:
        """Take so many calls more for one that was taken already: it cost as much as they do."""
        with self._lock:
            if bucket := self._buckets.get(key):
                bucket.left -= calls

    def give_back(self, key: object) -> None:
        """Give one call back: it was none of those that are limited."""
        with self._lock:
            if bucket := self._buckets.get(key):
                bucket.left = min(self.size, bucket.left + 1)

    def _bucket(self, key: object, at: float) -> _Bucket:
        bucket = self._buckets.get(key)
        if bucket is None:
            bucket = self._buckets[key] = _Bucket(self.size, at)
            if len(self._buckets) > self.most:
                self._buckets.popitem(last=False)
        self._buckets.move_to_end(key)
        return bucket
