"""Documents of other word processors, which LibreOffice turns into DOCX where it is installed."""
