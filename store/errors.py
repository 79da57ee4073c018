"""What can go wrong between a report and its rows.

StoreError
├── BadUrl               the database URL cannot be read, or its driver is not installed
├── DatabaseMissing      there is no such database, or its folder is not there
├── DatabaseBroken       the file is no database, or a damaged one
├── ForeignDatabase      a database, but another program's
├── OlderSchema          written by an older version and opened read-only
├── NewerSchema          written by a newer version
├── DatabaseBusy         another program holds the database
├── DatabaseGone         the server does not answer, or hung up
├── DatabaseFailed       the database refused for another reason (disk full)
├── FieldsConflict       the forms contradict what is already stored
├── ReportRefused        the report contradicts itself or the forms; nothing of it was stored
├── ReportUnknown        no report has this report_id
├── CorrectionRefused    a correction names no cell there is, or contradicts the ledger
├── QueryRefused         the statement is not one reading SELECT
├── QueryFailed          the statement is wrong or breaks off
└── ExportFailed         the files cannot be written in this format or place
"""

from __future__ import annotations


class StoreError(Exception):
    """Says what is wrong, where, and what to do."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(f"{problem}; {remedy}")
        self.problem = problem
        self.remedy = remedy


class BadUrl(StoreError): ...


class DatabaseMissing(StoreError): ...


class DatabaseBroken(StoreError): ...


class ForeignDatabase(StoreError): ...


class OlderSchema(StoreError): ...


class NewerSchema(StoreError): ...


class DatabaseBusy(StoreError): ...


class DatabaseGone(StoreError): ...


class DatabaseFailed(StoreError): ...


class FieldsConflict(StoreError): ...


class ReportRefused(StoreError): ...


class ReportUnknown(StoreError): ...


class CorrectionRefused(StoreError): ...


class QueryRefused(StoreError): ...


class QueryFailed(StoreError): ...


class ExportFailed(StoreError): ...
