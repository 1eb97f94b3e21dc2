"""What a person can do: one file a noun, all that the window and the command line may ask.

Every function takes the open record first. Whoever needs a new capability adds it here and calls it from both.
"""
