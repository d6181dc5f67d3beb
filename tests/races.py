"""How often a test of many at once is repeated: 20 times, and 100 where CONSENTRY_RACES is `all`."""

import os

TIMES = 100 if os.environ.get("CONSENTRY_RACES") == "all" else 20
