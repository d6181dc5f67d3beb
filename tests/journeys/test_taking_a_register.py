"""A register is taken, a mark of an earlier day changed, and who did it found again: without scripts, for everybody."""

import pytest
from playwright.sync_api import Browser, expect

from tests.imports.applied import apply_marks
from tests.journeys.conftest import Oakfield, open_context, picture, sign_in
from tests.journeys.test_every_page_for_everyone import DESK, WIDTHS, check
from tests.records.a_register import FRIDAY, TODAY, UPN, open_registers
from tests.records.a_register import Registers as World

pytestmark = pytest.mark.journey


def open_world(oakfield: Oakfield) -> World:
    """The school with its forms; Ada's Friday came by an import."""
    world = open_registers(oakfield.site)
    apply_marks(oakfield.site, f"upn,date,session,code\n{UPN},{FRIDAY},AM,N\n{UPN},{FRIDAY},PM,\\\n".encode())
    return world


@pytest.mark.parametrize("width", DESK)
def test_a_register_is_taken_and_a_mark_changed(browser: Browser, address: str, oakfield: Oakfield, width: int) -> None:
    """Schools correct marks after the register: it says who changed what, when and why."""
    world = open_world(oakfield)
    base = f"/{oakfield.site.slug}/attendance/registers"
    with open_context(browser, address, width=width, scripts=False) as context:
        page = context.new_page()
        sign_in(page, oakfield.asha, f"{base}?day={TODAY}")
        page.get_by_role("link", name="Take the register: 7A, morning").click()
        page.get_by_label("Mark of Moss, Ben").select_option("L")
        page.get_by_label("Minutes late of Moss, Ben").fill("7")
        page.get_by_role("button", name="Mark everybody without a mark present").click()
        expect(page.get_by_text("Not saved yet")).to_be_visible()
        expect(page.get_by_label("Mark of Ng, Ada")).to_have_value("/")
        picture(page, f"{width}-register-filled")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("3 marks entered.")).to_be_visible()
        expect(page.get_by_text("First marked: Asha Patel")).to_be_visible()

        page.goto(f"{base}/{world.forms['7A']}/{FRIDAY}/AM")
        page.get_by_label("Mark of Ng, Ada").select_option("I")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("alert")).to_contain_text("Say why a mark of a day before today changes.")
        page.get_by_label("Reason for changes").fill("The mother rang")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("1 mark changed.")).to_be_visible()

        page.get_by_role("link", name="Ng, Ada").click()
        changed = page.get_by_role("row").filter(has_text="The mother rang")
        expect(changed).to_contain_text("Asha Patel")
        expect(changed).to_contain_text("Friday 31 October 2025, morning")
        expect(changed).to_contain_text("N Reason for absence not yet established")
        expect(changed).to_contain_text("I Illness")
        picture(page, f"{width}-register-history")


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_in_registers(browser: Browser, address: str, oakfield: Oakfield, width: int) -> None:
    world = open_world(oakfield)
    base = f"/{oakfield.site.slug}/attendance/registers"
    with open_context(browser, address, width=width) as context:
        page = context.new_page()
        sign_in(page, oakfield.asha, f"{base}?day={TODAY}")
        check(page, "registers", width)
        register = f"/{world.forms['7A']}/{FRIDAY}"
        for name, below in {
            "registers-closed": "?day=2025-11-02",
            "registers-search": f"?day={TODAY}&q=a",
            "registers-nothing": f"?day={TODAY}&q=zebra",
            "register": f"{register}/AM",
            "register-closed": "/none/2025-11-02/AM",
            "register-pupil": f"/pupil/{world.ids['Ada']}?day={FRIDAY}",
        }.items():
            page.goto(f"{base}{below}")
            check(page, name, width)
        page.goto(f"{base}{register}/AM")
        page.get_by_label("Mark of Ash, Cy").select_option("L")
        page.get_by_label("Minutes late of Ash, Cy").fill("0")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("alert")).to_contain_text("from 1 to 480")
        check(page, "register-wrong", width)
