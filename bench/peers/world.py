"""What a peer is told: how to reach the database, which school it serves, which token it takes."""

import json
import os
from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict

WORLD: dict[str, Any] = json.loads(Path(os.environ["BENCH_WORLD"]).read_text())
SCHOOL: int = WORLD["school"]
PARTS: dict[str, Any] = dict(conninfo_to_dict(os.environ["DATABASE_URL"]))
ENTERED = f"-c app.school={SCHOOL}"
"""Connection option that sets the school once and for all: peers pay nothing a call for the row-security wall."""
