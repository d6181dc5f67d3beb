"""Starting the service: the database up to date, the static files collected, then the workers."""

import gc
from contextlib import ExitStack
from importlib import import_module

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.urls import get_resolver

from consentry.project.config import Config, ConfigurationError
from consentry.project.migrate import add_what_is_shipped, bring_up_to_date, is_up_to_date
from consentry.project.private_folder import private_folder
from consentry.project.serving.jobs import JobWorkerBeside
from consentry.project.serving.web import web_server
from consentry.records.catalogue import catalogue
from consentry.web.sign_in_facts import browser_in_words


def run(host: str, port: int, *, only: str | None = None) -> None:
    """Serve until asked to end. Raises ConfigurationError when the database needs `consentry migrate` first."""
    config: Config = settings.CONFIG
    prepare(config)
    if only == "jobs":
        from consentry.project.serving.job_worker import main as run_jobs

        run_jobs()
        return
    with ExitStack() as beside:
        if only is None:
            beside.enter_context(JobWorkerBeside())
        server = web_server(host, port, workers=config.workers)
        share_with_workers()
        server.serve()


def share_with_workers() -> None:
    """Load what every worker needs before they are forked, and keep the collector from writing into it.

    So the workers share it (without, each had 60 MiB of its own). Connections are not to be shared: none stays open.
    """
    import_module("consentry.project.wsgi")
    catalogue()
    browser_in_words("")
    get_resolver().url_patterns  # noqa: B018 - reading it loads the pages
    connections.close_all()
    gc.collect()
    gc.freeze()


def prepare(config: Config) -> None:
    """Bring an embedded database up to date; of another one, ask that it is. Collect the static files.

    The program's own folder of mails, which hold live links, is shut to others: an older release left it open.
    """
    if config.is_embedded:
        bring_up_to_date()
        add_what_is_shipped()
    elif not is_up_to_date():
        raise ConfigurationError("The database is behind the program: run `consentry migrate` first.")
    call_command("collectstatic", interactive=False, verbosity=0)
    if config.mail_folder == config.var / "mail":
        private_folder(config.mail_folder)
