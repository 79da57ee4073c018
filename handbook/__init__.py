"""How the documentation is made: its site, its generated pages, its transcripts and pictures.

`transcripts` runs what the pages show, `reference` writes the pages that follow from code and
forms, `pictures` has the program draw, and `conf.py` is what Sphinx builds the site with.
"""
