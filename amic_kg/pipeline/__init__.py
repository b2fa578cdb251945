"""The run: what is new is read, extracted and published; what failed is named; nothing is lost."""

from amic_kg.pipeline.preparation import Prepared, Preparer, Task, prepare
from amic_kg.pipeline.report import RunReport
from amic_kg.pipeline.run import Pipeline

__all__ = ["Pipeline", "Prepared", "Preparer", "RunReport", "Task", "prepare"]
