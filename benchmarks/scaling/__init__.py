"""What many machines gain, and what ten million reports would cost."""
