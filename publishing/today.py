"""The panels of the admin's start page „Heute“."""

from dataclasses import dataclass
from typing import ClassVar

from django.urls import reverse


@dataclass(frozen=True)
class Task:
    label: str
    path: str
    note: str = ""


@dataclass(frozen=True)
class Panel:
    SHOWN: ClassVar[int] = 8

    title: str
    tasks: list[Task]
    count: int
    all_path: str
    order: int = 50

    @classmethod
    def of(cls, title, queryset, *, note=lambda item: "", query="", order=50):
        meta = queryset.model._meta
        url_name = f"admin:{meta.app_label}_{meta.model_name}"
        # One more than is shown says whether they must be counted.
        items = list(queryset[: cls.SHOWN + 1])
        count = len(items) if len(items) <= cls.SHOWN else queryset.count()
        tasks = [
            Task(str(item), reverse(f"{url_name}_change", args=[item.pk]), note(item)) for item in items[: cls.SHOWN]
        ]
        return cls(title, tasks, count, reverse(f"{url_name}_changelist") + query, order)
