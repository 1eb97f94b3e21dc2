"""Before a record is open: make one, open one, look around with the sample. `FirstScreen` leads from one to the next.

Nothing here imports the services before the person asks for something, so that the first picture is there at once.
"""
