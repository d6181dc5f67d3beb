"""Serializers, views and addresses."""

from datetime import date
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.urls import include, path
from rest_framework import serializers, viewsets
from rest_framework.routers import SimpleRouter

from bench.peers.drf.models import RollCallRecord, Student
from bench.peers.world import SCHOOL

M = TypeVar("M", bound=Model)


class RecordField(serializers.RelatedField[Model, Model, dict[str, str]]):
    """A reference as the protocol tells it: the data type and the address."""

    def __init__(self, entity: str, collection: str, *, by: str = "pk", **options: Any) -> None:
        self.entity, self.collection, self.by = entity, collection, by
        super().__init__(read_only=True, **options)

    def use_pk_only_optimization(self) -> bool:
        return self.by == "pk"

    def to_representation(self, value: Model) -> dict[str, str]:
        return {"entityType": self.entity, "href": f"/rest-v2/{self.collection}/{getattr(value, self.by)}"}


class DayField(serializers.DateField):
    """A date as the protocol tells it."""

    def to_representation(self, value: date | None) -> Any:
        return None if value is None else {"entityType": "date", "date": f"{value} 00:00:00"}


class RecordSerializer(serializers.ModelSerializer[M]):
    """What every record begins with."""

    entity: str
    collection: str

    def to_representation(self, instance: M) -> dict[str, Any]:
        identity = {"entityType": self.entity, "href": f"/rest-v2/{self.collection}/{instance.pk}"}
        return identity | super().to_representation(instance)


class StudentSerializer(RecordSerializer[Student]):
    entity, collection = "Student", "students"
    displayName = serializers.CharField(source="display_name")  # noqa: N815 - the wire's name
    person = RecordField("Person", "persons")
    studentNumber = serializers.CharField(source="student_number")  # noqa: N815
    minimumDataRetentionDate = DayField(source="minimum_data_retention_date")  # noqa: N815
    isActiveOutgoingSync = serializers.BooleanField(source="is_active_outgoing_sync")  # noqa: N815
    uniqueLearnerNumber = serializers.IntegerField(source="unique_learner_number")  # noqa: N815

    class Meta:
        model = Student
        fields = (
            "id", "displayName", "person", "studentNumber", "handedness", "minimumDataRetentionDate",
            "isActiveOutgoingSync", "uniqueLearnerNumber",
        )  # fmt: skip


class RollCallRecordSerializer(RecordSerializer[RollCallRecord]):
    entity, collection = "AttendanceRollCallRecord", "attendance-roll-call-records"
    attendanceRollCall = RecordField(  # noqa: N815
        "AttendanceRollCall", "attendance-roll-calls", by="code", source="attendance_roll_call"
    )
    recordDate = DayField(source="record_date")  # noqa: N815
    student = RecordField("Student", "students")
    attendanceMark = RecordField("AttendanceMark", "attendance-marks", by="code", source="attendance_mark")  # noqa: N815
    minutesLate = serializers.IntegerField(source="minutes_late")  # noqa: N815

    class Meta:
        model = RollCallRecord
        fields = ("id", "attendanceRollCall", "recordDate", "student", "attendanceMark", "minutesLate", "source")


class Students(viewsets.ReadOnlyModelViewSet[Student]):
    serializer_class = StudentSerializer
    required_scopes = ("records",)

    def get_queryset(self) -> QuerySet[Student]:
        return Student.objects.filter(school_id=SCHOOL).select_related("person").order_by("id")


class RollCallRecords(viewsets.ReadOnlyModelViewSet[RollCallRecord]):
    serializer_class = RollCallRecordSerializer
    required_scopes = ("records",)

    def get_queryset(self) -> QuerySet[RollCallRecord]:
        found = RollCallRecord.objects.filter(school_id=SCHOOL).order_by("id")
        return found.select_related("attendance_roll_call", "attendance_mark")


router = SimpleRouter(trailing_slash=False)
router.register("students", Students, "student")
router.register("attendance-roll-call-records", RollCallRecords, "roll-call-record")
urlpatterns = [path("<slug:site>/rest-v2/", include(router.urls))]
