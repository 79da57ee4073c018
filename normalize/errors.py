"""Why interpreting went wrong through no fault of a document.

NormalizeError
└── FormError     a form file contradicts itself
"""

from __future__ import annotations


class NormalizeError(Exception): ...


class FormError(NormalizeError): ...
