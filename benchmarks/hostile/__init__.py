"""Broken and malicious files through the real batch job: `python -m benchmarks.hostile`."""
