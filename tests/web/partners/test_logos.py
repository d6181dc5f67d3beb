"""Logos: what is served is a picture that we encoded, whatever was sent."""

import io
import struct
import zipfile
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image, PngImagePlugin
from tests.web.partners.conftest import own_app

from consentry.partners.logo import LARGEST, read_logo
from consentry.partners.models import App, AppLogo, CompanyMember
from consentry.rules.invalid import InvalidError
from consentry.web.gate import TOO_LARGE


def picture(kind: str = "PNG", size: tuple[int, int] = (400, 200), **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (10, 90, 94)).save(out, kind, **options)
    return out.getvalue()


def sent(content: bytes, name: str = "logo.png") -> dict[str, SimpleUploadedFile]:
    return {"logo": SimpleUploadedFile(name, content, "image/png")}


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_picture_becomes_a_square_png_that_is_served_for_good(client: Client, home: str, app: App, kind: str) -> None:
    """Issue: upload a logo (checked, re-encoded)."""
    client.post(f"{home}/apps/{app.id}/logo", sent(picture(kind)))

    logo = AppLogo.objects.get()
    answer = Client().get(f"/logos/{app.id}/{logo.digest}.png")
    served = Image.open(io.BytesIO(answer.content))
    assert (served.format, served.size) == ("PNG", (256, 256))
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert f"/logos/{app.id}/{logo.digest}.png" in client.get(f"{home}/apps").text


def test_what_a_picture_says_beside_itself_is_left_behind() -> None:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "taken at 51.5 north")

    made = read_logo(picture(pnginfo=notes))

    assert b"51.5 north" not in made


def with_chunk(kind: bytes, content: bytes) -> bytes:
    """A PNG with one more chunk in front of its end."""
    png = picture()
    chunk = struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
    return png[:-12] + chunk + png[-12:]


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as opened:
        opened.writestr("run.js", "alert(1)")
    return out.getvalue()


def bomb() -> bytes:
    """A PNG whose head promises 30,000 by 30,000 pixels."""
    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")]
    made = [struct.pack(">I", len(c)) + k + c + struct.pack(">I", zlib.crc32(k + c)) for k, c in chunks]
    return b"\x89PNG\r\n\x1a\n" + b"".join(made)


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
BAD = {
    "an SVG": (SVG, "an SVG"),
    "an SVG behind a mark": (b"\xef\xbb\xbf\n " + SVG, "an SVG"),
    "a page": (b"<html><script>alert(1)</script></html>", "an SVG or another text"),
    "a picture and an archive": (picture() + archive(), "besides the picture"),
    "a picture and a script": (with_chunk(b"tEXt", b"Comment\0<script>alert(1)</script>"), "besides the picture"),
    "a GIF and a page": (picture("GIF") + b"/*<html>*/", "besides the picture"),
    "a JPEG and an archive": (picture("JPEG") + archive(), "besides the picture"),
    "a WebP and more": (picture("WEBP") + b"more", "besides the picture"),
    "a bomb": (bomb(), "4096 by 4096"),
    "half a picture": (picture()[: len(picture()) // 2] + picture()[-12:], "besides the picture"),
    "a damaged picture": (picture()[:60] + b"\0" * 40 + picture()[100:], ""),
    "a BMP": (picture("BMP"), "not a picture of PNG"),
    "a PDF": (b"%PDF-1.4 nothing", "not a picture of PNG"),
    "a short RIFF": (b"RIFF", "besides the picture"),
    "too large": (b"\x89PNG\r\n\x1a\n" + b"\0" * LARGEST, "larger than 1 MB"),
    "nothing": (b"", "empty"),
}


@pytest.mark.parametrize("what", BAD)
def test_what_is_no_plain_picture_is_refused_with_a_reason(client: Client, home: str, app: App, what: str) -> None:
    """Bad input: an SVG or polyglot logo."""
    content, said = BAD[what]

    answer = client.post(f"{home}/apps/{app.id}/logo", sent(content))

    assert answer.status_code == 200
    assert "There is a problem" in answer.text
    assert said in answer.text
    assert not AppLogo.objects.exists()


def test_a_form_without_a_file(client: Client, home: str, app: App) -> None:
    assert "Choose a file." in client.post(f"{home}/apps/{app.id}/logo").text


@pytest.mark.parametrize(
    "content", [b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xd9", b"GIF89a;", b"\x89PNG\r\n\x1a\n" + b"\0" * 40]
)
def test_whatever_cannot_be_decoded_is_an_error_of_the_field(content: bytes) -> None:
    with pytest.raises(InvalidError):
        read_logo(content)


def test_an_old_logo_is_gone_and_a_new_one_has_another_address(client: Client, home: str, app: App) -> None:
    client.post(f"{home}/apps/{app.id}/logo", sent(picture()))
    old = AppLogo.objects.get().digest
    client.post(f"{home}/apps/{app.id}/logo", sent(picture(size=(30, 60))))

    assert Client().get(f"/logos/{app.id}/{old}.png").status_code == 404
    client.post(f"{home}/apps/{app.id}/logo/remove")
    assert not AppLogo.objects.exists()
    assert client.post(f"{home}/apps/{app.id}/logo/remove").status_code == 303


def test_one_apps_logo_is_not_anothers(client: Client, home: str, app: App, jo: CompanyMember) -> None:
    client.post(f"{home}/apps/{app.id}/logo", sent(picture()))
    other = own_app(jo, "Other")

    assert Client().get(f"/logos/{other.id}/{AppLogo.objects.get().digest}.png").status_code == 404


def test_a_file_that_the_server_does_not_take_leads_back_to_the_form_which_says_so(
    client: Client, home: str, app: App
) -> None:
    """Bad input: clear error, loses nothing. The server leaves out a body of more than 1 MiB."""
    page = f"{home}/apps/{app.id}/logo"

    client.defaults[TOO_LARGE] = "1"
    answer, elsewhere = client.post(page), client.post("/partners//evil.example/")
    del client.defaults[TOO_LARGE]

    assert (answer.status_code, answer["Location"]) == (303, page)
    assert elsewhere["Location"] == "/partners//evil.example/"
    assert "That was too large, so nothing was changed: choose a file of at most 1 MB." in client.get(page).text
    assert AppLogo.objects.count() == 0
