"""Reading of other people's files in a process of its own: `ask` starts it and asks, `__main__` is that process.

What parses foreign bytes may be led to take all time and memory, or be killed by them. There it costs one file.
"""
