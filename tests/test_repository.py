"""What the repository promises about itself: sizes, names, layers, documents that tell of what is there."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles

import pytest

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "consentry"
MODULES = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
TESTS = sorted((ROOT / "tests").rglob("*.py"))

VAGUE_NAMES = {"util", "utils", "helper", "helpers", "common", "misc", "services", "managers", "signals", "lib"}
LOOK_UPS = {"queries", "actions", "reading", "models", "imports"}
"""Folders and modules in which rows are looked up. Every step of an import is part of its one action."""

MODELS_ON_SURFACES = {
    "api/partner_side/application.py": {"App", "Site"},  # what a caller is; what `site_by_slug` raises
    "api/sites.py": {"Site"},  # what `site_by_slug` raises
    "web/pages/decisions.py": {"Connection"},  # what the use cases raise for another site's
    "web/how_they_came.py": {"User"},  # the type of whose steps are told
    "web/pages/second_factor.py": {"User"},  # the type of who is asked
    "web/pages/start.py": {"User"},  # the type of who signed in
    "web/beyond_sites.py": {"User"},  # whose name stands in the frame
    "web/company_visit.py": {"Company", "CompanyMember", "User"},  # the types of who acts for which company
    "web/desk_visit.py": {"User"},  # the type of who signed in
    "web/factor_due.py": {"User"},  # the type of who is asked
    "web/addresses.py": {"App"},  # the type of what has a logo
    "web/forms/partners/app.py": {"AppKind"},  # the choices of a form
    "web/pages/partners/app.py": {"App"},  # the type of what a query hands over
    "web/pages/partners/app_acts.py": {"App"},  # the same
    "web/pages/partners/apps.py": {"App"},  # the same
    "web/pages/partners/behind.py": {"App", "AppKind"},  # the same, and the kind that has such a page
    "web/pages/partners/company.py": {"App"},  # the same
    "web/pages/partners/console.py": {"App", "Site"},  # the types of who calls where
    "web/pages/partners/history.py": {"Event"},  # the type of what a query hands over
    "web/pages/partners/join.py": {"CompanyInvitation", "CompanyMember", "User"},  # the types of who joins by what
    "web/pages/partners/landing.py": {"User"},  # the type of who signed in
    "web/pages/partners/schools.py": {"App"},  # the same
    "web/shown/link_tokens.py": {"TokenChain"},  # the same
    "web/pages/partners/secrets.py": {"App"},  # the type of what a query hands over
    "web/shown/app.py": {"AppBehind"},  # the same
    "web/shown/partners/app.py": {"App", "AppKind"},  # the same, and the kind that has a page more
    "web/shown/partners/apps.py": {"App"},  # the same
    "web/shown/partners/members.py": {"CompanyMember"},  # the same
    "web/shown/partners/events.py": {"Event"},  # the same
    "web/pages/returns/consent.py": {"Collector"},  # the type of what a query hands over
    "web/pages/returns/finding.py": {"Collector", "Submission"},  # the same, and what is raised for another site's
    "web/pages/returns/page.py": {"Collector"},  # the type of what a query hands over
    "web/pages/returns/submission.py": {"Submission"},  # the same
    "web/shown/returns/collector.py": {"Collector"},  # the same
    "web/shown/returns/consent.py": {"Collector", "Consent"},  # the same
    "web/shown/returns/failing.py": {"Submission"},  # the same
    "web/shown/returns/questions.py": {"Collector"},  # the same
    "web/shown/returns/submission.py": {"Attempt", "Collector", "Submission"},  # the same
    "web/shown/returns/submissions.py": {"Collector", "Submission"},  # the same
    "web/shown/returns/today.py": {"Collector"},  # the same
    "web/forms/wipe.py": {"Life"},  # what a wiped site can become
    "web/shown/migration.py": {"CodeList", "Life", "Site", "Wipe"},  # the types of what is shown, and its kinds
    "web/shown/unmatched.py": {"Match"},  # the reasons that have words there
    "web/shown/home.py": {"Notification", "Submission"},  # the types of what queries hand over
    "web/shown/notifications.py": {"Notification"},  # the same
    "web/shown/terms.py": {"Terms", "TermsAcceptance"},  # the same
    "web/shown/school_details.py": {"Site"},  # the same
    "web/shown/login_history.py": {"Outcome", "UserType"},  # the words that are shown and filtered by
    "web/forms/login_history.py": {"Outcome", "UserType"},  # the same
    "web/sign_in_words.py": {"Outcome", "ProviderKind"},  # the same
    "web/came_by.py": {"Site"},  # the type of the site whose provider is asked about
    "web/coming_from_trust.py": {"Account", "Site", "User"},  # the types of who has come to which school
    "web/facts_of_session.py": {"User"},  # the type of whose session it is
    "web/first_entry.py": {"Account", "User"},  # the types of who enters, and as whom
    "web/pages/app_in_trust.py": {"App"},  # the type of what a query hands over
    "web/shown/app_in_trust.py": {"App"},  # the same
    "web/pages/trust_schools.py": {"Site", "User"},  # the type of a school, and of who signed in
    "web/forms/user.py": {"UserType"},  # the choices of a form
    "web/forms/users_query.py": {"UserType"},  # the type of a filter
    "web/pages/user.py": {"Account"},  # the type of what a query hands over
    "web/pages/user_acts.py": {"Account"},  # the same
    "web/shown/user.py": {"Account", "AdHocPermission", "EmailChange", "RoleAssignment"},  # the same
    "web/shown/users_list.py": {"UserType"},  # the choices of a filter
    "web/forms/operator/collectors.py": {"Collector"},  # the type of what is changed
    "web/pages/operator/app_acts.py": {"App"},  # the type of what a query hands over
    "web/pages/operator/collector_acts.py": {"Collector"},  # the same
    "web/pages/operator/collectors.py": {"Collector"},  # the same
    "web/pages/directory/ask.py": {"AppWish"},  # the same
    "web/shown/directory/app.py": {"App", "AppBehind", "AppKind"},  # the same
    "web/shown/directory/wishes.py": {"AppWish", "WishNote"},  # the same
    "web/shown/operator/apps.py": {"App", "AppBehind", "AppKind"},  # the same
    "web/shown/operator/collector.py": {"Collector"},  # the same
    "web/shown/operator/collectors.py": {"Collector"},  # the same
    "web/shown/operator/companies.py": {"Company", "CompanyLetter", "CompanyMember"},  # the same
    "web/shown/operator/wishes.py": {"AppWish", "WishNote"},  # the same
    "web/shown/wish.py": {"AppWish", "WishNote"},  # the same
    "web/pages/troubles.py": {"TroubleReport"},  # the same
    "web/pages/partners/troubles.py": {"TroubleReport"},  # the same
    "web/shown/trouble.py": {"TroubleNote", "TroubleReport"},  # the same
    "web/shown/trouble_report.py": {"TroubleNote", "TroubleReport"},  # the same
    "web/shown/partners/troubles.py": {"App"},  # the same
    "web/shown/linked_people.py": {"Account"},  # the type of what a query hands over
    "web/giver.py": {"Account"},  # the type of who lacks a permission
    "web/before.py": {"Account", "Site", "User"},  # the types of who comes to which site
    "web/visit.py": {"Account", "Site", "User"},  # the types of what a visit holds
}
"""Models that a surface may name, as types and for what queries raise; none looks anything up."""


def syntax(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), str(path))


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def name(path: Path) -> str:
    return path.relative_to(SOURCE if path.is_relative_to(SOURCE) else ROOT).as_posix()


def functions() -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for path in MODULES:
        for node in ast.walk(syntax(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{name(path)}:{node.name}", node


def tracked() -> list[Path]:
    """What git knows; where the files came without it, everything but what git would ignore."""
    if not (ROOT / ".git").exists():
        ignored = {line.strip("/") for line in (ROOT / ".gitignore").read_text().split()}
        return [path for path in ROOT.rglob("*") if path.is_file() and not ignored & {*path.parts, f"*{path.suffix}"}]
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / path for path in listed.stdout.split("\0") if path and (ROOT / path).is_file()]


def typical(sizes: list[int]) -> tuple[float, float]:
    """The median, and the size that 95 of 100 stay within."""
    return median(sizes), quantiles(sizes, n=20)[-1]


def test_files_are_small() -> None:
    sizes = [lines(path) for path in MODULES if path.read_text().strip()]
    middle, most = typical(sizes)

    assert middle <= 80
    assert most <= 200
    assert [name(path) for path in MODULES + TESTS if lines(path) > 400] == []


def test_functions_are_short() -> None:
    sizes = {where: (node.end_lineno or 0) - node.lineno + 1 for where, node in functions()}
    middle, most = typical(list(sizes.values()))

    assert middle <= 8
    assert most <= 25
    assert [where for where, size in sizes.items() if size > 60] == []


def test_functions_take_six_parameters_at_most() -> None:
    def taken(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
        given = [each.arg for each in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
        return len([each for each in given if each not in {"self", "cls"}])

    assert [where for where, node in functions() if taken(node) > 6] == []


def test_every_module_says_what_it_holds() -> None:
    assert [name(path) for path in MODULES if not ast.get_docstring(syntax(path))] == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [name(path) for path in MODULES if VAGUE_NAMES & {path.stem, *path.relative_to(SOURCE).parts}] == []


MODELS = re.compile(r"(consentry\.\w+|oauth2_provider)\.models(\..+)?")


def models_named(path: Path) -> set[str]:
    """The names that this module imports from a domain's models."""
    imports = [node for node in ast.walk(syntax(path)) if isinstance(node, ast.ImportFrom) and node.module]
    of_models = [node for node in imports if MODELS.fullmatch(node.module or "")]
    return {alias.name for node in of_models for alias in node.names}


def test_surfaces_name_no_models_but_those_with_a_reason() -> None:
    named = {name(path): models_named(path) for path in MODULES if name(path).startswith(("api/", "web/"))}

    assert {where: models for where, models in named.items() if models} == MODELS_ON_SURFACES


def objects_used(module: ast.Module) -> list[int]:
    """The lines on which rows are looked up through a model's manager."""
    return [node.lineno for node in ast.walk(module) if isinstance(node, ast.Attribute) and node.attr == "objects"]


def test_rows_are_looked_up_where_look_ups_live() -> None:
    elsewhere = [
        f"{name(path)}:{line}"
        for path in MODULES
        if not LOOK_UPS & {path.stem, *path.relative_to(SOURCE).parts} and name(path) not in ROWS_BESIDE
        for line in objects_used(syntax(path))
    ]
    assert elsewhere == []


ROWS_BESIDE = {
    "audit/chain.py",  # the one writer of events
    "connections/deciding.py",  # the lock that approving and rejecting share
    "connections/reviewing.py",  # the lock that accepting and declining share
    "returns/calling_off.py",  # the attempts of what is called off, which every way of doing so ends
    "partners/inviting.py",  # the row of an invitation, which both ways of inviting write
    "partners/wishing.py",  # the next step of a wish, which all its use cases write
    "partners/troubling.py",  # the next note of a report, which all its use cases write
    "people/sessions.py",  # Django's engine of sessions, which looks up its rows itself
    "connections/sealing.py",  # what a seal covers, for the job and for the command that verifies
    "people/lock_user.py",  # the lock that everything shares which several sites may do to one login
    "people/administrators.py",  # the lock and the check that everything shares which changes what people hold
    "records/writing/revision.py",  # the one writer of revisions
}
"""Modules outside those folders that are the home of the rows they look up."""


def test_the_rule_for_look_ups_sees_one() -> None:
    assert objects_used(ast.parse("def page():\n    return Student.objects.all()")) == [2]
    assert objects_used(ast.parse("def page():\n    return students()")) == []


def test_rules_need_no_django() -> None:
    modules = [f"consentry.rules.{path.stem}" for path in (SOURCE / "rules").glob("*.py") if path.stem != "__init__"]
    program = f"import sys, {', '.join(modules)}\nprint([each for each in sys.modules if each.startswith('django')])"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert ran.stdout.strip() == "[]"


def test_imports_run_one_way() -> None:
    command = Path(sys.executable).parent / "lint-imports"
    ran = subprocess.run([command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert ran.returncode == 0, ran.stdout + ran.stderr


HOSTS = [
    ("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"), ("yarnpkg", "com"), ("crates", "io"),
    ("rubygems", "org"), ("proxy.golang", "org"), ("repo.maven", "apache"), ("repo1.maven", "org"), ("anaconda", "org"),
    ("deb.debian", "org"), ("ghcr", "io"), ("docker", "io"),
]  # fmt: skip
FOLDERS = [("work", "main"), ("work", "shared"), ("tmp", "w/"), ("root", ""), ("home", "")]


@pytest.mark.parametrize("host", [".".join(parts) for parts in HOSTS])
def test_no_file_names_a_package_registry(host: str) -> None:
    assert [name(path) for path in tracked() if host.encode() in path.read_bytes()] == []


def test_no_file_names_a_place_on_one_machine() -> None:
    places = [f"/{first}/{second}".encode() for first, second in FOLDERS]
    named = [name(path) for path in tracked() if any(place in path.read_bytes() for place in places)]

    assert named == []


def paths_in(document: str) -> list[str]:
    """The paths of this repository that a document names: in code marks, and as targets of links."""
    text = (ROOT / document).read_text()
    linked = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", text)
    folder = (ROOT / document).parent
    marked = re.findall(r"`((?:src|tests|docs|bench|examples|\.ci)/[^`\s…*{]*)`", text)
    return [str((folder / path).resolve().relative_to(ROOT)) for path in linked] + marked


DOCUMENTS = [name(path) for path in tracked() if path.suffix == ".md"]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_path_that_a_document_names_exists(document: str) -> None:
    assert [path for path in paths_in(document) if not (ROOT / path).exists()] == []


def test_the_tour_walks_through_ten_files_that_exist() -> None:
    walked = re.findall(r"^## \d+\. .*`(\S+)`$", (ROOT / "docs/tour.md").read_text(), re.MULTILINE)

    assert len(walked) == 10
    assert [path for path in walked if not (ROOT / path).is_file()] == []


def test_the_readme_is_short() -> None:
    assert lines(ROOT / "README.md") <= 120


def test_the_reference_says_what_the_code_says() -> None:
    from docs.generate import stale_pages

    assert stale_pages() == []


def test_every_decision_says_what_holds_it() -> None:
    for path in sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md")):
        heads = re.findall(r"^\*\*(\w+)", path.read_text(), re.MULTILINE)
        assert heads == ["Context", "Decision", "Consequences", "Rejected", "Held"], path.name
        assert lines(path) <= 50, path.name


def test_make_alone_lists_every_command() -> None:
    targets = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert targets is not None
    listed = subprocess.run(["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True)

    told = [line.split(maxsplit=2) for line in listed.stdout.splitlines()]
    assert [command for _, command, _ in told] == targets[1].split()
