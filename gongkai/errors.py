"""What can go wrong between a database and a frame."""

from store.errors import StoreError

GongkaiError = StoreError
"""The base of all: its text says what is wrong and what to do."""
