"""The roles of the embedded database and what each may do, as SQL for a new cluster."""

from dataclasses import dataclass

DATABASE = "consentry"
OWNER = "consentry_owner"
APP = "consentry_app"
SUPERUSER = "consentry_admin"  # has no password: it can only be used with the server stopped, in single-user mode


@dataclass(frozen=True)
class Passwords:
    """The passwords of the two roles that connect; made of letters, digits, - and _ only."""

    owner: str
    app: str


def statements(passwords: Passwords) -> list[str]:
    """Return the SQL that makes roles, default rights and the database; to be run in template1.

    Rights given in template1 reach every database made from it, so that test databases behave alike.
    Since PostgreSQL 15 only a database's owner may create in its schema public.
    """
    nothing = "NOSUPERUSER NOCREATEROLE NOREPLICATION NOBYPASSRLS"
    default = f"ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} GRANT"
    return [
        f"CREATE ROLE {OWNER} LOGIN CREATEDB {nothing} PASSWORD '{passwords.owner}'",
        f"CREATE ROLE {APP} LOGIN NOCREATEDB {nothing} PASSWORD '{passwords.app}'",
        f"GRANT pg_signal_backend TO {OWNER}",  # DROP DATABASE ... WITH (FORCE) ends the app's sessions
        f"{default} SELECT, INSERT, UPDATE, DELETE ON TABLES TO {APP}",
        f"{default} USAGE, SELECT ON SEQUENCES TO {APP}",
        f"CREATE DATABASE {DATABASE} OWNER {OWNER}",
    ]
