"""OneRoster bulk zips: what is taken, what is refused, and the archives that attack."""

import csv
import io
import struct
import zipfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consentry.imports.oneroster.read import read_oneroster
from consentry.imports.oneroster.rows import Demographics, Enrollment, OneRosterRow, User
from consentry.imports.oneroster.tables import COLUMNS, IGNORED
from consentry.imports.problems import Problems, Reason

UPN = "R201100018042"
Line = dict[str, str]
Tables = dict[str, list[Line]]


def tables() -> Tables:
    """A small school that is right in every respect."""
    term = {"startDate": "2025-09-03", "endDate": "2026-07-22", "schoolYear": "2026"}
    return {
        "orgs": [{"sourcedId": "s1", "name": "Oakford High", "type": "school", "identifier": "8604001"}],
        "academicSessions": [
            {"sourcedId": "t1", "title": "Autumn", "type": "term", "parentSourcedId": "y1"} | term,
            {"sourcedId": "y1", "title": "2025-26", "type": "schoolYear"} | term,
        ],
        "courses": [
            {"sourcedId": "c1", "schoolYearSourcedId": "y1", "title": "Maths 7", "grades": "07", "orgSourcedId": "s1"}
        ],
        "classes": [
            {"sourcedId": "k1", "title": "7A Maths", "courseSourcedId": "c1", "classType": "scheduled"}
            | {"schoolSourcedId": "s1", "termSourcedIds": "t1,y1", "subjects": "Mathematics, Number"}
        ],
        "users": [
            {"sourcedId": "u1", "enabledUser": "true", "username": "ann", "userIds": f"{{UPN:{UPN}}},{{mis:7}}"}
            | {"givenName": "=1+1", "familyName": "Rees", "agentSourcedIds": "u2", "grades": "Year 7", "password": "x"},
            {"sourcedId": "u2", "enabledUser": "false", "username": "eve", "givenName": "Eve", "familyName": "Rees"},
        ],
        "roles": [
            {"sourcedId": "r1", "userSourcedId": "u1", "roleType": "primary", "role": "student", "orgSourcedId": "s1"}
        ],
        "enrollments": [
            {"sourcedId": "e1", "classSourcedId": "k1", "schoolSourcedId": "s1", "userSourcedId": "u1"}
            | {"role": "student", "primary": "false", "beginDate": "2025-09-03", "endDate": "2026-07-22"}
        ],
        "demographics": [{"sourcedId": "u1", "birthDate": "2014-02-01", "sex": "female"}],
    }  # fmt: skip


def manifest(held: set[str], **says: str) -> dict[str, str]:
    files = {f"file.{table}": "bulk" if table in held else "absent" for table in (*COLUMNS, *sorted(IGNORED))}
    return {"manifest.version": "1.0", "oneroster.version": "1.2", **files, **says}


def table_csv(columns: tuple[str, ...], lines: list[Line]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="")
    writer.writeheader()
    writer.writerows(lines)
    return text.getvalue()


def packed(files: dict[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()


def files_of(held: Tables, **says: str) -> dict[str, str | bytes]:
    lines = [{"propertyName": name, "value": value} for name, value in manifest(set(held), **says).items()]
    files: dict[str, str | bytes] = {"manifest.csv": table_csv(("propertyName", "value"), lines)}
    return files | {f"{table}.csv": table_csv(COLUMNS[table], rows) for table, rows in held.items()}


def read(data: bytes) -> tuple[list[OneRosterRow], list[tuple[str, int, str, Reason]]]:
    problems = Problems()
    rows = list(read_oneroster(io.BytesIO(data), problems=problems))
    return rows, [(found.part, found.line, found.field, found.reason) for found in problems.kept]


def faults(data: bytes) -> list[tuple[str, int, str, Reason]]:
    return read(data)[1]


def reasons(data: bytes) -> list[Reason]:
    return [reason for *_, reason in faults(data)]


def test_a_good_file_is_read_in_the_order_of_its_references() -> None:
    rows, problems = read(packed(files_of(tables())))
    assert problems == []
    names = [type(row).__name__ for row in rows]
    assert names[:5] == ["Org", "AcademicSession", "AcademicSession", "Course", "SchoolClass"]
    assert names[5:] == ["User", "User", "Role", "Enrollment", "Demographics"]
    user = rows[5]
    assert isinstance(user, User)
    assert (user.line, user.upn, user.grades, user.enabled_user) == (2, UPN, ("7",), True)
    assert user.user_ids == (("UPN", UPN), ("mis", "7"))
    assert user.given_name == "=1+1"
    assert isinstance(rows[8], Enrollment)
    assert (rows[8].begin_date, rows[8].primary) == (date(2025, 9, 3), False)
    assert rows[9] == Demographics(2, "u1", date(2014, 2, 1), "female", "", "")


def test_an_identifier_that_is_a_pupil_number_is_taken_for_one() -> None:
    held = tables()
    held["users"][1]["identifier"] = "H801200001001"
    held["users"][0] |= {"userIds": "", "identifier": "staff 7"}
    users = [row for row in read(packed(files_of(held)))[0] if isinstance(row, User)]
    assert [user.upn for user in users] == ["", "H801200001001"]


def test_more_columns_called_metadata_may_follow() -> None:
    files = files_of(tables())
    files["orgs.csv"] = str(files["orgs.csv"]).replace("\r\n", ",metadata.x\r\n", 1).rstrip() + ",y\r\n"
    assert faults(packed(files)) == []


def test_tables_that_hold_passwords_or_results_are_never_opened() -> None:
    files = files_of(tables(), **{"file.userProfiles": "bulk"}) | {"userProfiles.csv": b"\xff\0 not even text"}
    assert faults(packed(files)) == []


@pytest.mark.parametrize(
    ("table", "change", "field", "reason"),
    [
        ("users", {"userIds": "{UPN:A201100018042}"}, "userIds", Reason.UPN_CHECK_LETTER),
        ("users", {"userIds": "UPN:R201100018042"}, "userIds", Reason.BAD_FORM),
        ("users", {"enabledUser": "yep"}, "enabledUser", Reason.NOT_A_FLAG),
        ("users", {"enabledUser": ""}, "enabledUser", Reason.MISSING),
        ("users", {"familyName": ""}, "familyName", Reason.MISSING),
        ("users", {"grades": "7,15"}, "grades", Reason.YEAR_GROUP),
        ("users", {"status": "active"}, "status", Reason.MUST_BE_EMPTY),
        ("users", {"dateLastModified": "2025-01-01"}, "dateLastModified", Reason.MUST_BE_EMPTY),
        ("users", {"agentSourcedIds": "u2,u9"}, "agentSourcedIds", Reason.UNKNOWN_REFERENCE),
        ("orgs", {"type": "club"}, "type", Reason.UNKNOWN_VALUE),
        ("orgs", {"parentSourcedId": "s9"}, "parentSourcedId", Reason.UNKNOWN_REFERENCE),
        ("academicSessions", {"endDate": "2025-09-02"}, "endDate", Reason.ENDS_BEFORE_START),
        ("academicSessions", {"startDate": "03/09/2025"}, "startDate", Reason.DATE_FORM),
        ("academicSessions", {"schoolYear": ""}, "schoolYear", Reason.MISSING),
        ("classes", {"termSourcedIds": "t1,t9"}, "termSourcedIds", Reason.UNKNOWN_REFERENCE),
        ("classes", {"termSourcedIds": ""}, "termSourcedIds", Reason.MISSING),
        ("classes", {"classType": "ext:"}, "classType", Reason.UNKNOWN_VALUE),
        ("roles", {"role": "wizard"}, "role", Reason.UNKNOWN_VALUE),
        ("roles", {"roleType": "tertiary"}, "roleType", Reason.UNKNOWN_VALUE),
        ("enrollments", {"userSourcedId": "u9"}, "userSourcedId", Reason.UNKNOWN_REFERENCE),
        ("enrollments", {"endDate": "2025-01-01"}, "endDate", Reason.ENDS_BEFORE_START),
        ("demographics", {"birthDate": "2014-02-30"}, "birthDate", Reason.DATE_NOT_REAL),
        ("demographics", {"sourcedId": "u9"}, "sourcedId", Reason.UNKNOWN_REFERENCE),
    ],
)
def test_a_bad_cell_says_its_file_line_field_and_reason(table: str, change: Line, field: str, reason: Reason) -> None:
    held = tables()
    held[table][0] |= change
    assert faults(packed(files_of(held))) == [(f"{table}.csv", 2, field, reason)]


def test_extensions_of_a_vocabulary_are_taken() -> None:
    held = tables()
    held["classes"][0]["classType"] = "ext:club"
    assert faults(packed(files_of(held))) == []


def test_an_id_comes_once_in_a_table() -> None:
    held = tables()
    held["roles"].append(dict(held["roles"][0]))
    assert faults(packed(files_of(held))) == [("roles.csv", 3, "sourcedId", Reason.DUPLICATE)]


@pytest.mark.parametrize(
    ("says", "problem"),
    [
        ({"oneroster.version": "1.1"}, ("manifest.csv", 0, "oneroster.version", Reason.VERSION)),
        ({"manifest.version": ""}, ("manifest.csv", 0, "manifest.version", Reason.VERSION)),
        ({"file.users": "delta"}, ("manifest.csv", 0, "users", Reason.DELTA)),
        ({"file.pets": "bulk"}, ("manifest.csv", 0, "pets", Reason.UNKNOWN_VALUE)),
        ({"file.roles": "maybe"}, ("manifest.csv", 0, "roles", Reason.UNKNOWN_VALUE)),
        ({"file.results": "bulk"}, ("results.csv", 0, "", Reason.FILE_ABSENT)),
        ({"file.roles": "absent"}, ("roles.csv", 0, "", Reason.FILE_UNEXPECTED)),
    ],
)
def test_a_manifest_that_is_wrong(says: Line, problem: tuple[str, int, str, Reason]) -> None:
    rows, problems = read(packed(files_of(tables(), **says)))
    assert rows == []
    assert problem in problems


def test_a_file_without_users_or_manifest_is_refused() -> None:
    files = files_of({"orgs": tables()["orgs"]})
    assert faults(packed(files)) == [("users.csv", 0, "", Reason.FILE_ABSENT)]
    assert faults(packed({"users.csv": "x"})) == [("manifest.csv", 0, "", Reason.FILE_ABSENT)]


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (b"", 1, Reason.EMPTY_FILE),
        (b"sourcedId,status\n", 1, Reason.HEADER),
        (",".join((*COLUMNS["orgs"], "extra")).encode(), 1, Reason.HEADER),
        (",".join(COLUMNS["orgs"]).encode("utf-16"), 1, Reason.ENCODING),
        (",".join(COLUMNS["orgs"]).encode() + b"\ns1,,,Caf\xe9,school,,\n", 2, Reason.ENCODING),
        (",".join(COLUMNS["orgs"]).encode() + b"\ns1,,,A\0B,school,,\n", 2, Reason.NUL),
        (",".join(COLUMNS["orgs"]).encode() + b"\ns1,,,A,school,\n", 2, Reason.COLUMNS),
        (",".join(COLUMNS["orgs"]).encode() + b'\ns1,,,"' + b"\n" * 100, 22, Reason.RECORD_TOO_LONG),
        (",".join(COLUMNS["orgs"]).encode() + b"\ns1,,," + b"ab1" * 30_000, 2, Reason.LINE_TOO_LONG),
    ],
)
def test_a_table_that_is_no_such_csv_says_its_line(content: bytes, line: int, reason: Reason) -> None:
    found = faults(packed(files_of(tables()) | {"orgs.csv": content}, zipfile.ZIP_STORED))
    assert ("orgs.csv", line, "", reason) in found


def test_a_cell_may_hold_quoted_line_ends() -> None:
    held = tables()
    held["orgs"][0]["name"] = "Oakford\nHigh"
    assert faults(packed(files_of(held))) == []


@pytest.mark.parametrize("name", ["../users.csv", "/users.csv", "a/users.csv", "a\\users.csv", "inner.zip", "users"])
def test_only_plain_csv_files_may_stand_in_the_zip(name: str) -> None:
    assert reasons(packed(files_of(tables()) | {name: "x"})) == [Reason.ZIP_NAME]


def test_zip_bombs_are_refused_before_they_unpack() -> None:
    flat = packed(files_of(tables()) | {"users.csv": b"\0" * 50_000_000})
    assert reasons(flat) == [Reason.ZIP_TOO_LARGE]
    many = packed({f"{chr(97 + n // 26)}{chr(97 + n % 26)}.csv": "x" for n in range(65)})
    assert reasons(many) == [Reason.ZIP_TOO_MANY]
    crowd = packed({f"{n}.csv": "x" for n in range(5000)})
    assert reasons(crowd) == [Reason.ZIP_TOO_MANY]


def test_entries_that_are_large_only_together_are_refused() -> None:
    names = [f"{letter}.csv" for letter in "abcdefghij"]
    assert reasons(packed(dict.fromkeys(names, b"\0" * 60_000))) == [Reason.ZIP_TOO_LARGE]


def test_a_zip_that_lies_about_its_sizes_gives_no_more_than_it_announced() -> None:
    data = packed({"manifest.csv": b"\0" * 30_000_000})
    lying = data.replace(struct.pack("<L", 30_000_000), struct.pack("<L", 1000))
    assert reasons(lying) in ([Reason.ZIP_BROKEN], [Reason.NUL])


def test_entries_that_share_their_bytes_are_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("manifest.csv", "x" * 50_000)
        archive.writestr("users.csv", "x" * 50_000)
        archive.filelist[1].header_offset = archive.filelist[0].header_offset
    assert reasons(out.getvalue()) == [Reason.ZIP_BROKEN]


def test_links_and_folders_are_refused() -> None:
    assert reasons(packed({"users/": ""})) == [Reason.ZIP_LINK]
    entry = zipfile.ZipInfo("users.csv")
    entry.external_attr = 0o120777 << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(entry, "/etc/passwd")
    assert reasons(out.getvalue()) == [Reason.ZIP_LINK]


def test_encrypted_and_doubled_entries_are_refused() -> None:
    data = bytearray(packed({"users.csv": "x"}))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    assert reasons(bytes(data)) == [Reason.ZIP_ENCRYPTED]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("users.csv", "x")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("users.csv", "y")
    assert reasons(out.getvalue()) == [Reason.DUPLICATE]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"upn,date\n", b"PK\x05\x06", b"PK\x05\x06" + b"\xff" * 18])
def test_what_is_no_zip_is_refused(data: bytes) -> None:
    assert reasons(data) in ([Reason.ZIP_BROKEN], [Reason.ZIP_TOO_MANY])


@given(st.integers(0, 4000), st.binary(min_size=1, max_size=8))
def test_no_damage_at_all_makes_the_reader_fail(at: int, noise: bytes) -> None:
    data = bytearray(packed(files_of(tables())))
    at = at % len(data)
    data[at : at + len(noise)] = noise
    rows, problems = read(bytes(data))
    assert len(rows) == 10 or problems
