"""The batch job and the command: the only place that sees all stages."""
