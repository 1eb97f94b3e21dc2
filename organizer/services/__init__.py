"""What a person can do: one file a noun, the only door for the window and the command line.

Every function takes the open record first. Whoever needs a new capability adds it here and calls it from both doors.
"""
