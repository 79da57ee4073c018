"""Why a file could not be read.

ExtractError
├── UnknownKind       the bytes are of no kind that any reader knows
├── EmptyFile         there is nothing in it
├── BrokenFile        it claims to be of a kind but does not parse
├── EncryptedFile     a password is needed
├── NotShown          what it says is only drawn by a browser that runs its scripts
├── NoTextLayer       pages are pictures without text
├── TooLarge          it exceeds a limit set on input
├── ReaderMissing     the reader asked for needs something that is not installed
└── WrongReader       the reader asked for does not read this kind of file
"""

from __future__ import annotations


class ExtractError(Exception):
    """Says what is wrong and what to do; the file's name is added by whoever knows it."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(f"{problem}; {remedy}")
        self.problem = problem
        self.remedy = remedy


class UnknownKind(ExtractError): ...


class EmptyFile(ExtractError): ...


class BrokenFile(ExtractError): ...


class EncryptedFile(ExtractError): ...


class NotShown(ExtractError): ...


class NoTextLayer(ExtractError): ...


class TooLarge(ExtractError): ...


class ReaderMissing(ExtractError): ...


class WrongReader(ExtractError): ...
