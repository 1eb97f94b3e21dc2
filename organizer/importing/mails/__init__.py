"""E-mails and saved web pages: their words, and the files that came with them, each a file of its own."""
