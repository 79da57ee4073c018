"""The printed identities of a table as an error-correcting code.

`code` turns a form's rules into parity checks, `explanations` finds the fewest cells whose change
makes all of them hold, `erasures` solves for cells that could not be read, `typical` names what
kind of slip it was, `choices` picks among what recognition took a picture for. None of them
changes what was read: they suggest, and say how they came to it.
"""
