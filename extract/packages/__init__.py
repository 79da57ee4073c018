"""Packages of reports, ZIP archives and mails, whose members are files like any other.

A member goes by its address: `package.zip!/folder/report.pdf`, `a.zip!/b.zip!/report.pdf`.
Nothing is ever unpacked to disk, so a member's name decides nothing but how it is called.
"""
