"""What everything costs, in time and memory: `python -m benchmarks.speed`."""
