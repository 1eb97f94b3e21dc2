"""What an import would bring, looked at before anything is written.

`review.ImportReview` shows a plan file by file; `run.start` reads the files as a job, opens the review and writes what
the person agreed to. Reached by `context.ask_import`.
"""
