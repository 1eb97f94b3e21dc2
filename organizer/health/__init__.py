"""What the entries mean: pure functions below store, packet, services and the window.

No store, no clock, no Qt, no paper. What is asked of it twice has one answer.
"""
