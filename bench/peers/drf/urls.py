"""Serializers, views and addresses. Pages are cut by cursor, which spares the count(*) of the default paginator."""

from django.db.models import QuerySet
from django.urls import include, path
from rest_framework import serializers, viewsets
from rest_framework.pagination import CursorPagination
from rest_framework.routers import SimpleRouter

from bench.peers.drf.models import RollCallRecord, Student
from bench.peers.world import SCHOOL


class StudentSerializer(serializers.ModelSerializer[Student]):
    displayName = serializers.CharField(source="display_name")  # noqa: N815 - the wire's name
    studentNumber = serializers.CharField(source="student_number")  # noqa: N815
    minimumDataRetentionDate = serializers.DateField(source="minimum_data_retention_date")  # noqa: N815
    isActiveOutgoingSync = serializers.BooleanField(source="is_active_outgoing_sync")  # noqa: N815
    uniqueLearnerNumber = serializers.IntegerField(source="unique_learner_number")  # noqa: N815

    class Meta:
        model = Student
        fields = (
            "id", "displayName", "person", "studentNumber", "handedness", "minimumDataRetentionDate",
            "isActiveOutgoingSync", "uniqueLearnerNumber",
        )  # fmt: skip


class RollCallRecordSerializer(serializers.ModelSerializer[RollCallRecord]):
    attendanceRollCall = serializers.CharField(source="attendance_roll_call.code")  # noqa: N815
    recordDate = serializers.DateField(source="record_date")  # noqa: N815
    attendanceMark = serializers.CharField(source="attendance_mark.code")  # noqa: N815
    minutesLate = serializers.IntegerField(source="minutes_late")  # noqa: N815

    class Meta:
        model = RollCallRecord
        fields = ("id", "attendanceRollCall", "recordDate", "student", "attendanceMark", "minutesLate", "source")


class Pages(CursorPagination):
    page_size = 100
    page_size_query_param = "page-size"
    max_page_size = 10_000
    ordering = "id"


class Students(viewsets.ReadOnlyModelViewSet[Student]):
    serializer_class = StudentSerializer
    pagination_class = Pages
    required_scopes = ("records",)

    def get_queryset(self) -> QuerySet[Student]:
        return Student.objects.filter(school_id=SCHOOL).select_related("person")


class RollCallRecords(viewsets.ReadOnlyModelViewSet[RollCallRecord]):
    serializer_class = RollCallRecordSerializer
    pagination_class = Pages
    required_scopes = ("records",)

    def get_queryset(self) -> QuerySet[RollCallRecord]:
        return RollCallRecord.objects.filter(school_id=SCHOOL).select_related("attendance_roll_call", "attendance_mark")


router = SimpleRouter(trailing_slash=False)
router.register("students", Students, "student")
router.register("attendance-roll-call-records", RollCallRecords, "roll-call-record")
urlpatterns = [path("<slug:site>/rest-v2/", include(router.urls))]
