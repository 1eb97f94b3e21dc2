"""Other people's files are read in a process of their own: `ask` starts it and asks, `server` is that process.

What parses foreign bytes may be led to take all time and memory, or be killed by them. There it costs one file.
`wire` is what goes to and fro, `limits` what that process may not do.
"""
