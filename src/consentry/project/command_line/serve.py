"""`consentry serve`: the web workers and the job worker, together or apart."""

import click

from consentry.project.command_line.ready import with_django


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--only", type=click.Choice(["web", "jobs"]), help="Run one part; by default both run together.")
@with_django
def serve(host: str, port: int, only: str | None) -> None:
    """Serve pages and apps until SIGTERM or Ctrl-C; calls under way are finished."""
    from consentry.project.serving.run import run

    run(host, port, only=only)
