"""How well tables of general documents are read, on data in the form of the ICDAR-2013 competition.

    $ python -m benchmarks.icdar FOLDER [--system NAME]... [--documents]

The folder holds PDFs and beside each its true tables (`NAME-str.xml`): cells with their rows,
columns and texts. The data is public and not part of the project.

    relations   cells -> which cells are neighbours, after Göbel et al. 2012
    truth       the XML -> cells of its tables
    systems     PDF -> cells of the tables that a reader or another tool finds
"""
