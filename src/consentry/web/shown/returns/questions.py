"""What schools ask about sending attendance, answered for the collector at hand."""

from collections.abc import Iterator

from consentry.returns.models import Collector
from consentry.rules.sending_window import WindowUnit


def questions(collector: Collector) -> dict[str, list[dict[str, str]]]:
    """The questions with their answers, by the part of the page where they arise."""
    return {
        "data": [_told(*each) for each in _about_data(collector)],
        "consent": [_told(*each) for each in _about_consent(collector)],
        "submissions": [_told("Are there any cut-off times for the morning and afternoon register?", _CUT_OFF)],
        "late": [_told("Can we make changes to attendance codes after the register is taken?", _changes(collector))],
    }


def _told(question: str, answer: str) -> dict[str, str]:
    return {"question": question, "answer": answer}


_CUT_OFF = (
    "No. Take registers as your school always does. Each sending tells what stands in them at that moment; what is "
    "marked later goes with the next one."
)


def _about_data(collector: Collector) -> Iterator[tuple[str, str]]:
    yield "How do I know my data is safe and complies with GDPR?", _gdpr(collector)
    yield (
        "Does the Attendance API capture staff absences?",
        "No. Only marks of pupils are counted. Nothing about staff is sent.",
    )
    yield (
        "Do I still have to submit the school census?",
        (
            f"Yes. What goes to {collector.recipient} here are counts of attendance. The census asks for much more, "
            "pupil by pupil, and nothing that is sent here takes its place."
        ),
    )
    yield (
        "Do I still have to fill in the daily education setting status form?",
        (
            "Yes, as long as your school is asked to fill it in: it asks for things that attendance marks do not say. "
            "Whoever sends you the form can tell you if that changes."
        ),
    )
    yield "Do I still need to send attendance data to my Local Authority?", _local_authority(collector)


def _about_consent(collector: Collector) -> Iterator[tuple[str, str]]:
    if collector.needs_consent and not collector.is_over:
        yield (
            "How do we turn it off, and do we turn it on and off each day?",
            (
                "Click Remove consent, once: nothing is sent from then on. You do not need to turn it on and off each "
                f"day. What {collector.recipient} has received stays there."
            ),
        )


def _local_authority(collector: Collector) -> str:
    if collector.local_authority:
        return (
            f"This is how {collector.recipient} gets it. Ask them whether they still need anything from you that they "
            "have been getting in another way."
        )
    return (
        f"Most likely yes: this goes to {collector.recipient} and not to local authorities. Ask yours what it requires."
    )


def _gdpr(collector: Collector) -> str:
    few = collector.suppress_below
    hidden = f"Numbers from 1 to {few - 1} are hidden, so that nobody is known from them. " if few else ""
    small = "" if few else "Where a year group is very small, a count can still be about few pupils. "
    return (
        "It travels over HTTPS, encrypted, to an address whose certificate is checked. Consentry proves itself by "
        "OAuth with a secure key, which nobody at your school has to keep. What is sent are counts of your pupils’ "
        "marks: no name, no date of birth, no id of a pupil, no text that somebody has typed. "
        f"{hidden}{small}You can read exactly what is sent, to the last digit, on this page."
    )


def _changes(collector: Collector) -> str:
    window = collector.scope.window
    unit = window.unit.label if window.previous > 1 else window.unit.label.removesuffix("s")
    days = {WindowUnit.CALENDAR: ", weekends and holidays counted", WindowUnit.SCHOOL: ", days in school"}
    return (
        f"Yes. Each sending tells today and the {window.previous} {unit} before it anew"
        f"{days.get(window.unit, '')}, so what you change in that time is sent by itself. A change to an older day is "
        "kept in your register and is not sent; this page lists it under “Changed too late to be sent”."
    )
