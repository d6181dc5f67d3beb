"""The program's own PostgreSQL: data under var/, nothing to install, ended with its last user.

`ensure(var)` starts the server of a var/ folder or joins it. docs: design, "One database".
"""

from consentry.project.embedded.cluster import Cluster, ensure
from consentry.project.embedded.errors import EmbeddedError

__all__ = ["Cluster", "EmbeddedError", "ensure"]
