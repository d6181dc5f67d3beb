"""A collector as a process: its certificate, its files, its command, and that it ends."""

import json
import os
import signal
import socket
import ssl
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path

import psutil
import pytest
import requests
from click.testing import CliRunner
from cryptography import x509

from consentry.collector.application import collector_application
from consentry.collector.card import Credentials
from consentry.collector.certificate import Certificate
from consentry.collector.database import Database
from consentry.collector.faults import Fault
from consentry.collector.serving import NotStartedError, Running, start
from consentry.project.command_line import commands
from tests.collector.sender import Sender, errors_of
from tests.collector.world import a_submission

COMMAND = [sys.executable, "-c", "from consentry.project.command_line import main; main()", "collector"]

SUBSCRIPTION = "Ocp-Apim-Subscription-Key"


def until_gone(process: psutil.Process) -> None:
    """Wait for a process that is nobody's child of ours."""
    psutil.wait_procs([process], timeout=30)
    assert not process.is_running() or process.status() == psutil.STATUS_ZOMBIE


def test_another_authority_does_not_vouch_for_it(running: Running, tmp_path: Path) -> None:
    other = Certificate(tmp_path)
    other.ensure("127.0.0.1")
    with pytest.raises(requests.exceptions.SSLError, match="CERTIFICATE_VERIFY_FAILED"):
        requests.get(f"{running.base_url}/schema.json", verify=str(other.authority), timeout=30)


def test_the_certificate_is_good_for_both_names_of_this_machine(running: Running) -> None:
    by_name = running.base_url.replace("127.0.0.1", "localhost")
    answer = requests.get(f"{by_name}/schema.json", verify=running.ca_file, timeout=30)
    assert answer.status_code == 200


@pytest.mark.parametrize("newest", [ssl.TLSVersion.TLSv1_1, ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
@pytest.mark.filterwarnings("ignore:ssl.TLSVersion.TLSv1_1 is deprecated:DeprecationWarning")
def test_old_versions_of_tls_are_refused(running: Running, newest: ssl.TLSVersion) -> None:
    context = ssl.create_default_context(cafile=running.ca_file)
    context.set_ciphers("DEFAULT:@SECLEVEL=0")
    context.minimum_version = context.maximum_version = newest
    host, port = running.base_url.removeprefix("https://").split(":")
    with socket.create_connection((host, int(port))) as plain:
        if newest is ssl.TLSVersion.TLSv1_1:
            with pytest.raises((ssl.SSLError, ConnectionError)):
                context.wrap_socket(plain, server_hostname=host)
        else:
            with context.wrap_socket(plain, server_hostname=host) as secured:
                assert secured.version() == {"TLSv1_2": "TLSv1.2", "TLSv1_3": "TLSv1.3"}[newest.name]


def test_its_files_are_its_owners_alone(running: Running) -> None:
    folder = Path(running.ca_file).parent
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()}

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert set(modes.values()) == {0o600}
    assert {"ca.pem", "server.pem", "server.key", "collector.json", "collector.sqlite3", "collector.log"} <= set(modes)


def test_the_authoritys_key_is_nowhere(running: Running) -> None:
    """So nobody can make another certificate that a sender would trust."""
    keys = [file.name for file in Path(running.ca_file).parent.glob("*.*") if b"PRIVATE KEY" in file.read_bytes()]
    assert keys == ["server.key"]


def test_a_certificate_is_kept_until_it_ends_soon_or_lacks_the_host(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Certificate(tmp_path)

    def serial() -> int:
        return x509.load_pem_x509_certificate(made.chain.read_bytes()).serial_number

    serials = []
    for host in ("127.0.0.1", "localhost", "collector.example"):
        made.ensure(host)
        serials.append(serial())
    assert serials[0] == serials[1] != serials[2]

    monkeypatch.setattr("consentry.collector.certificate._LEFT_AT_LEAST", timedelta(days=400))
    made.ensure("collector.example")
    assert serial() != serials[2]
    assert x509.load_pem_x509_certificate(made.chain.read_bytes()).not_valid_after_utc > datetime.now(UTC)


def test_a_second_start_knows_all_that_the_first_knew(tmp_path: Path) -> None:
    body = a_submission(urn="500001")
    with start(tmp_path, fault=Fault.ERROR) as first, Sender(first) as sender:
        assert sender.send(body).status_code == 500
        sender.switch("none")
        receipt, token = sender.send(body).json(), sender.token
        sender.session.close()
    with start(tmp_path, needs_subscription_key=True, token_seconds=7) as second, Sender(second) as again:
        assert (second.client_secrets, second.client_id) == (first.client_secrets, first.client_id)
        assert again.ask_token().json()["expires_in"] == 7
        again.token = token
        assert again.days("500001") == body["days"]
        assert [each["id"] for each in again.receipts("500001")] == [receipt["id"]]

        without, wrong = again.send(body), again.send(body, headers={SUBSCRIPTION: "another"})
        assert (without.status_code, wrong.status_code) == (403, 403)
        assert errors_of(without) == [("bad_subscription_key", "")]
        assert again.send(body, headers={SUBSCRIPTION: second.subscription_key}).status_code == 201
        again.session.close()
    assert second.process.returncode == 0


def test_a_collector_that_cannot_start_says_why(running: Running, tmp_path: Path) -> None:
    (tmp_path / "collector.sqlite3").write_text("This is not a database. " * 100)
    with pytest.raises(NotStartedError, match="file is not a database"):
        start(tmp_path)


def test_it_ends_with_whoever_started_it(tmp_path: Path) -> None:
    """A test or a demo that is killed leaves nothing behind, workers neither."""
    program = (
        "import sys, time; from pathlib import Path; from consentry.collector.serving import start\n"
        f"print(start(Path({str(tmp_path)!r})).process.pid, flush=True); time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as starter:
        assert starter.stdout is not None
        collector = psutil.Process(int(starter.stdout.readline()))
        workers = collector.children()
        starter.kill()
    assert workers
    for each in (collector, *workers):
        until_gone(each)


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_the_command_serves_until_it_is_asked_to_end(tmp_path: Path, ending: signal.Signals) -> None:
    """It starts without any setting and without a database."""
    folder = tmp_path / "kept"
    without = {
        name: value for name, value in os.environ.items() if not name.startswith(("CONSENTRY", "DJANGO", "DATABASE"))
    }
    command = [*COMMAND, "--folder", str(folder), "--port", "0", "--subscription-key"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=without, cwd=tmp_path) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        card = json.loads((folder / "collector.json").read_text())
        assert said == f"The collector listens at {card['base_url']}; {folder}/collector.json says how to talk to it.\n"
        answer = requests.get(f"{card['base_url']}/schema.json", verify=card["ca_file"], timeout=30)
        assert answer.status_code == 200
        process.send_signal(ending)
        rest = process.stdout.read()
    assert process.returncode == 0
    assert '"path": "/schema.json", "status": 200' in rest
    assert {each.name for each in tmp_path.iterdir()} == {"kept"}
    assert set(card) == {
        "base_url", "token_url", "ca_file", "client_id", "client_secrets", "control_key", "subscription_key", "pid"
    }  # fmt: skip


def test_the_command_names_the_extra_where_it_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("consentry.project.command_line.collector"), "find_spec", lambda _name: None)
    ran = CliRunner().invoke(commands, ["collector", "--folder", str(tmp_path)])
    assert str(ran.exception) == "The collector is an extra: `pip install 'consentry[collector]'`."


def test_what_nobody_thought_of_is_answered_in_the_same_style(tmp_path: Path) -> None:
    """Here: the file has no tables."""
    credentials = Credentials("sender", ("one", "two"), "control")
    app = collector_application(Database(tmp_path / "empty.sqlite3"), credentials, token_seconds=60)
    answer = app.test_client().put("/faults", json={"fault": "none"}, headers={"Control-Key": "control"})

    assert answer.status_code == 500
    assert answer.json is not None
    assert answer.json["errors"][0]["code"] == "internal_server_error"
