"""The addresses of registers, below `/{site}/`."""

from django.urls import path, re_path

from consentry.web.pages.attendance import day, pupil, register

_REGISTERS = "attendance/registers"

urlpatterns = [
    path(_REGISTERS, day.registers, name="registers"),
    re_path(rf"^{_REGISTERS}/list\.(?P<kind>csv|xlsx)$", day.registers_file, name="registers-file"),
    path(f"{_REGISTERS}/pupil/<int:student>", pupil.pupil, name="register-pupil"),
    re_path(
        rf"^{_REGISTERS}/(?P<form>[0-9]{{1,18}}|none)/(?P<day>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})/(?P<session>AM|PM)$",
        register.register,
        name="register",
    ),
]
