"""(c) The idiomatic FastAPI service: SQLAlchemy's asynchronous ORM over asyncpg, pydantic, a token look-up a call."""

import hashlib
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException, Query
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import BigInteger, ForeignKey, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, joinedload, mapped_column, relationship
from sqlalchemy.types import DateTime

from bench.peers.world import PARTS, SCHOOL

_engine = create_async_engine(
    "postgresql+asyncpg://",
    pool_size=8,
    max_overflow=0,  # all servers together stay below PostgreSQL's 100 connections
    connect_args={
        "user": PARTS["user"], "password": PARTS["password"], "database": PARTS["dbname"], "host": PARTS["host"],
        "port": int(PARTS["port"]), "server_settings": {"app.school": str(SCHOOL), "jit": "off"},
    },
)  # fmt: skip
_sessions = async_sessionmaker(_engine, expire_on_commit=False)


def _reference(entity: str, collection: str, one: str | int) -> dict[str, str]:
    return {"entityType": entity, "href": f"/rest-v2/{collection}/{one}"}


def _day(day: date) -> dict[str, str]:
    return {"entityType": "date", "date": f"{day} 00:00:00"}


class Base(DeclarativeBase):
    """The tables."""


class Token(Base):
    __tablename__ = "oauth2_provider_accesstoken"
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    token_checksum: Mapped[str]
    expires: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class Person(Base):
    __tablename__ = "records_person"
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    legal_first_name: Mapped[str | None]
    preferred_first_name: Mapped[str | None]
    legal_last_name: Mapped[str | None]
    preferred_last_name: Mapped[str | None]


class Student(Base):
    __tablename__ = "records_student"
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    school_id: Mapped[int] = mapped_column(BigInteger)
    person_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("records_person.id"))
    student_number: Mapped[str | None]
    handedness: Mapped[str | None]
    minimum_data_retention_date: Mapped[date | None]
    is_active_outgoing_sync: Mapped[bool | None]
    unique_learner_number: Mapped[int | None] = mapped_column(BigInteger)
    person: Mapped[Person] = relationship(lazy="raise")
    entity_type = "Student"

    @property
    def href(self) -> str:
        """Where it is."""
        return f"/rest-v2/students/{self.id}"

    @property
    def person_reference(self) -> dict[str, str]:
        """Who it is."""
        return _reference("Person", "persons", self.person_id)

    @property
    def retention_day(self) -> dict[str, str] | None:
        """Until when the record is kept."""
        return None if self.minimum_data_retention_date is None else _day(self.minimum_data_retention_date)

    @property
    def display_name(self) -> str:
        """As the product makes it."""
        first = self.person.preferred_first_name or self.person.legal_first_name
        return " ".join(filter(None, [first, self.person.preferred_last_name or self.person.legal_last_name]))


class RollCall(Base):
    __tablename__ = "records_attendancerollcall"
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    code: Mapped[str]


class Mark(Base):
    __tablename__ = "records_attendancemark"
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    code: Mapped[str]


class RollCallRecord(Base):
    __tablename__ = "records_attendancerollcallrecord"
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    school_id: Mapped[int] = mapped_column(BigInteger)
    attendance_roll_call_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("records_attendancerollcall.id"))
    record_date: Mapped[date]
    student_id: Mapped[int] = mapped_column(BigInteger)
    attendance_mark_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("records_attendancemark.id"))
    minutes_late: Mapped[int | None]
    source: Mapped[str | None]
    roll_call: Mapped[RollCall] = relationship(lazy="raise")
    mark: Mapped[Mark] = relationship(lazy="raise")

    entity_type = "AttendanceRollCallRecord"

    @property
    def href(self) -> str:
        """Where it is."""
        return f"/rest-v2/attendance-roll-call-records/{self.id}"

    @property
    def record_day(self) -> dict[str, str]:
        """The day of the roll call."""
        return _day(self.record_date)

    @property
    def roll_call_reference(self) -> dict[str, str]:
        """AM or PM."""
        return _reference("AttendanceRollCall", "attendance-roll-calls", self.roll_call.code)

    @property
    def student_reference(self) -> dict[str, str]:
        """Whose mark it is."""
        return _reference("Student", "students", self.student_id)

    @property
    def mark_reference(self) -> dict[str, str]:
        """The mark."""
        return _reference("AttendanceMark", "attendance-marks", self.mark.code)


class Reference(BaseModel):
    """A reference, as the protocol tells it."""

    entityType: str  # noqa: N815 - the wire's name
    href: str


class Day(BaseModel):
    """A date, as the protocol tells it."""

    entityType: str = "date"  # noqa: N815
    date: str


class Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    entityType: str = Field(validation_alias="entity_type")  # noqa: N815
    href: str
    id: int


class StudentOut(Out):
    displayName: str = Field(validation_alias="display_name")  # noqa: N815
    person: Reference = Field(validation_alias="person_reference")
    studentNumber: str | None = Field(validation_alias="student_number")  # noqa: N815
    handedness: str | None
    minimumDataRetentionDate: Day | None = Field(validation_alias="retention_day")  # noqa: N815
    isActiveOutgoingSync: bool | None = Field(validation_alias="is_active_outgoing_sync")  # noqa: N815
    uniqueLearnerNumber: int | None = Field(validation_alias="unique_learner_number")  # noqa: N815


class RollCallRecordOut(Out):
    attendanceRollCall: Reference = Field(validation_alias="roll_call_reference")  # noqa: N815
    recordDate: Day = Field(validation_alias="record_day")  # noqa: N815
    student: Reference = Field(validation_alias="student_reference")
    attendanceMark: Reference = Field(validation_alias="mark_reference")  # noqa: N815
    minutesLate: int | None = Field(validation_alias="minutes_late")  # noqa: N815
    source: str | None


async def _session() -> AsyncIterator[AsyncSession]:
    async with _sessions() as session:
        yield session


Session = Annotated[AsyncSession, Depends(_session)]
Bearer = Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())]


async def _known(session: Session, bearer: Bearer) -> int:
    checksum = hashlib.sha256(bearer.credentials.encode()).hexdigest()
    token = await session.scalar(select(Token).where(Token.token_checksum == checksum))
    if token is None or token.expires < datetime.now(UTC):
        raise HTTPException(401)
    return token.id


Known = Annotated[int, Depends(_known)]
Size = Annotated[int, Query(alias="page-size", ge=1, le=10_000)]
_PERSON = joinedload(Student.person, innerjoin=True)
app = FastAPI()


@app.get("/{site}/rest-v2/students", response_model_by_alias=False)
async def students(site: str, session: Session, known: Known, size: Size = 100, after: int = 0) -> list[StudentOut]:
    """A page of students in the order of their ids, behind `after`."""
    query = select(Student).options(_PERSON).where(Student.school_id == SCHOOL, Student.id > after)
    found = await session.scalars(query.order_by(Student.id).limit(size))
    return found.all()  # type: ignore[return-value]  # FastAPI validates and serialises


@app.get("/{site}/rest-v2/students/{number}", response_model_by_alias=False)
async def student(site: str, number: int, session: Session, known: Known) -> StudentOut:
    """One student."""
    query = select(Student).options(_PERSON).where(Student.school_id == SCHOOL, Student.id == number)
    found = await session.scalar(query)
    if found is None:
        raise HTTPException(404)
    return found  # type: ignore[return-value]


@app.get("/{site}/rest-v2/attendance-roll-call-records", response_model_by_alias=False)
async def records(
    site: str, session: Session, known: Known, size: Size = 100, after: int = 0
) -> list[RollCallRecordOut]:
    """A page of roll-call records in the order of their ids, behind `after`."""
    opened = [joinedload(each, innerjoin=True) for each in (RollCallRecord.roll_call, RollCallRecord.mark)]
    query = select(RollCallRecord).options(*opened)
    query = query.where(RollCallRecord.school_id == SCHOOL, RollCallRecord.id > after)
    found = await session.scalars(query.order_by(RollCallRecord.id).limit(size))
    return found.all()  # type: ignore[return-value]
