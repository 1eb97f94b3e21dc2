"""Licences of what is shipped with the program."""
